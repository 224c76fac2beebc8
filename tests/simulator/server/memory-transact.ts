import { Raced } from "../../../apps/server/src/db/database.ts";
import type { IngestStore } from "../../../apps/server/src/sync/ingest-store.ts";
import type {
  MemoryDatabase,
  StoredEntryRow,
  StoredEventRow,
} from "../../../apps/server/src/testing/memory-database.ts";
import { memoryIngestStore } from "../../../apps/server/src/testing/memory-ingest-store.ts";
import { MemoryTransaction } from "../../../apps/server/src/testing/memory-table.ts";
import type { Seams } from "../seams.ts";
import type { Dice } from "../world/dice.ts";
import { never, type Process } from "../world/process.ts";
import type { World } from "../world/world.ts";
import { DatabaseFailure, type KillPoint, type ServerConditions } from "./conditions.ts";

/** What a commit changed, for those who watch. */
export type Commit = {
  readonly entries: readonly StoredEntryRow[];
  readonly events: readonly StoredEventRow[];
};

export type TransactPorts = {
  readonly world: World;
  readonly db: MemoryDatabase;
  readonly dice: Dice;
  readonly conditions: ServerConditions;
  readonly seams: Seams;
  readonly nowMs: () => number;
  /** Events that the database itself cannot take. */
  readonly poison: ReadonlySet<string>;
  readonly onCommit: (commit: Commit) => void;
};

const ATTEMPTS_MAX = 8;

/** Runs the work in one transaction of a server process, which may be killed at any statement. */
export async function transact<T>(
  ports: TransactPorts,
  process: Process,
  work: (store: IngestStore, tx: MemoryTransaction) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await tryTransact(ports, process, work);
    } catch (error) {
      if (attempt >= ATTEMPTS_MAX || !(error instanceof Raced)) throw error;
      ports.world.sometimes("a transaction lost a race");
    }
  }
}

async function tryTransact<T>(
  ports: TransactPorts,
  process: Process,
  work: (store: IngestStore, tx: MemoryTransaction) => Promise<T>,
): Promise<T> {
  const { db, conditions, seams, world } = ports;
  if (conditions.databaseDown) throw new DatabaseFailure("57P01", "the database is down");
  const tx = new MemoryTransaction();
  const plain = poisoned(memoryIngestStore(db, tx, new Date(ports.nowMs()).toISOString()), ports.poison);
  const store = stepped(seams.ingestStore?.(plain, { db, tx, nowMs: ports.nowMs }) ?? plain, (name) =>
    step(ports, process, name === "insertSales" ? "between statements" : null),
  );
  const result = await work(store, tx);
  await step(ports, process, "before commit");
  if (conditions.databaseDown) throw new DatabaseFailure("57P01", "the database went down");
  const commit = { entries: [...tx.written(db.entries).values()], events: [...tx.written(db.events).values()] };
  if (conditions.readOnly && commit.entries.length > 0) throw new DatabaseFailure("25006", "the database is read-only");
  if (seams.commit === undefined) tx.commit();
  else await seams.commit(tx, { db, kill: () => step(ports, process, "after commit") });
  ports.onCommit(commit);
  if (commit.entries.length > 0 && ports.dice.chance(conditions.commitUnknown)) {
    world.sometimes("commit unknown on the server");
    throw new DatabaseFailure("08006", "the connection broke while committing");
  }
  if (commit.entries.length > 0) await step(ports, process, "after commit");
  return result;
}

/** A moment between two statements: it may take time, and it may be the last of the process. */
async function step(
  { world, dice, conditions }: TransactPorts,
  process: Process,
  point: KillPoint | null,
): Promise<void> {
  if (conditions.statementMs > 0)
    await world.sleep(dice.between(0, conditions.statementMs), `${process.name} statement`);
  if (point !== null && conditions.kill === point) {
    conditions.kill = null;
    world.sometimes(`server killed ${point}`);
    world.note(`${process.name} killed ${point}`);
    process.kill();
  }
  if (!process.isAlive) await never();
}

/** Every statement of a store is a step, also of the store inside it. */
function stepped<Store extends object>(store: Store, before: (name: string) => Promise<void>): Store {
  const wrapped = Object.entries(store).map(([name, method]) => [
    name,
    typeof method === "object"
      ? stepped(method, before)
      : async (...args: readonly never[]) => {
          await before(name);
          return await method(...args);
        },
  ]);
  return Object.fromEntries(wrapped);
}

function poisoned(store: IngestStore, poison: ReadonlySet<string>): IngestStore {
  if (poison.size === 0) return store;
  return {
    ...store,
    insertSales: async (sales) => {
      if (sales.some(({ event }) => poison.has(event))) throw new DatabaseFailure("22003", "a figure is out of range");
      await store.insertSales(sales);
    },
  };
}
