import { amountFromBigInt } from "../money/amount.ts";
import { DECIMAL_SCALE_MAX, type Decimal, powerOfTen } from "../money/decimal.ts";
import { roundRatio } from "../money/rounding.ts";
import { evaluate, type Fraction, solveTaxes } from "./exact-tax.ts";
import type { Tax } from "./tax.ts";

/** Digits that a recomputed unit price has, and at least beyond the listed one's: its multiples must be right to the cent. */
const DIGITS = 6;
const EXTRA_DIGITS = 4;

/**
 * The price of goods whose taxes change while their net stays: what is in the price goes out, what takes its place goes in.
 * @param price major units for `per` whole units, with the `from` taxes in it that are included
 */
export function repriced<P extends Decimal & { readonly per: number }>(
  price: P,
  taxes: { readonly from: readonly Tax[]; readonly to: readonly Tax[] },
): P {
  const quantity = { units: price.per, scale: 0 };
  const value = amountFromBigInt(BigInt(price.units));
  const { net } = solveTaxes({ amount: value, quantity, taxes: taxes.from }, price.scale);
  const next = solveTaxes({ amount: value, quantity, taxes: taxes.to }, price.scale);
  const gross = next.terms.reduce(
    (sum, term, index) => (taxes.to[index]?.included ? addFractions(sum, evaluate(term, net)) : sum),
    net,
  );
  const scale = Math.min(DECIMAL_SCALE_MAX, Math.max(DIGITS, price.scale + EXTRA_DIGITS));
  const units = roundRatio(gross.numerator * powerOfTen(scale - price.scale), gross.denominator, "half-away");
  return { ...price, ...shortest(Number(units), { scale, keep: price.scale }) };
}

function addFractions(a: Fraction, b: Fraction): Fraction {
  return {
    numerator: a.numerator * b.denominator + b.numerator * a.denominator,
    denominator: a.denominator * b.denominator,
  };
}

/** Without the zeros that say nothing, down to the digits the price had. */
function shortest(units: number, { scale, keep }: { scale: number; keep: number }): Decimal {
  let [digits, places] = [units, scale];
  while (places > keep && digits % 10 === 0) {
    digits /= 10;
    places -= 1;
  }
  return { units: digits, scale: places };
}
