import type { Uuid } from "@holdfast/domain/kernel/id";
import { Raced } from "../db/database.ts";
import type { IngestStore, PoolKey, PoolRow, PostedEntry, SoldLine } from "../sync/ingest-store.ts";
import type { FreshLine } from "../sync/walk-chains.ts";
import type { MemoryDatabase } from "./memory-database.ts";
import { memoryDayStore } from "./memory-day-store.ts";
import type { MemoryTransaction } from "./memory-table.ts";

/** What PostgreSQL says where a constraint is broken. */
class ConstraintBroken extends Error {
  override readonly name = "ConstraintBroken";
  readonly code: "23505" | "23514";

  constructor(code: ConstraintBroken["code"], message: string) {
    super(message);
    this.code = code;
  }
}

const UNIQUE = "23505";
const CHECK = "23514";

/** The store of `IngestStore` inside one transaction in memory: same answers, same constraints as the real one. */
export function memoryIngestStore(db: MemoryDatabase, tx: MemoryTransaction, recordedAt: string): IngestStore {
  return {
    day: memoryDayStore(db, tx),
    ...readers(db, tx),
    insertStreams: async (rows) => {
      for (const row of rows) {
        if (tx.get(db.streams, row.stream) !== undefined) throw new Raced("another request opened a stream just now");
        tx.put(db.streams, row.stream, row);
      }
    },
    updateStreams: async (rows) => {
      for (const row of rows) tx.put(db.streams, row.stream, row);
    },
    insertEntries: async (lines) => {
      for (const line of lines) insertEntry(db, tx, { line, recordedAt });
    },
    insertEvents: async (rows) => {
      for (const { line, ...row } of rows) {
        const { event, type } = line.entry;
        if (tx.get(db.events, event) !== undefined)
          throw new Raced("another request applied some of these events just now");
        tx.put(db.events, event, { ...row, event, type, hash: line.hash, bodyHash: line.bodyHash });
      }
    },
    insertSales: async (sales) => {
      for (const costed of sales) {
        const { sale, totals, lines } = costed.sale;
        insertOnce(tx, db.sales, sale, costed);
        if (totals.total !== totals.exTax + totals.tax) throw new ConstraintBroken(CHECK, "inv_16_total");
        if (new Set(lines.map(({ line }) => line)).size !== lines.length)
          throw new ConstraintBroken(UNIQUE, `lines of ${sale}`);
      }
    },
    insertJournal: async (entries) => {
      for (const entry of entries) insertJournalEntry(db, tx, entry);
    },
    openCases: async (cases) => {
      for (const draft of cases) tx.put(db.cases, `${draft.kind} ${draft.subject}`, draft);
    },
    takeRevisions: async (counts) => {
      const first = new Map<Parameters<typeof counts.get>[0], number>();
      for (const [branch, count] of [...counts].sort(([a], [b]) => (a < b ? -1 : 1))) {
        const head = tx.lock(db.heads, `b:${branch}`) ?? 0;
        tx.put(db.heads, `b:${branch}`, head + count);
        first.set(branch, head + 1);
      }
      return first;
    },
    updatePools: async (rows) => {
      for (const row of rows) tx.put(db.pools, poolRowKey(row), plainPool(row));
    },
    insertMovements: async (movements) => {
      for (const movement of movements) insertMovement(db, tx, movement);
    },
  };
}

function readers(
  db: MemoryDatabase,
  tx: MemoryTransaction,
): Pick<
  IngestStore,
  | "entryPlaces"
  | "streams"
  | "streamsAfter"
  | "eventBodies"
  | "branches"
  | "revokedTerminals"
  | "soldLines"
  | "lockPools"
> {
  return {
    entryPlaces: async (hashes) =>
      found(hashes, (hash) => {
        const entry = tx.get(db.entries, hash);
        return entry && { stream: entry.stream, seq: entry.seq };
      }),
    streams: async (streams) => found(streams, (stream) => tx.lock(db.streams, stream)),
    streamsAfter: async (hashes) => {
      const streams = new Map<string, Uuid[]>();
      for (const { stream, after } of tx.scan(db.streams))
        if (after !== null && hashes.includes(after.hash))
          streams.set(after.hash, [...(streams.get(after.hash) ?? []), stream]);
      return streams;
    },
    eventBodies: async (events) => found(events, (event) => tx.get(db.events, event)?.bodyHash),
    branches: async () => new Set(db.branches.values()),
    revokedTerminals: async (terminals) =>
      new Set(terminals.filter((terminal) => tx.get(db.terminals, terminal)?.revoked === true)),
    soldLines: async (lines) => lines.flatMap(({ sale, line }) => tx.get(db.soldLines, `${sale} ${line}`) ?? []),
    lockPools: async (keys) => keys.flatMap((key) => lockPool(db, tx, key) ?? []),
  };
}

function found<Key extends string, Value>(
  keys: readonly Key[],
  read: (key: Key) => Value | undefined,
): Map<Key, Value> {
  const values = new Map<Key, Value>();
  for (const key of keys) {
    const value = read(key);
    if (value !== undefined) values.set(key, value);
  }
  return values;
}

function poolRowKey({ branch, variant }: PoolKey): string {
  return `${branch} ${variant}`;
}

/** What the table has columns for: which sales a shortage consists of is not kept. */
function plainPool<Row extends PoolRow>(row: Row): Row {
  const { units, value, fallback } = row.pool;
  return {
    ...row,
    pool: { units, value, fallback: fallback === null ? null : { units: fallback.units, value: fallback.value } },
  };
}

/** The pool of a variant that the catalogue knows; revision 0 is before every cursor. */
function lockPool(db: MemoryDatabase, tx: MemoryTransaction, key: PoolKey): PoolRow | undefined {
  const held = tx.lock(db.pools, poolRowKey(key));
  if (held !== undefined) {
    const { rev: _, ...row } = held;
    return row;
  }
  const variant = db.variants.get(key.variant);
  if (variant === undefined || db.branches.get(key.branch) === undefined) return undefined;
  const { branch, variant: id } = key;
  const made = { branch, variant: id, scale: variant.scale, pool: { units: 0, value: 0, fallback: null } } as PoolRow;
  tx.put(db.pools, poolRowKey(key), { ...made, rev: 0 });
  return made;
}

function insertEntry(
  db: MemoryDatabase,
  tx: MemoryTransaction,
  { line: { line, courier }, recordedAt }: { readonly line: FreshLine; readonly recordedAt: string },
): void {
  const { hash, raw, sig, entry } = line;
  const { stream, seq, prev, event } = entry;
  if (tx.get(db.entries, hash) !== undefined) throw new Raced("another request stored some of these entries just now");
  tx.put(db.entries, hash, { hash, stream, seq, prev, event, raw, sig, courier, recordedAt });
}

function insertJournalEntry(db: MemoryDatabase, tx: MemoryTransaction, entry: PostedEntry): void {
  insertOnce(tx, db.journal, `${entry.source} ${entry.kind}`, entry);
  const signed = new Map<string, number>();
  for (const { branch, side, amount } of entry.lines) {
    if (amount <= 0) throw new ConstraintBroken(CHECK, "inv_10_balanced");
    signed.set(branch, (signed.get(branch) ?? 0) + (side === "debit" ? amount : -amount));
  }
  if (entry.lines.length < 2 || [...signed.values()].some((sum) => sum !== 0))
    throw new ConstraintBroken(CHECK, "inv_10_balanced");
  const { postingDay } = entry;
  for (const { branch, account, side, amount } of entry.lines) {
    const key = `${branch} ${account} ${postingDay}`;
    const before = tx.lock(db.balances, key) ?? { branch, account, postingDay, debit: 0, credit: 0 };
    tx.put(db.balances, key, { ...before, [side]: before[side] + amount });
  }
}

type Movement = Parameters<IngestStore["insertMovements"]>[0][number];

function insertMovement(db: MemoryDatabase, tx: MemoryTransaction, movement: Movement): void {
  const { document, line, variant, units, cost, cause } = movement;
  if (units === 0) throw new ConstraintBroken(CHECK, "stock_movement.units");
  insertOnce(tx, db.movements, `${document} ${line} ${variant}`, movement);
  if (cause !== "sale") return;
  const key = `${document} ${line}`;
  const sold: SoldLine = { sale: document, line, variant, cost, units: Math.abs(units) };
  tx.put(db.soldLines, key, [...(tx.get(db.soldLines, key) ?? []), sold]);
}

function insertOnce<Row>(tx: MemoryTransaction, table: Parameters<typeof tx.put<Row>>[0], key: string, row: Row): void {
  if (tx.get(table, key) !== undefined) throw new ConstraintBroken(UNIQUE, key);
  tx.put(table, key, row);
}
