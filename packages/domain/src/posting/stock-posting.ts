import type { Uuid } from "../kernel/id.ts";
import type { JournalEntry } from "../ledger/journal-entry.ts";
import { type Amount, negate } from "../money/amount.ts";
import type { Correction } from "../stock/cost-method.ts";
import { entry, type Happening } from "./entry.ts";
import { EntryBuilder } from "./entry-builder.ts";

/** Goods of one line of a stock document, at what they cost; never negative. */
export type StockLine = { readonly category: string | null; readonly cost: Amount };

/** Goods have come, their invoice has not: what they are worth is owed to whoever will send it. */
export function postDelivery(
  delivery: { readonly delivery: Uuid; readonly lines: readonly StockLine[] },
  happening: Happening,
): JournalEntry | null {
  const builder = new EntryBuilder(happening.branch);
  for (const { cost } of delivery.lines) {
    builder.debit("inventory", cost).credit("goods-received-not-invoiced", cost, { delivery: delivery.delivery });
  }
  const name = { key: `delivery:${delivery.delivery}`, kind: "delivery", source: delivery.delivery };
  return entry(name, happening, builder.lines());
}

/**
 * A delivery showed what goods sold before they came really cost: the difference leaves the stock for an account of its
 * own, since the cost of a sale is never rewritten.
 */
export function postOversellCorrections(
  corrected: {
    readonly document: Uuid;
    readonly line: number;
    readonly category: string | null;
    readonly corrections: readonly Correction[];
  },
  happening: Happening,
): JournalEntry | null {
  const builder = new EntryBuilder(happening.branch);
  for (const { amount } of corrected.corrections) {
    builder.debit("oversell-correction", amount, categoryOf(corrected)).credit("inventory", amount);
  }
  const key = `oversell:${corrected.document}:${corrected.line}`;
  const name = { key, kind: `oversell-correction:${corrected.line}`, source: corrected.document };
  return entry(name, happening, builder.lines());
}

/** What a count found too much or too little, line by line: `cost` of what is missing, negative of what is over. */
export function postStockCount(
  count: { readonly count: Uuid; readonly line: number; readonly category: string | null; readonly missing: Amount },
  happening: Happening,
): JournalEntry | null {
  const builder = new EntryBuilder(happening.branch);
  builder.debit("stock-count-variance", count.missing, categoryOf(count)).credit("inventory", count.missing);
  const name = { key: `count:${count.count}:${count.line}`, kind: `count:${count.line}`, source: count.count };
  return entry(name, happening, builder.lines());
}

/**
 * A movement came in late that had happened before a count: the count had found it already. What it did to the stock is
 * undone, and the count's own entry is corrected by as much. `cost` of goods that come back, negative of goods that leave.
 */
export function postAbsorbed(
  absorbed: { readonly document: Uuid; readonly cost: Amount },
  happening: Happening,
): JournalEntry | null {
  const builder = new EntryBuilder(happening.branch);
  builder.debit("inventory", absorbed.cost).credit("stock-count-variance", absorbed.cost);
  const name = { key: `absorbed:${absorbed.document}`, kind: "absorbed", source: absorbed.document };
  return entry(name, happening, builder.lines());
}

/** Damaged and expired goods, and what returned unfit for the shelf. */
export function postWriteOff(
  writeOff: { readonly writeOff: Uuid; readonly reason: string; readonly cost: Amount },
  happening: Happening,
): JournalEntry | null {
  const builder = new EntryBuilder(happening.branch);
  builder.debit("stock-write-off", writeOff.cost, { reason: writeOff.reason });
  builder.debit("inventory", negate(writeOff.cost));
  const name = { key: `write-off:${writeOff.writeOff}`, kind: "write-off", source: writeOff.writeOff };
  return entry(name, happening, builder.lines());
}

function categoryOf({ category }: { readonly category: string | null }): { readonly category: string } {
  return { category: category ?? "" };
}
