import type { BranchId } from "@holdfast/domain/party/merchant";
import type { CaseDraft } from "../inbox/case.ts";
import { CostSheet, poolKey } from "../stock/cost-movements.ts";
import { CountSheet } from "../stock/count-sheet.ts";
import { type Applied, type BookedEvent, bookEvent } from "./book-event.ts";
import { DayBook } from "./day-book.ts";
import type { FactRow } from "./event-effects.ts";
import type { CostedMovement, IngestStore, LinePlace, PoolKey, PoolRow } from "./ingest-store.ts";
import { reviewPrices } from "./review-prices.ts";
import { reviewRights } from "./review-rights.ts";

/**
 * Writes what a batch of events does, in a handful of statements whatever its size. Locks are taken in one order everywhere:
 * pools by key, customers, cards, accounts by key, then the heads of channels, last.
 */
export async function writeEffects(
  applied: readonly Applied[],
  cases: readonly CaseDraft[],
  store: IngestStore,
): Promise<Set<BranchId>> {
  if (applied.length === 0) {
    await store.openCases(cases);
    return new Set();
  }
  const circumstances = await store.day.circumstances();
  const sheet = new CostSheet(await store.lockPools(poolKeys(applied)), await store.soldLines(originals(applied)));
  const counts = await CountSheet.open(applied, circumstances.lastCountMs, store.day);
  const day = await DayBook.open(applied, store);
  const booked = applied.map((each) => bookEvent(each, { sheet, counts, day, circumstances }));
  const documents = await day.write();
  await store.insertSales(booked.flatMap(({ sale }) => (sale === null ? [] : [sale])));
  const rows = booked.flatMap((each) => each.rows);
  if (rows.length > 0) await store.day.insertFacts(rows);
  await store.insertJournal(booked.flatMap(({ entries }) => entries));
  await store.openCases([
    ...cases,
    ...booked.flatMap((each) => each.cases),
    ...oversoldCases(sheet.oversold()),
    ...(await reviewCases(applied, rows, store)),
  ]);
  const revisions = await publishStock(
    sheet.touched(),
    booked.flatMap(({ movements }) => movements),
    store,
  );
  await writeCountLines(booked, revisions.ofPool, store);
  await store.day.publish(documents);
  return revisions.branches;
}

function poolKeys(applied: readonly Applied[]): PoolKey[] {
  const keys = new Map<string, PoolKey>();
  for (const { effects } of applied) {
    for (const { branch, variant } of effects.movements) keys.set(poolKey({ branch, variant }), { branch, variant });
    const { counted } = effects;
    if (counted === null) continue;
    for (const { variant } of counted.lines) {
      const key = { branch: counted.branch, variant };
      keys.set(poolKey(key), key);
    }
  }
  return [...keys].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, key]) => key);
}

function originals(applied: readonly Applied[]): LinePlace[] {
  return applied.flatMap(({ effects }) => (effects.sale?.lines ?? []).flatMap(({ original }) => original ?? []));
}

function oversoldCases(pools: readonly PoolRow[]): CaseDraft[] {
  return pools.map(({ branch, variant, pool, scale }) => ({
    kind: "oversold",
    subject: `${branch}:${variant}`,
    branch,
    details: { variant, units: pool.units, scale },
  }));
}

/** What only shows beside the rows that are there now: this batch's among them. */
async function reviewCases(
  applied: readonly Applied[],
  rows: readonly FactRow[],
  store: IngestStore,
): Promise<CaseDraft[]> {
  const rowsOf = <Row>(table: FactRow["table"], pick: (row: FactRow["row"]) => Row): Row[] =>
    rows.flatMap((fact) => (fact.table === table ? [pick(fact.row)] : []));
  const sales = applied.flatMap(({ effects }) => effects.sale ?? []).filter(({ training }) => !training);
  const returned = sales.flatMap(({ lines }) => lines.filter(({ kind }) => kind === "return"));
  const question = {
    originals: returned.flatMap(({ original }) => original ?? []),
    coupons: [...new Set(rowsOf("coupon_use", ({ coupon }) => String(coupon)))],
    serials: rowsOf("serial_movement", ({ variant, serial }) => ({
      variant: variant as PoolKey["variant"],
      serial: String(serial),
    })),
  };
  const { coupons, serials } = question;
  const isAsked = question.originals.length + coupons.length + serials.length > 0;
  return [
    ...(isAsked ? await store.day.review(question) : []),
    ...(await reviewRights(sales, store.day)),
    ...(await reviewPrices(sales, store.day)),
  ];
}

type Revisions = { readonly branches: Set<BranchId>; readonly ofPool: ReadonlyMap<string, number> };

/** Every changed balance is a document of its branch's channel, under a revision of its own. */
async function publishStock(
  pools: readonly PoolRow[],
  movements: readonly CostedMovement[],
  store: IngestStore,
): Promise<Revisions> {
  const counts = new Map<BranchId, number>();
  for (const { branch } of pools) counts.set(branch, (counts.get(branch) ?? 0) + 1);
  if (pools.length === 0) return { branches: new Set(), ofPool: new Map() };
  const next = await store.takeRevisions(counts);
  const revised = pools.map((row) => {
    const rev = next.get(row.branch) as number;
    next.set(row.branch, rev + 1);
    return { ...row, rev };
  });
  const ofPool = new Map(revised.map((row) => [poolKey(row), row.rev]));
  await store.updatePools(revised);
  await store.insertMovements(
    movements.map((movement) => ({ ...movement, rev: ofPool.get(poolKey(movement)) as number })),
  );
  return { branches: new Set(counts.keys()), ofPool };
}

/** A count is known under the revision that its pool got, so that whoever has seen that revision has seen the count. */
async function writeCountLines(
  booked: readonly BookedEvent[],
  revisions: ReadonlyMap<string, number>,
  store: IngestStore,
): Promise<void> {
  const lines = booked.flatMap((each) => each.countLines);
  if (lines.length === 0) return;
  await store.day.insertFacts(
    lines.map((line) => ({ table: "stock_count_line", row: { ...line, rev: revisions.get(poolKey(line)) } })),
  );
}
