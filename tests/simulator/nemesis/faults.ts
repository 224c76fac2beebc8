import { goodLine, type LineConditions } from "../network/line.ts";
import type { Floor } from "../run/floor.ts";
import { again, spell } from "./spells.ts";

/** One kind of trouble, started once for a whole run. */
export type Fault = (floor: Floor) => void;

const SECOND = 1_000;
const MINUTE = 60_000;
const HOUR = 3_600_000;

/** What lasts a while on one counter's line. */
function lineSpell(
  label: string,
  { everyMs, lastsMs }: { readonly everyMs: number; readonly lastsMs: readonly [number, number] },
  change: Partial<LineConditions>,
): Fault {
  return (floor) =>
    spell(floor, { label, everyMs, lastsMs }, (dice) => {
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

export const FAULTS = {
  outage: lineSpell("outage", { everyMs: 30 * MINUTE, lastsMs: [5 * SECOND, 3 * HOUR] }, { isUp: false }),
  lossy: lineSpell(
    "lossy",
    { everyMs: 15 * MINUTE, lastsMs: [MINUTE, HOUR] },
    { losesRequest: 0.2, losesReply: 0.3, cutsReply: 0.1, delayMs: 200, jitterMs: 1_500 },
  ),
  killTab: (floor) =>
    again(floor, { label: "kill tab", everyMs: 20 * MINUTE }, (dice) => {
      const device = dice.pick(floor.devices);
      device.kill();
      floor.world.at(dice.between(2, 90) * SECOND, "start again", () => device.app ?? device.open());
    }),
  killServer: (floor) =>
    again(floor, { label: "kill server", everyMs: 25 * MINUTE }, (dice) => {
      const point = dice.pick(["between statements", "before commit", "after commit", "before reply", null] as const);
      if (point === null) floor.server.stop();
      else floor.server.conditions.kill = point;
      floor.world.at(dice.between(1, 120) * SECOND, "server starts", () => floor.server.start());
    }),
} satisfies Readonly<Record<string, Fault>>;

export type FaultName = keyof typeof FAULTS;
