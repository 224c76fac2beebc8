import { accept, type Result, refuse } from "../kernel/result.ts";
import { type Amount, amount as amountOf, sumBy } from "../money/amount.ts";
import { type Remainder, remainderOf } from "../tender/settle.ts";
import type { Tender } from "../tender/tender.ts";
import type { Cart } from "./cart.ts";
import { type TextRefusal, textFault } from "./check-line.ts";
import { cartAmountMax, codeCharsMax, tendersMax, textCharsMax } from "./limits.ts";
import type { LineFacts } from "./line.ts";
import { priceCart } from "./price-cart.ts";

/** What remains to be paid for the cart as it stands. */
export function remainderOfCart(cart: Cart): Remainder {
  return remainderOf(priceCart(cart).totals.total, cart.tenders, cart.rules.cashRounding);
}

export type AddTenderRefusal =
  | TextRefusal
  | { readonly kind: "too-many-tenders"; readonly max: number }
  | { readonly kind: "amount-invalid" }
  /** Money goes the other way: a refund is given, a sale is paid. */
  | { readonly kind: "wrong-direction" }
  /** More than is due, by a tender that gives no change; or more cash given back than is owed. */
  | { readonly kind: "over-tendered"; readonly due: Amount }
  /** Stored value and accounts buy no stored value: a promise that one card is good for would become another. */
  | { readonly kind: "buys-stored-value"; readonly due: Amount }
  /** Nothing is due, not even a rest that rounds to nothing in cash. */
  | { readonly kind: "nothing-due" };

/** Takes part of what is due by one tender. Cash may be more than is due: the rest is change. */
export function addTender(cart: Cart, tender: Tender): Result<Cart, AddTenderRefusal> {
  if (cart.tenders.length >= tendersMax) return refuse({ kind: "too-many-tenders", max: tendersMax });
  const { amount } = tender;
  if (!Number.isSafeInteger(amount) || Math.abs(amount) > cartAmountMax) return refuse({ kind: "amount-invalid" });
  const fault = referenceFault(tender);
  if (fault !== null) return refuse(fault);
  const { due, cashDue } = remainderOfCart(cart);
  if (due === 0) return refuse({ kind: "nothing-due" });
  if (amount === 0) {
    const isRoundedAway = tender.kind === "cash" && cashDue === 0;
    if (!isRoundedAway) return refuse({ kind: "amount-invalid" });
  }
  if (amount !== 0 && Math.sign(amount) !== Math.sign(due)) return refuse({ kind: "wrong-direction" });
  const limit = tender.kind === "cash" ? cashDue : due;
  const isOver = Math.abs(amount) > Math.abs(limit);
  if (isOver && (tender.kind !== "cash" || due < 0)) return refuse({ kind: "over-tendered", due: limit });
  const goodsDue = goodsLeftFor(tender, cart);
  if (goodsDue !== null && amount > goodsDue) return refuse({ kind: "buys-stored-value", due: goodsDue });
  return accept({ ...cart, tenders: [...cart.tenders, tender] });
}

/** What promises may still pay for: the goods of the cart, not the cards it sells. Null where any amount may. */
function goodsLeftFor(tender: Tender, cart: Cart): Amount | null {
  if (!isPromise(tender) || tender.amount <= 0 || !cart.lines.some(isCardSold)) return null;
  const goods = sumBy(
    priceCart(cart).lines.filter((line) => !isCardSold(line)),
    (line) => line.incTax,
  );
  const promised = sumBy(cart.tenders.filter(isPromise), (each) => each.amount);
  return amountOf(Math.max(0, goods - promised));
}

function isPromise({ kind }: Tender): boolean {
  return kind === "gift-card" || kind === "store-credit" || kind === "on-account";
}

function isCardSold({ giftCard }: Pick<LineFacts, "giftCard">): boolean {
  return giftCard !== undefined;
}

function referenceFault(tender: Tender): TextRefusal | null {
  switch (tender.kind) {
    case "card":
      return textFault(tender.reference, textCharsMax);
    case "gift-card":
      return textFault(tender.card, codeCharsMax);
    case "store-credit":
      return textFault(tender.credit, codeCharsMax);
    default:
      return null;
  }
}

export type RemoveTenderRefusal =
  | { readonly kind: "no-such-tender" }
  /** The reader has charged or stored it: it has to be reversed there, and the refund recorded. */
  | { readonly kind: "card-was-charged" };

/** @param index place in the cart's tenders */
export function removeTender(cart: Cart, index: number): Result<Cart, RemoveTenderRefusal> {
  const tender = cart.tenders[index];
  if (tender === undefined) return refuse({ kind: "no-such-tender" });
  if (tender.kind === "card" && tender.reader === "integrated") return refuse({ kind: "card-was-charged" });
  return accept({ ...cart, tenders: cart.tenders.toSpliced(index, 1) });
}
