import type { PricedLine } from "@holdfast/domain/cart/line";
import { type Amount, negate } from "@holdfast/domain/money/amount";
import type { Tender } from "@holdfast/domain/tender/tender";
import type { StoredValueDeed, StoredValueKind } from "./event-effects.ts";

/** Lines and tenders of one event are counted apart: a tender's place comes after any line's. */
const FIRST_TENDER = 1_000_000;

/** What tenders take from cards; money that goes back to one is loaded onto it. */
export function spentOf(tenders: readonly Tender[]): StoredValueDeed[] {
  return tenders.flatMap((tender, index): StoredValueDeed[] => {
    const { amount } = tender;
    if (amount === 0) return [];
    const line = FIRST_TENDER + index;
    if (tender.kind === "gift-card") return [deedOf("gift-card", tender.card, { amount, line })];
    return tender.kind === "store-credit" ? [deedOf("store-credit", tender.credit, { amount, line })] : [];
  });
}

function deedOf(
  kind: StoredValueKind,
  code: string,
  { amount, line }: { readonly amount: Amount; readonly line: number },
): StoredValueDeed {
  return amount > 0
    ? { deed: "spend", kind, code, amount, line }
    : { deed: "load", kind, code, amount: negate(amount), line };
}

/** What lines put on gift cards, as the books have it: without tax, which is due when such a card is sold. */
export function loadedBy(lines: readonly PricedLine[]): StoredValueDeed[] {
  return lines.flatMap(({ giftCard, exTax, line }) =>
    giftCard === undefined || exTax === 0
      ? []
      : [{ deed: "load" as const, kind: "gift-card" as const, code: giftCard, amount: exTax, line }],
  );
}
