import type { NewLine } from "../cart/check-line.ts";
import type { LineFacts, TypedReceipt } from "../cart/line.ts";
import type { Quantity } from "../catalog/variant.ts";
import type { Day } from "../kernel/instant.ts";
import { accept, type Result, refuse } from "../kernel/result.ts";
import { negate } from "../money/amount.ts";
import { parseReceiptNumber, receiptNumberToText } from "./receipt-number.ts";

/** Goods that come back without the sale they were bought in being known: what a person says of them has to do. */
export type BlindReturn = {
  readonly reason: string;
  readonly restock: boolean;
  /** Number and day of a receipt that cannot be read, as they were typed. */
  readonly receipt?: TypedReceipt;
  /** The till's own day: nothing was sold after it. */
  readonly today: Day;
};

export type BlindReturnRefusal =
  | { readonly kind: "reason-missing" }
  /** What was on a card is spent or refunded from the card, never taken back as goods. */
  | { readonly kind: "stored-value" }
  | { readonly kind: "quantity-invalid" }
  | { readonly kind: "not-a-number" }
  | { readonly kind: "day-to-come" };

/**
 * The line that takes such goods back, made from the one that would sell them now: at today's price and taxes, with no discount,
 * for a reason, with a manager's approval for what all of them come to.
 */
export function blindReturnLine(goods: NewLine, act: BlindReturn): Result<NewLine, BlindReturnRefusal> {
  const { reason, restock, receipt, today } = act;
  if (reason.trim() === "") return refuse({ kind: "reason-missing" });
  if (goods.giftCard !== undefined) return refuse({ kind: "stored-value" });
  if (!Number.isSafeInteger(goods.quantity.units) || goods.quantity.units <= 0)
    return refuse({ kind: "quantity-invalid" });
  const named = receipt === undefined ? null : parseReceiptNumber(receipt.number);
  if (receipt !== undefined && named === null) return refuse({ kind: "not-a-number" });
  if (receipt !== undefined && receipt.day > today) return refuse({ kind: "day-to-come" });
  const { labelAmount, discounts: _none, ...facts } = goods;
  return accept({
    ...facts,
    kind: "return",
    quantity: taken(goods.quantity),
    stockQuantity: goods.stockQuantity === null ? null : taken(goods.stockQuantity),
    ...(labelAmount === undefined ? {} : { labelAmount: negate(labelAmount) }),
    discounts: [],
    returnReason: reason.trim(),
    restock,
    ...(receipt === undefined || named === null
      ? {}
      : { typedReceipt: { number: receiptNumberToText(named), day: receipt.day } }),
  });
}

/** Whether a line takes goods back whose sale nobody has read. */
export function isBlind({ kind, original }: Pick<LineFacts, "kind" | "original">): boolean {
  return kind === "return" && (original === undefined || original.known === "typed");
}

function taken(quantity: Quantity): Quantity {
  return { ...quantity, units: -quantity.units };
}
