import type { UnitPrice } from "../catalog/variant.ts";
import type { Uuid } from "../kernel/id.ts";
import { accept, type Result, refuse } from "../kernel/result.ts";
import type { Cart } from "./cart.ts";
import { cartFault, type PriceRefusal, priceFault } from "./check-line.ts";
import type { LineFacts } from "./line.ts";

/**
 * Prices the goods of the cart from another list, such as that of the customer who turned out to be buying them. What a label or a
 * card set stays as it is, and so does what comes back; a price that a person set stays too, and names what it is set in place of.
 * Goods that have no price on the list keep theirs.
 * @param priceList null for the branch's own
 */
export function repriceCart(
  cart: Cart,
  priceList: Uuid | null,
  priceOf: (line: LineFacts) => UnitPrice | null,
): Result<Cart, PriceRefusal> {
  const { priceList: _before, ...rest } = cart;
  const lines: LineFacts[] = [];
  for (const line of cart.lines) {
    const listed = isListed(line) ? priceOf(line) : null;
    const next = listed === null ? line : withListed(line, listed);
    const fault = priceFault({ ...next, unitPrice: listed ?? next.unitPrice }, cart.rules);
    if (fault !== null) return refuse(fault);
    lines.push(next);
  }
  const next: Cart = { ...rest, lines, ...(priceList === null ? {} : { priceList }) };
  const whole = cartFault(next);
  return whole === null ? accept(next) : refuse(whole);
}

function withListed(line: LineFacts, listed: UnitPrice): LineFacts {
  const { override } = line;
  return override === undefined ? { ...line, unitPrice: listed } : { ...line, override: { ...override, listed } };
}

function isListed({ kind, variant, labelAmount, giftCard, exempted }: LineFacts): boolean {
  const isSet = [labelAmount, giftCard, exempted].some((each) => each !== undefined);
  return kind === "sale" && variant !== null && !isSet;
}
