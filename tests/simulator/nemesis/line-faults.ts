import { goodLine, type Line, type LineConditions } from "../network/line.ts";
import type { Floor } from "../run/floor.ts";
import type { Dice } from "../world/dice.ts";
import { again, type Fault, HOUR, MINUTE, SECOND, type Spell, spell } from "./spells.ts";

export const LINE_FAULTS = {
  outage: lineSpell({ label: "outage", everyMs: 30 * MINUTE, lastsMs: [5 * SECOND, 3 * HOUR] }, { isUp: false }),
  lossy: lineSpell(
    { label: "lossy", everyMs: 15 * MINUTE, lastsMs: [MINUTE, HOUR] },
    { losesRequest: 0.2, losesReply: 0.3, cutsReply: 0.1, delayMs: 200, jitterMs: 1_500 },
  ),
  repliesLost: lineSpell(
    { label: "replies lost", everyMs: 20 * MINUTE, lastsMs: [MINUTE, 2 * HOUR] },
    { losesReply: 0.6 },
  ),
  repliesCut: lineSpell(
    { label: "replies cut", everyMs: 20 * MINUTE, lastsMs: [MINUTE, 2 * HOUR] },
    { cutsReply: 0.6 },
  ),
  everythingTwice: lineSpell(
    { label: "everything twice", everyMs: 20 * MINUTE, lastsMs: [10 * MINUTE, 3 * HOUR] },
    { duplicates: 0.7, jitterMs: 8_000 },
  ),
  oneWay: lineSpell({ label: "one way", everyMs: 30 * MINUTE, lastsMs: [MINUTE, HOUR] }, { isDeafened: true }),
  blackhole: lineSpell(
    { label: "blackhole", everyMs: 30 * MINUTE, lastsMs: [10 * SECOND, HOUR] },
    { isBlackhole: true },
  ),
  portal: lineSpell({ label: "portal", everyMs: 30 * MINUTE, lastsMs: [MINUTE, 2 * HOUR] }, { isPortal: true }),
  slowLine: lineSpell(
    { label: "slow line", everyMs: 40 * MINUTE, lastsMs: [10 * MINUTE, 3 * HOUR] },
    { bytesPerMs: 1, delayMs: 1_500, jitterMs: 3_000 },
  ),
  /** What was sent first may arrive long after its sender has given up and sent more. */
  reordering: lineSpell(
    { label: "reordering", everyMs: 20 * MINUTE, lastsMs: [5 * MINUTE, 2 * HOUR] },
    { jitterMs: 45_000, duplicates: 0.3 },
  ),
  oldReplies: lineSpell(
    { label: "old replies", everyMs: 20 * MINUTE, lastsMs: [MINUTE, HOUR] },
    { repeatsReply: 0.5, losesRequest: 0.1 },
  ),
  buffered: lineSpell({ label: "buffered", everyMs: 30 * MINUTE, lastsMs: [MINUTE, HOUR] }, { buffersLive: true }),
  flapping: (floor) =>
    spell(floor, { label: "flapping", everyMs: 30 * MINUTE, lastsMs: [5 * MINUTE, HOUR] }, (dice) => {
      const { line } = dice.pick(floor.devices);
      let isFlapping = true;
      const flap = (): void => {
        if (!isFlapping || floor.isHealed) return;
        setUp(line, !line.conditions.isUp, dice);
        floor.world.at(dice.between(1, 20) * SECOND, "flap", flap);
      };
      flap();
      return () => {
        isFlapping = false;
        setUp(line, true, dice);
      };
    }),
  /** Lines go one by one and come back in another order. */
  swizzle: (floor) =>
    again(floor, { label: "swizzle", everyMs: HOUR }, (dice) => {
      const inOrder = (pause: number, isUp: boolean): void => {
        for (const [index, { line }] of shuffled(floor.devices, dice).entries())
          floor.world.at(pause + index * dice.between(5, 90) * SECOND, "swizzle step", () => setUp(line, isUp, dice));
      };
      inOrder(0, false);
      inOrder(5 * MINUTE, true);
    }),
  /** Everyone is cut off, and comes back in the same moment. */
  herd: (floor) =>
    spell(floor, { label: "herd", everyMs: HOUR, lastsMs: [MINUTE, HOUR] }, (dice) => {
      for (const { line } of floor.devices) setUp(line, false, dice);
      return () => {
        floor.world.sometimes("everyone came back at once");
        for (const { line } of floor.devices) setUp(line, true, dice);
      };
    }),
} satisfies Readonly<Record<string, Fault>>;

/** What lasts a while on one counter's line. */
function lineSpell(when: Spell, change: Partial<LineConditions>): Fault {
  return (floor: Floor) =>
    spell(floor, when, (dice) => {
      const { line } = dice.pick(floor.devices);
      Object.assign(line.conditions, change);
      if (change.isUp === false || change.isPortal === true) line.breakLive(dice.chance(0.5) ? "end" : "silence");
      if (change.isBlackhole === true || change.isDeafened === true) line.breakLive("silence");
      return () => {
        const good = goodLine();
        for (const key of Object.keys(change) as (keyof LineConditions)[])
          Object.assign(line.conditions, { [key]: good[key] });
      };
    });
}

function setUp(line: Line, isUp: boolean, dice: Dice): void {
  line.conditions.isUp = isUp;
  if (!isUp) line.breakLive(dice.chance(0.5) ? "end" : "silence");
}

function shuffled<T>(items: readonly T[], dice: Dice): T[] {
  return [...items]
    .map((item) => [dice.next(), item] as const)
    .sort(([a], [b]) => a - b)
    .map(([, item]) => item);
}
