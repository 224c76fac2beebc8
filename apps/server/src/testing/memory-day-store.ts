import type { Uuid } from "@holdfast/domain/kernel/id";
import { epochMs, type Instant } from "@holdfast/domain/kernel/instant";
import { ZERO } from "@holdfast/domain/money/amount";
import { NO_STORED_VALUE } from "@holdfast/domain/tender/stored-value";
import type { CaseDraft } from "../inbox/case.ts";
import type { CountMark, DayStore, MovementMark, ReviewQuestion } from "../sync/day-store.ts";
import type { FactRow, FactTable } from "../sync/event-effects.ts";
import type { MemoryDatabase } from "./memory-database.ts";
import type { MemoryTransaction } from "./memory-table.ts";

/** What tells two rows of a table apart, as their primary keys do. */
const KEYS: Readonly<Record<FactTable, readonly string[]>> = {
  shift: ["shift"],
  cash_movement: ["movement"],
  account_payment: ["payment"],
  cash_count: ["event"],
  z_report: ["event"],
  card_answer: ["attempt"],
  customer_movement: ["source", "customer"],
  stored_value_movement: ["source", "line", "place"],
  stock_count: ["count"],
  stock_count_line: ["count", "line"],
  delivery: ["delivery"],
  serial_movement: ["variant", "serial", "sale", "line"],
  coupon_use: ["coupon", "sale"],
  trace: ["event"],
};

/** The port of a cashier's day inside one transaction in memory. Nobody is staff here, so nobody
 * oversteps their rights; there are no price lists, so no price drifts. */
export function memoryDayStore(db: MemoryDatabase, tx: MemoryTransaction): DayStore {
  const rowsOf = (table: FactTable): FactRow["row"][] =>
    [...tx.scan(db.facts)].flatMap((fact) => (fact.table === table ? [fact.row] : []));
  return {
    ...readers(rowsOf),
    lockAccounts: async (customers) =>
      customers.map((customer) => tx.lock(db.accounts, customer) ?? { customer, owed: ZERO, creditLimit: null }),
    updateAccounts: async (rows) => {
      for (const row of rows) tx.put(db.accounts, row.customer, row);
    },
    lockStoredValue: async (keys) =>
      keys.map(({ kind, code }) => tx.lock(db.cards, `${kind} ${code}`) ?? { kind, code, value: NO_STORED_VALUE }),
    updateStoredValue: async (rows) => {
      for (const row of rows) tx.put(db.cards, `${row.kind} ${row.code}`, row);
    },
    lockCustomers: async (customers) =>
      new Map(
        customers.flatMap((customer) => {
          const held = tx.lock(db.customers, customer);
          return held === undefined ? [] : [[customer, held.edition] as const];
        }),
      ),
    saveCustomers: async (rows) => {
      for (const row of rows) tx.put(db.customers, row.customer, row);
    },
    movementMarks: async (branch, variants, afterRev) =>
      movementMarks(db, tx).filter(
        (mark) => mark.branch === branch && variants.includes(mark.variant) && (mark.rev ?? 0) > afterRev,
      ),
    countMarks: async (keys) =>
      keys.flatMap(({ branch, variant }) => {
        const marks = countMarks(rowsOf).filter((mark) => mark.branch === branch && mark.variant === variant);
        return marks.sort((a, b) => b.atMs - a.atMs).slice(0, 1);
      }),
    insertFacts: async (rows) => {
      for (const fact of rows) {
        const key = `${fact.table} ${KEYS[fact.table].map((name) => String(fact.row[name])).join(" ")}`;
        if (tx.get(db.facts, key) === undefined) tx.put(db.facts, key, fact);
      }
    },
    review: async (question) => doubleReturns(db, tx, question),
    publish: async (keys) => {
      for (const { channel, kind, id } of [...keys].sort((a, b) => (a.channel < b.channel ? -1 : 1))) {
        const rev = (tx.lock(db.heads, channel) ?? 0) + 1;
        tx.put(db.heads, channel, rev);
        tx.put(db.feed, `${channel} ${kind} ${id}`, { channel, kind, id, rev, body: bodyOf(db, tx, { kind, id }) });
      }
    },
  };
}

type RowsOf = (table: FactTable) => FactRow["row"][];

function readers(
  rowsOf: RowsOf,
): Pick<
  DayStore,
  "circumstances" | "people" | "listedPrices" | "closedShifts" | "openedShifts" | "reports" | "clockSkews"
> {
  return {
    circumstances: async () => {
      const counted = rowsOf("stock_count").map((row) => epochMs(row.occurred_at as Instant));
      return { closedThrough: null, lastCountMs: counted.length === 0 ? null : Math.max(...counted) };
    },
    people: async (staff) => ({
      staff: new Map(staff.map((id) => [id, { staff: id, name: "", role: "owner", deactivatedAt: null }])),
      rights: new Map(),
    }),
    listedPrices: async () => [],
    closedShifts: async (shifts) =>
      new Map(
        rowsOf("z_report").flatMap((row) =>
          row.posted === true && shifts.includes(row.shift as Uuid)
            ? [[row.shift as Uuid, { first: numberOf(row.first_number), last: numberOf(row.last_number) }] as const]
            : [],
        ),
      ),
    openedShifts: async (shifts) =>
      new Set(rowsOf("shift").flatMap((row) => (shifts.includes(row.shift as Uuid) ? [row.shift as Uuid] : []))),
    reports: async (keys) =>
      rowsOf("z_report").flatMap((row) => {
        const key = keys.find(({ terminal, number }) => row.terminal === terminal && row.number === number);
        const { grand_sales: sales, grand_returns: returns, grand_net: net } = row;
        return key === undefined ? [] : [{ ...key, grand: { sales, returns, net } as never }];
      }),
    clockSkews: async () => new Map(),
  };
}

function numberOf(value: unknown): number | null {
  return typeof value === "number" ? value : null;
}

function movementMarks(db: MemoryDatabase, tx: MemoryTransaction): MovementMark[] {
  const places = new Map([...tx.scan(db.events)].map(({ event, hash }) => [event, tx.get(db.entries, hash)]));
  return [...tx.scan(db.movements)].flatMap(({ document, branch, variant, units, rev, cause, occurredAt }) => {
    if (cause === "count" || cause === "absorbed-by-count") return [];
    const place = places.get(document);
    const at = { stream: place?.stream ?? document, seq: place?.seq ?? 0 };
    return [{ branch, variant, units, rev, seen: 0, atMs: epochMs(occurredAt as Instant), ...at }];
  });
}

function countMarks(rowsOf: RowsOf): CountMark[] {
  const counts = new Map(rowsOf("stock_count").map((row) => [row.count, row]));
  return rowsOf("stock_count_line").flatMap((line) => {
    const count = counts.get(line.count);
    if (count === undefined) return [];
    const { stream, seq, seen_rev: seen, occurred_at: at } = count;
    const { branch, variant, rev } = line;
    return [
      { ...{ count: line.count, branch, variant, stream, seq, rev, seen }, atMs: epochMs(at as Instant) } as CountMark,
    ];
  });
}

function doubleReturns(db: MemoryDatabase, tx: MemoryTransaction, { originals }: ReviewQuestion): CaseDraft[] {
  const sales = [...tx.scan(db.sales)].map(({ sale }) => sale).filter(({ training }) => !training);
  const returned = new Map<string, number>();
  const undone = new Set(sales.map(({ postVoidOf }) => postVoidOf));
  const standing = sales.filter(({ sale }) => !undone.has(sale));
  for (const { original, kind, quantity } of standing.flatMap(({ lines }) => lines)) {
    if (original === undefined || kind !== "return") continue;
    const key = `${original.sale} ${original.line}`;
    returned.set(key, (returned.get(key) ?? 0) - quantity.units);
  }
  const asked = new Set(originals.map(({ sale, line }) => `${sale} ${line}`));
  return sales.flatMap(({ sale, branch, lines }) => {
    const over = lines.filter(({ line, quantity }) => {
      const key = `${sale} ${line}`;
      return asked.has(key) && (returned.get(key) ?? 0) > quantity.units;
    });
    if (over.length === 0) return [];
    const details = { lines: over.map(({ line }) => ({ line })) };
    return [{ kind: "double-return" as const, subject: sale, branch, details }];
  });
}

function bodyOf(db: MemoryDatabase, tx: MemoryTransaction, { kind, id }: { kind: string; id: string }): unknown {
  if (kind !== "customer") return { id };
  const customer = tx.get(db.customers, id);
  return customer === undefined ? null : { ...customer, owed: tx.get(db.accounts, id)?.owed ?? 0 };
}
