import type { Quantity, UnitPrice } from "../catalog/variant.ts";
import { type Amount, amount, amountFromBigInt, multiply, subtract } from "../money/amount.ts";
import { powerOfTen, powerOfTenNumber } from "../money/decimal.ts";
import { type Rounding, roundProduct, roundRatio } from "../money/rounding.ts";

/** Price times quantity, rounded once: `unitPrice × quantity ÷ per`, in minor units. */
export function extendedAmount(
  price: UnitPrice,
  quantity: Pick<Quantity, "units" | "scale">,
  { exponent, rounding }: { readonly exponent: number; readonly rounding: Rounding },
): Amount {
  const digits = price.scale + quantity.scale - exponent;
  const value = digits < 0 ? price.units * powerOfTenNumber(-digits) : price.units;
  const denominator = digits > 0 ? price.per * powerOfTenNumber(digits) : price.per;
  if (Number.isSafeInteger(value) && Number.isSafeInteger(denominator)) {
    return amount(roundProduct(value, { numerator: quantity.units, denominator }, rounding));
  }
  const exact = BigInt(price.units) * BigInt(quantity.units) * powerOfTen(exponent);
  return amountFromBigInt(roundRatio(exact, powerOfTen(price.scale + quantity.scale) * BigInt(price.per), rounding));
}

/**
 * What a percentage takes off. The rest is rounded, never the discount: 50 % of 83.33 leaves 41.67.
 * @param percentPpm 10 % is 100 000
 */
export function percentOff(from: Amount, percentPpm: number, rounding: Rounding): { left: Amount; discount: Amount } {
  const left = multiply(from, { numerator: MILLION - percentPpm, denominator: MILLION }, rounding);
  return { left, discount: subtract(from, left) };
}

const MILLION = 1_000_000;
