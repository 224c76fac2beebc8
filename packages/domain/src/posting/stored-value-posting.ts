import type { Uuid } from "../kernel/id.ts";
import type { JournalEntry } from "../ledger/journal-entry.ts";
import type { Amount } from "../money/amount.ts";
import { entry, type Happening } from "./entry.ts";
import { EntryBuilder } from "./entry-builder.ts";

/**
 * More was spent of a card than it held, or a later load made up for it: a liability never becomes a claim. What was spent
 * too much is owed to the shop until somebody pays or the card is loaded.
 */
export function postShortfall(
  shortfall: {
    readonly source: Uuid;
    readonly kind: "gift-card" | "store-credit";
    readonly code: string;
    /** Grows with what is spent too much; negative where it shrinks. */
    readonly grownBy: Amount;
  },
  happening: Happening,
): JournalEntry | null {
  const { source, kind, code, grownBy } = shortfall;
  const builder = new EntryBuilder(happening.branch);
  builder.debit("declined-card-receivable", grownBy, { card: code });
  if (kind === "gift-card") builder.credit("gift-card-liability", grownBy, { card: code });
  else builder.credit("store-credit-liability", grownBy, { credit: code });
  const name = { key: `shortfall:${source}:${kind}:${code}`, kind: `shortfall:${kind}:${code}`, source };
  return entry(name, happening, builder.lines());
}

/** What cards were good for when the books were opened. */
export function postOpeningCards(
  opening: {
    readonly source: Uuid;
    readonly cards: readonly {
      readonly kind: "gift-card" | "store-credit";
      readonly code: string;
      readonly amount: Amount;
    }[];
  },
  happening: Happening,
): JournalEntry | null {
  const builder = new EntryBuilder(happening.branch);
  for (const { kind, code, amount } of opening.cards) {
    builder.debit("opening-balance", amount);
    if (kind === "gift-card") builder.credit("gift-card-liability", amount, { card: code });
    else builder.credit("store-credit-liability", amount, { credit: code });
  }
  const name = { key: `opening-cards:${opening.source}`, kind: "opening-cards", source: opening.source };
  return entry(name, happening, builder.lines());
}
