import { assert } from "../kernel/assert.ts";
import type { Uuid } from "../kernel/id.ts";
import type { Day, Instant } from "../kernel/instant.ts";
import type { Amount } from "../money/amount.ts";
import type { CurrencyCode } from "../money/currency.ts";
import type { BranchId } from "../party/merchant.ts";
import type { AccountRole } from "./account.ts";

export type Side = "debit" | "credit";

/** What a line is about beyond its account: one tax, one category, one customer. */
export type Dimensions = Readonly<Record<string, string>>;

export type JournalLine = {
  readonly account: AccountRole;
  readonly side: Side;
  /** Positive minor units. */
  readonly amount: Amount;
  readonly branch: BranchId;
  readonly dimensions: Dimensions;
};

/** A dated, balanced, immutable set of lines with one cause. */
export type JournalEntry = {
  /** Derived from the event, so that posting it twice is one entry: `sale:<id>:rev`. */
  readonly key: string;
  readonly kind: string;
  readonly source: Uuid;
  readonly postingDay: Day;
  readonly occurredAt: Instant;
  readonly currency: CurrencyCode;
  readonly lines: readonly JournalLine[];
};

/** Debits equal credits in the entry and in each of its branches. */
export function assertBalanced(entry: JournalEntry): void {
  const balances = new Map<BranchId, number>();
  for (const line of entry.lines) {
    assert(Number.isSafeInteger(line.amount) && line.amount > 0, `INV-10 ${entry.key}: a line's amount is positive`);
    const signed = line.side === "debit" ? line.amount : -line.amount;
    balances.set(line.branch, (balances.get(line.branch) ?? 0) + signed);
  }
  for (const [branch, balance] of balances) {
    assert(balance === 0, `INV-10 ${entry.key} does not balance in branch ${branch}: ${balance}`);
  }
}
