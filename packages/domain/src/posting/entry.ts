import type { Uuid } from "../kernel/id.ts";
import type { Day, Instant } from "../kernel/instant.ts";
import { assertBalanced, type JournalEntry, type JournalLine } from "../ledger/journal-entry.ts";
import type { CurrencyCode } from "../money/currency.ts";
import type { BranchId } from "../party/merchant.ts";

/** Where and when something happened that the books must show. */
export type Happening = {
  readonly branch: BranchId;
  readonly postingDay: Day;
  readonly occurredAt: Instant;
  readonly currency: CurrencyCode;
};

/** What the entry is called by: its key is derived from the event, so that posting it twice is one entry. */
export type EntryName = { readonly key: string; readonly kind: string; readonly source: Uuid };

/** A balanced entry; null where nothing of value changed hands, since an entry has at least two lines. */
export function entry(
  { key, kind, source }: EntryName,
  { postingDay, occurredAt, currency }: Happening,
  lines: readonly JournalLine[],
): JournalEntry | null {
  if (lines.length === 0) return null;
  const made: JournalEntry = { key, kind, source, postingDay, occurredAt, currency, lines };
  assertBalanced(made);
  return made;
}
