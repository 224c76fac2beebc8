import { type Day, type Instant, isWithin } from "../kernel/instant.ts";
import { compareDecimals, type Decimal } from "../money/decimal.ts";
import type { UnitPrice } from "./variant.ts";

/**
 * A price of one variant on one list. `from` is its first moment, `to` the first at which it no longer holds; a day means
 * local midnight. It asks for at least `minQuantity` whole units: a quantity break.
 */
export type Price = {
  readonly price: UnitPrice;
  readonly from: Instant | Day | null;
  readonly to: Instant | Day | null;
  readonly minQuantity: number;
};

export type PriceQuestion = { readonly at: Instant; readonly quantity: Decimal };

/**
 * The price for a moment and a quantity; null where the list has none. Of several, the largest quantity break that is
 * reached; then the price that began last, so that a sale of a week lies over the price of the year; then the one that
 * ends first, then the lowest, so that the order of the list never matters.
 * @param prices all prices of one variant on one list
 */
export function resolvePrice<P extends Price>(prices: readonly P[], question: PriceQuestion): P | null {
  let best: P | null = null;
  for (const price of prices) {
    if (!holds(price, question)) continue;
    if (best === null || preference(price, best) < 0) best = price;
  }
  return best;
}

/**
 * The price from the first list that has one.
 * @param lists from the most particular (a customer's) to the most general (the base list)
 */
export function resolvePriceFrom<P extends Price>(lists: readonly (readonly P[])[], question: PriceQuestion): P | null {
  for (const prices of lists) {
    const price = resolvePrice(prices, question);
    if (price !== null) return price;
  }
  return null;
}

/** A return of three asks for the price of three: its sign does not matter. */
function holds({ from, to, minQuantity }: Price, { at, quantity }: PriceQuestion): boolean {
  const wanted = { units: Math.abs(quantity.units), scale: quantity.scale };
  return compareDecimals(wanted, { units: minQuantity, scale: 0 }) >= 0 && isWithin(at, from, to);
}

/** Negative where `a` is to be preferred. */
function preference(a: Price, b: Price): number {
  return (
    b.minQuantity - a.minQuantity ||
    compareEdges(b.from, a.from, "") ||
    compareEdges(a.to, b.to, "~") ||
    comparePrices(a.price, b.price)
  );
}

/** Days and instants of one branch sort as text, by local time; an open edge lies beyond all others. */
function compareEdges(a: string | null, b: string | null, open: string): number {
  const [left, right] = [a ?? open, b ?? open];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Negative where `a` is the lower; `9.00 for 100` is the same as `0.09`. */
export function comparePrices(a: UnitPrice, b: UnitPrice): number {
  const left = BigInt(a.units) * BigInt(b.per) * 10n ** BigInt(b.scale);
  const right = BigInt(b.units) * BigInt(a.per) * 10n ** BigInt(a.scale);
  return left < right ? -1 : left > right ? 1 : 0;
}
