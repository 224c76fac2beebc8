import { priceDocument } from "../server/open-shop.ts";
import { again, type Fault, HOUR, MINUTE, SECOND, spell } from "./spells.ts";

const KILL_POINTS = ["between statements", "before commit", "after commit", "before reply", null] as const;

export const SERVER_FAULTS = {
  killServer: (floor) =>
    again(floor, { label: "kill server", everyMs: 25 * MINUTE }, (dice) => {
      const { server } = floor;
      const point = dice.pick(KILL_POINTS);
      if (point === null) server.stop();
      else server.conditions.kill = point;
      floor.world.at(dice.between(1, 120) * SECOND, "server starts", () => server.start());
    }),
  serverCommitsUnknown: (floor) =>
    spell(floor, { label: "server commits unknown", everyMs: HOUR, lastsMs: [5 * MINUTE, 2 * HOUR] }, () => {
      floor.server.conditions.commitUnknown = 0.2;
      return () => {
        floor.server.conditions.commitUnknown = 0;
      };
    }),
  databaseDown: (floor) =>
    spell(floor, { label: "database down", everyMs: HOUR, lastsMs: [2 * SECOND, HOUR] }, () => {
      floor.server.conditions.databaseDown = true;
      return () => {
        floor.server.conditions.databaseDown = false;
      };
    }),
  readOnly: (floor) =>
    spell(floor, { label: "read only", everyMs: HOUR, lastsMs: [10 * SECOND, HOUR] }, () => {
      floor.server.conditions.readOnly = true;
      return () => {
        floor.server.conditions.readOnly = false;
      };
    }),
  /** Two processes on one database, whose statements take a while and mix. */
  twoProcesses: (floor) => {
    floor.server.conditions.processes = 2;
    floor.server.start();
    spell(floor, { label: "slow statements", everyMs: 20 * MINUTE, lastsMs: [MINUTE, HOUR] }, () => {
      floor.server.conditions.statementMs = 400;
      return () => {
        floor.server.conditions.statementMs = 0;
      };
    });
  },
  overlap: (floor) =>
    spell(floor, { label: "slow server", everyMs: 30 * MINUTE, lastsMs: [5 * MINUTE, HOUR] }, () => {
      floor.server.conditions.replyMs = 40_000;
      return () => {
        floor.server.conditions.replyMs = 5;
      };
    }),
  restore: (floor) => backups(floor, { isSilent: false }),
  /** Whoever restored the database did not say so. */
  restoreInSilence: (floor) => backups(floor, { isSilent: true }),
  shedding: (floor) =>
    spell(floor, { label: "shedding", everyMs: HOUR, lastsMs: [MINUTE, HOUR] }, (dice) => {
      floor.server.conditions.shed = {
        part: dice.pick([0.3, 0.7, 1]),
        status: dice.pick([429, 503] as const),
        retryAfter: dice.pick([null, "1", "30", "86400", "soon"]),
      };
      return () => {
        floor.server.conditions.shed = null;
      };
    }),
  forgetsTokens: (floor) =>
    spell(floor, { label: "forgets tokens", everyMs: HOUR, lastsMs: [MINUTE, HOUR] }, () => {
      floor.server.conditions.forgetsTokens = true;
      return () => {
        floor.server.conditions.forgetsTokens = false;
      };
    }),
  /** A terminal is revoked by mistake and sells on; later a person answers for what it sold, and lets it in again. */
  revoked: (floor) =>
    spell(floor, { label: "revoked", everyMs: HOUR, lastsMs: [MINUTE, 2 * HOUR] }, (dice) => {
      const terminal = dice.pick(floor.ids.terminals);
      floor.world.sometimes("a terminal was revoked");
      floor.server.revoke(terminal);
      return () => {
        floor.server.letIn();
        floor.server.bookHeld();
      };
    }),
  serverClock: (floor) =>
    again(floor, { label: "server clock", everyMs: HOUR }, (dice) => {
      floor.server.conditions.skewMs = dice.between(-120, 120) * MINUTE;
    }),
  /** The database cannot take an event that the rules could. */
  poison: (floor) => {
    const dice = floor.world.dice.fork("poison");
    floor.poisons = () => dice.chance(0.02);
  },
  /** The shop changes its prices, often enough that copies have to follow. */
  prices: (floor) =>
    again(floor, { label: "prices", everyMs: 4 * MINUTE }, (dice) => {
      const { priceList, variants } = floor.ids;
      const changed = variants.filter(() => dice.chance(0.4));
      floor.publish(changed.map((variant) => priceDocument(priceList, variant, dice.between(50, 1_500))));
    }),
} satisfies Readonly<Record<string, Fault>>;

function backups(floor: Parameters<Fault>[0], { isSilent }: { readonly isSilent: boolean }): void {
  again(floor, { label: "backup", everyMs: 90 * MINUTE }, (dice) => {
    const restore = floor.server.db.backup();
    floor.world.at(dice.between(1, 90) * MINUTE, "restore", () => {
      if (floor.isHealed) return;
      floor.world.sometimes(isSilent ? "a backup was restored in silence" : "a backup was restored");
      floor.restore(restore, isSilent);
      floor.world.at(dice.between(1, 300) * SECOND, "server starts", () => floor.server.start());
    });
  });
}
