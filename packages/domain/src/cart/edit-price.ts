import type { UnitPrice } from "../catalog/variant.ts";
import { accept, type Result, refuse } from "../kernel/result.ts";
import { type Amount, sumBy } from "../money/amount.ts";
import type { Cart } from "./cart.ts";
import { cartFault, type PriceRefusal, priceFault, type TextRefusal, textFault } from "./check-line.ts";
import { lineOf, withLine } from "./edit-cart.ts";
import { lineDiscountsMax, orderDiscountsMax, percentPpmMax, textCharsMax } from "./limits.ts";
import type { Approval, LineDiscount, LineFacts, OrderDiscount } from "./line.ts";
import { lineLeft } from "./price-cart.ts";

type LineProblem =
  | { readonly kind: "no-such-line" }
  /** What was approved to come back, a scale's label, a card's face or an exemption (to be lifted first) says what it costs. */
  | { readonly kind: "price-fixed" };

export type OverridePriceRefusal = PriceRefusal | TextRefusal | LineProblem | { readonly kind: "reason-missing" };

/** A person sets a price in place of the listed one, which stays on record; a second override still names the listed one. */
export function overridePrice(
  cart: Cart,
  number: number,
  override: { readonly price: UnitPrice; readonly reason: string; readonly approval?: Approval },
): Result<Cart, OverridePriceRefusal> {
  const found = openLine(cart, number);
  if (!found.ok) return found;
  const line = found.value;
  if (line.labelAmount !== undefined || line.exempted !== undefined) return refuse({ kind: "price-fixed" });
  const { price, ...reasoned } = override;
  if (reasoned.reason.trim() === "") return refuse({ kind: "reason-missing" });
  const fault = textFault(reasoned.reason, textCharsMax) ?? priceFault({ ...line, unitPrice: price }, cart.rules);
  if (fault !== null) return refuse(fault);
  const listed = line.override?.listed ?? line.unitPrice;
  const next = withLine(cart, { ...line, unitPrice: price, override: { ...reasoned, listed } });
  const whole = cartFault(next);
  return whole === null ? accept(next) : refuse(whole);
}

/** The listed price again. */
export function removeOverride(cart: Cart, number: number): Result<Cart, { readonly kind: "no-such-line" }> {
  const line = lineOf(cart, number);
  if (line === null) return refuse({ kind: "no-such-line" });
  const { override, ...rest } = line;
  return accept(override === undefined ? cart : withLine(cart, { ...rest, unitPrice: override.listed }));
}

export type DiscountRefusal =
  | TextRefusal
  | { readonly kind: "percent-out-of-range" }
  | { readonly kind: "amount-out-of-range"; readonly max: Amount }
  | { readonly kind: "too-many-discounts"; readonly max: number };

export type LineDiscountRefusal = DiscountRefusal | LineProblem;

/** Reduces one line; an amount takes what is left at most. */
export function addLineDiscount(cart: Cart, number: number, discount: LineDiscount): Result<Cart, LineDiscountRefusal> {
  const found = openLine(cart, number);
  if (!found.ok) return found;
  const line = found.value;
  if (line.discounts.length >= lineDiscountsMax) return refuse({ kind: "too-many-discounts", max: lineDiscountsMax });
  const fault = discountFault(discount, lineLeft(line, cart));
  if (fault !== null) return refuse(fault);
  return accept(withLine(cart, { ...line, discounts: manualFirst([...line.discounts, discount]) }));
}

/** Promotions come after what a person gave, so that taking one away never changes the other. */
function manualFirst(discounts: readonly LineDiscount[]): LineDiscount[] {
  const isPromotion = (discount: LineDiscount): boolean => discount.kind === "promotion";
  return [...discounts.filter((each) => !isPromotion(each)), ...discounts.filter(isPromotion)];
}

/** Reduces the whole cart; returned goods and stored value take no part. */
export function addOrderDiscount(cart: Cart, discount: OrderDiscount): Result<Cart, DiscountRefusal> {
  if (cart.orderDiscounts.length >= orderDiscountsMax) {
    return refuse({ kind: "too-many-discounts", max: orderDiscountsMax });
  }
  const goods = cart.lines.filter((line) => line.kind === "sale" && line.giftCard === undefined);
  const fault = discountFault(
    discount,
    sumBy(goods, (line) => lineLeft(line, cart)),
  );
  return fault === null ? accept({ ...cart, orderDiscounts: [...cart.orderDiscounts, discount] }) : refuse(fault);
}

function discountFault(discount: LineDiscount | OrderDiscount, left: Amount): DiscountRefusal | null {
  const fault = textFault(discount.reason, textCharsMax);
  if (fault !== null) return fault;
  if (discount.kind === "percent") {
    const { percentPpm } = discount;
    const isPercentage = Number.isInteger(percentPpm) && percentPpm > 0 && percentPpm <= percentPpmMax;
    return isPercentage ? null : { kind: "percent-out-of-range" };
  }
  const isAmount = Number.isSafeInteger(discount.amount) && discount.amount > 0 && discount.amount <= Math.abs(left);
  return isAmount ? null : { kind: "amount-out-of-range", max: left };
}

export type RemoveDiscountRefusal = { readonly kind: "no-such-line" } | { readonly kind: "no-such-discount" };

/** @param index place in the line's discounts */
export function removeLineDiscount(cart: Cart, number: number, index: number): Result<Cart, RemoveDiscountRefusal> {
  const line = lineOf(cart, number);
  if (line === null) return refuse({ kind: "no-such-line" });
  if (line.discounts[index] === undefined) return refuse({ kind: "no-such-discount" });
  return accept(withLine(cart, { ...line, discounts: line.discounts.toSpliced(index, 1) }));
}

/** @param index place in the cart's order discounts */
export function removeOrderDiscount(cart: Cart, index: number): Result<Cart, { readonly kind: "no-such-discount" }> {
  if (cart.orderDiscounts[index] === undefined) return refuse({ kind: "no-such-discount" });
  return accept({ ...cart, orderDiscounts: cart.orderDiscounts.toSpliced(index, 1) });
}

function openLine(cart: Cart, number: number): Result<LineFacts, LineProblem> {
  const line = lineOf(cart, number);
  if (line === null) return refuse({ kind: "no-such-line" });
  const isFixed = line.kind === "return" || line.giftCard !== undefined;
  return isFixed ? refuse({ kind: "price-fixed" }) : accept(line);
}
