import { resolvePrice } from "@holdfast/domain/catalog/price-list";
import type { UnitPrice } from "@holdfast/domain/catalog/variant";
import { instant } from "@holdfast/domain/kernel/instant";
import type { PriceDocument } from "@holdfast/protocol/documents";
import { plainPrice } from "./write-catalog.ts";

type Prices = PriceDocument["prices"];

const ONE = { units: 1, scale: 0 } as const;

/** What one unit costs now; null where the list has no price for it. */
export function priceInForce(prices: Prices, nowMs: number): UnitPrice | null {
  return entryInForce(prices, nowMs)?.price ?? null;
}

/**
 * The prices once the one in force is another: those to come and those for many stay as they were. Null where nothing
 * changes.
 */
export function withPriceInForce(prices: Prices, price: UnitPrice, nowMs: number): Prices | null {
  const current = entryInForce(prices, nowMs);
  if (current === null) return [...prices, ...plainPrice(price)];
  if (samePrice(current.price, price)) return null;
  return prices.map((entry) => (entry === current ? { ...entry, price } : entry));
}

function entryInForce(prices: Prices, nowMs: number): Prices[number] | null {
  return resolvePrice(prices, { at: instant(nowMs, 0), quantity: ONE });
}

function samePrice(a: UnitPrice, b: UnitPrice): boolean {
  return a.units === b.units && a.scale === b.scale && a.per === b.per;
}
