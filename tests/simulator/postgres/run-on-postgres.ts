import { rm } from "node:fs/promises";
import type { SignedEntry } from "@holdfast/protocol/entry";
import { pino } from "pino";
import { connect } from "../../../apps/server/src/db/connect.ts";
import type { ServerContext } from "../../../apps/server/src/http/server-context.ts";
import { serve } from "../../../apps/server/src/serve.ts";
import { temporaryFolder } from "../../../apps/server/src/testing/temporary-folder.ts";
import { audit, type Paper, type Violation } from "../auditor/audit.ts";
import { type Books, readBooks } from "../auditor/books.ts";
import { memoryBooks } from "../auditor/memory-books.ts";
import { type FaultName, pickFaults } from "../nemesis/profiles.ts";
import { EPOCH_MS, type Floor } from "../run/floor.ts";
import type { Job } from "../run/job.ts";
import { describeBroken } from "../run/report.ts";
import { papersToBook } from "../run/rules.ts";
import { type RunResult, run } from "../run/run.ts";
import { World } from "../world/world.ts";
import { openShopOnPostgres, type SimulatedShop } from "./open-shop-on-postgres.ts";

/** Trouble of the other database, not of what was sent to it. What a count finds hangs on the order in which things came in. */
const NOT_SENT: readonly FaultName[] = ["poison", "restore", "restoreInSilence", "revoked", "counts"];

/** Uploads that are under way at the same time: they race for streams, pools and revisions as those of many tills do. */
const AT_A_TIME = 4;
const BATCH = 200;

/** What went over the wire in one run, and what the tables in memory made of it. */
type Sent = {
  readonly shop: SimulatedShop;
  readonly uploads: readonly (readonly SignedEntry[])[];
  /** Everything that was stored, in the order in which it was. */
  readonly stored: readonly SignedEntry[];
  readonly papers: readonly Paper[];
  readonly unmarked: ReadonlySet<string>;
  readonly books: Books;
};

/** What a real database made of one run. */
export type TakenIn = {
  readonly seed: number;
  readonly sales: number;
  readonly uploads: number;
  readonly broken: readonly string[];
};

/** Runs the jobs in memory with real signatures, then gives all that was sent to the product on a real database. */
export async function runOnPostgres(jobs: readonly Job[]): Promise<TakenIn[]> {
  const dataDir = await temporaryFolder("holdfast-sim-");
  const database = await connect({ dataDir, databaseUrl: null, log: () => undefined });
  const log = pino({ level: "error" });
  const serving = await serve({ appUrl: database.appUrl, host: "127.0.0.1", ports: [0], siteDir: "", log });
  const taken: TakenIn[] = [];
  try {
    for (const job of jobs) {
      const { result, sent } = await sentIn(job);
      const violations = sent === null ? [] : await takeIn(serving.context, sent, database.ownerUrl);
      const broken = violations.map(({ rule, detail }) => `${rule}: ${detail}`);
      taken.push({
        ...{ seed: job.seed, sales: result.sales, uploads: sent?.uploads.length ?? 0 },
        broken: result.broken === null ? broken : [describeBroken(result)],
      });
    }
  } finally {
    await serving.stop();
    await database.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
  return taken;
}

async function sentIn(job: Job): Promise<{ readonly result: RunResult; readonly sent: Sent | null }> {
  const uploads: (readonly SignedEntry[])[] = [];
  const picked = job.faults ?? pickFaults(new World(job.seed).dice.fork("faults"));
  const floors: Floor[] = [];
  const result = await run({
    ...job,
    faults: picked.filter((name) => !NOT_SENT.includes(name)),
    crypto: "real",
    seams: {
      upload: (entries) => {
        uploads.push(entries);
        return { entries, answer: (reply) => reply };
      },
    },
    onRest: (floor) => floors.push(floor),
  });
  const [floor] = floors;
  return { result, sent: floor === undefined ? null : { uploads, ...atRest(floor) } };
}

function atRest(floor: Floor): Omit<Sent, "uploads"> {
  const { db } = floor.server;
  const books = memoryBooks(db);
  return {
    shop: { ids: floor.ids, epochMs: EPOCH_MS, terminals: [...db.terminals.values()] },
    stored: [...db.entries.values()].map(({ raw, sig }) => ({ raw, sig })),
    papers: papersToBook(floor, books),
    unmarked: floor.unmarked,
    books,
  };
}

async function takeIn(context: ServerContext, sent: Sent, url: string): Promise<Violation[]> {
  const { shop, uploads, stored, papers, unmarked } = sent;
  const { merchant } = shop.ids;
  await openShopOnPostgres(context, shop);
  const waiting = uploads.toReversed();
  const takeNext = async (): Promise<void> => {
    for (let entries = waiting.pop(); entries !== undefined; entries = waiting.pop())
      await context.ingest.take({ merchant, courier: null, entries });
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, takeNext));
  // In another order some entries came before their parents, and nobody sends them again here.
  for (let from = 0; from < stored.length; from += BATCH)
    await context.ingest.take({ merchant, courier: null, entries: stored.slice(from, from + BATCH) });
  const books = await readBooks(url, merchant);
  return [...audit(books, papers, unmarked), ...differences(sent.books, books)];
}

/** Two databases that were told the same have the same sales, the same on the shelf, and have set aside the same. */
function differences(inMemory: Books, onPostgres: Books): Violation[] {
  const compare = (rule: string, pick: (books: Books) => readonly string[]): Violation[] => {
    const [ours, theirs] = [new Set(pick(inMemory)), new Set(pick(onPostgres))];
    const odd = [...ours, ...theirs].filter((each) => !(ours.has(each) && theirs.has(each)));
    return odd.length === 0 ? [] : [{ rule, detail: `${odd.length} differ, the first is ${odd[0]}` }];
  };
  return [
    ...compare("same-sales", ({ sales }) => sales.map(({ sale, number, total }) => `${sale} ${number} ${total}`)),
    ...compare("same-stock", ({ onHand }) =>
      onHand.map(({ branch, variant, units }) => `${branch} ${variant} ${units}`),
    ),
    ...compare("same-set-aside", ({ quarantined }) => quarantined.map(({ event, code }) => `${event} ${code}`)),
  ];
}
