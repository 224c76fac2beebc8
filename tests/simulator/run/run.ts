import { awaitedCrypto, cheapCrypto, realCrypto, type SimCrypto } from "../crypto.ts";
import { type FaultName, faultOf, pickFaults } from "../nemesis/profiles.ts";
import type { Seams } from "../seams.ts";
import { logUniform } from "../world/dice.ts";
import { type BrokenRule, RuleBroken, World } from "../world/world.ts";
import { Floor } from "./floor.ts";
import { copiesAreTrue, finalViolations, isQuiet } from "./rules.ts";

const CRYPTO = {
  cheap: cheapCrypto,
  awaited: awaitedCrypto,
  real: realCrypto,
} satisfies Readonly<Record<string, () => SimCrypto>>;

export type RunOptions = {
  readonly seed: number;
  readonly hours: number;
  readonly terminals: number;
  /** The kinds of trouble; the seed picks them where nobody does. */
  readonly faults?: readonly FaultName[];
  readonly crypto?: keyof typeof CRYPTO;
  readonly seams?: Seams;
  /** Told once the shop has come to rest, for whoever looks at it in another way. */
  readonly onRest?: (floor: Floor) => void;
};

export type RunResult = {
  readonly seed: number;
  readonly faults: readonly FaultName[];
  readonly broken: BrokenRule | null;
  /** Of everything that happened. */
  readonly hash: string;
  readonly sales: number;
  readonly events: number;
  /** Interesting states, and how often they were reached. */
  readonly reached: Readonly<Record<string, number>>;
  readonly lastLines: readonly string[];
};

const MINUTE = 60_000;
/** One counter and the server are healed; within this time it has told everything. */
const CORE_DRAINS_MS = 20 * MINUTE;
const ALL_DRAIN_MS = 40 * MINUTE;
const LOOK_EVERY_MS = 90_000;
const AT_REST_MS = 3_000;
/** What nobody was told of is found by the hourly comparison. */
const SILENT_REST_MS = 150 * MINUTE;

/** A run is a function of its seed and its options: chaos, then a healed core, then rest, then the audit. */
export async function run(options: RunOptions): Promise<RunResult> {
  const world = new World(options.seed);
  const faults = options.faults ?? pickFaults(world.dice.fork("faults"));
  let sales = 0;
  try {
    const floor = await Floor.open({
      world,
      crypto: CRYPTO[options.crypto ?? "cheap"](),
      seams: options.seams ?? {},
      size: { branches: 1, terminals: options.terminals, variants: 12 },
      paceMs: logUniform(world.dice.fork("pace"), 90_000, 600_000),
    });
    for (const name of faults) faultOf(name)(floor);
    if (!faults.includes("restoreInSilence")) lookAtCopies(floor);
    await live(floor, {
      chaosMs: options.hours * 60 * MINUTE,
      restMs: faults.includes("restoreInSilence") ? SILENT_REST_MS : 0,
    });
    sales = floor.devices.reduce((sum, { papers }) => sum + papers.size, 0);
    const [first] = finalViolations(floor);
    world.always(first === undefined, first?.rule ?? "", () => first?.detail ?? "");
    options.onRest?.(floor);
    world.always(sales > 0, "sells", () => "a run without a sale shows nothing");
  } catch (error) {
    if (!(error instanceof RuleBroken)) world.fault("run", error);
  }
  return {
    seed: options.seed,
    faults,
    broken: world.broken,
    hash: world.trace.digest(),
    sales,
    events: world.eventCount,
    reached: Object.fromEntries(world.reached),
    lastLines: world.trace.lastLines(),
  };
}

function lookAtCopies(floor: Floor): void {
  const { world } = floor;
  world.at(LOOK_EVERY_MS, "look at copies", () => {
    const [first] = copiesAreTrue(floor);
    world.always(first === undefined, first?.rule ?? "", () => first?.detail ?? "");
    lookAtCopies(floor);
  });
}

async function live(
  floor: Floor,
  { chaosMs, restMs }: { readonly chaosMs: number; readonly restMs: number },
): Promise<void> {
  const { world } = floor;
  await world.run(chaosMs);
  floor.closeDoors();
  const core = floor.devices[0];
  if (core === undefined) throw new Error("the shop has a counter");
  floor.healCore(core);
  await reach(
    floor,
    { withinMs: CORE_DRAINS_MS, what: "core-drains" },
    () => core.app?.running?.outbox.unsentCount === 0,
  );
  floor.healAll();
  await world.run(world.nowMs + restMs);
  await reach(floor, { withinMs: ALL_DRAIN_MS, what: "all-drain" }, () =>
    floor.devices.every((device) => isQuiet(floor, device)),
  );
}

type Goal = { readonly withinMs: number; readonly what: string };

async function reach({ world, devices }: Floor, { withinMs, what }: Goal, isReached: () => boolean): Promise<void> {
  world.note(`towards ${what}`);
  const deadlineMs = world.nowMs + withinMs;
  do {
    await world.run(deadlineMs, isReached);
    // A pause between two steps is not rest.
    await world.run(Math.min(deadlineMs, world.nowMs + AT_REST_MS));
  } while (world.nowMs < deadlineMs && !isReached());
  world.always(isReached(), what, () =>
    devices
      .map(({ name, app }) => {
        const running = app?.running;
        return `${name}: ${running?.outbox.unsentCount ?? "not running"}, ${JSON.stringify(running?.loop.reach ?? null)}`;
      })
      .join("; "),
  );
  if (world.broken !== null) throw new RuleBroken(world.broken);
}
