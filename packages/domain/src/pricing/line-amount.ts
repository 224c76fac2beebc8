import type { Quantity, UnitPrice } from "../catalog/variant.ts";
import { type Amount, amountFromBigInt, subtract } from "../money/amount.ts";
import { powerOfTen } from "../money/decimal.ts";
import { type Rounding, roundRatio } from "../money/rounding.ts";

/** Price times quantity, rounded once: `unitPrice × quantity ÷ per`, in minor units. */
export function extendedAmount(
  price: UnitPrice,
  quantity: Pick<Quantity, "units" | "scale">,
  { exponent, rounding }: { exponent: number; rounding: Rounding },
): Amount {
  const numerator = BigInt(price.units) * BigInt(quantity.units) * powerOfTen(exponent);
  const denominator = powerOfTen(price.scale + quantity.scale) * BigInt(price.per);
  return amountFromBigInt(roundRatio(numerator, denominator, rounding));
}

/**
 * What a percentage takes off. The rest is rounded, never the discount: 50 % of 83.33 leaves 41.67.
 * @param percentPpm 10 % is 100 000
 */
export function percentOff(from: Amount, percentPpm: number, rounding: Rounding): { left: Amount; discount: Amount } {
  const left = amountFromBigInt(roundRatio(BigInt(from) * BigInt(1_000_000 - percentPpm), 1_000_000n, rounding));
  return { left, discount: subtract(from, left) };
}
