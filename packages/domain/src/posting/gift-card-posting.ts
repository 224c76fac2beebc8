import type { Uuid } from "../kernel/id.ts";
import type { JournalEntry } from "../ledger/journal-entry.ts";
import { type Amount, multiply } from "../money/amount.ts";
import { entry, type Happening } from "./entry.ts";
import { EntryBuilder } from "./entry-builder.ts";

/**
 * What stored value will never be used, by the proportional method of ASC 606 and IFRS 15: with a fifth expected to be left,
 * four parts redeemed say that one part is lost.
 * @param redeemed minor units redeemed in the period
 * @param expectedPpm parts per million of all stored value that are expected never to be used
 */
export function breakageOf(redeemed: Amount, expectedPpm: number): Amount {
  return multiply(redeemed, { numerator: expectedPpm, denominator: 1_000_000 - expectedPpm }, "half-away");
}

/** Where the law gives unused value to the state, it stays a liability and changes its creditor. */
export type BreakageTo = "income" | "unclaimed-property";

export function postBreakage(
  breakage: { readonly period: Uuid; readonly programme: string; readonly amount: Amount; readonly to: BreakageTo },
  happening: Happening,
): JournalEntry | null {
  const builder = new EntryBuilder(happening.branch);
  builder.debit("gift-card-liability", breakage.amount);
  builder.credit(breakage.to === "income" ? "gift-card-breakage" : "unclaimed-property", breakage.amount);
  const name = { key: `breakage:${breakage.period}:${breakage.programme}`, kind: "breakage", source: breakage.period };
  return entry(name, happening, builder.lines());
}
