import { assert } from "../kernel/assert.ts";
import type { Brand } from "../kernel/brand.ts";
import { type Rounding, roundProduct } from "./rounding.ts";

/**
 * Money in whole minor units (cents) of the currency its document states; may be negative.
 * Always a safe integer: arithmetic that would leave that range is a bug and stops here.
 */
export type Amount = Brand<number, "Amount">;

export const ZERO = 0 as Amount;

export function amount(minorUnits: number): Amount {
  assert(Number.isSafeInteger(minorUnits), `not an amount in minor units: ${minorUnits}`);
  // Minus zero would serialise as 0 and compare unequal by Object.is, so it never leaves here.
  return (minorUnits === 0 ? 0 : minorUnits) as Amount;
}

export function amountFromBigInt(minorUnits: bigint): Amount {
  return amount(Number(minorUnits));
}

export function add(a: Amount, b: Amount): Amount {
  return amount(a + b);
}

export function subtract(a: Amount, b: Amount): Amount {
  return amount(a - b);
}

export function negate(a: Amount): Amount {
  return amount(-a);
}

export function sum(amounts: Iterable<Amount>): Amount {
  let total = 0;
  for (const each of amounts) total += each;
  return amount(total);
}

export function sumBy<T>(items: Iterable<T>, pick: (item: T) => Amount): Amount {
  let total = 0;
  for (const item of items) total += pick(item);
  return amount(total);
}

/** `value × numerator ÷ denominator`, rounded once. */
export function multiply(
  value: Amount,
  ratio: { readonly numerator: number; readonly denominator: number },
  rounding: Rounding,
): Amount {
  return amount(roundProduct(value, ratio, rounding));
}
