import type { Amount } from "../money/amount.ts";
import { type Decimal, powerOfTen } from "../money/decimal.ts";
import type { Tax } from "./tax.ts";

export type Fraction = { readonly numerator: bigint; readonly denominator: bigint };

/** A tax as a linear function of the net: `(slope × net + fixed) ÷ denominator`, in minor units. */
export type Linear = { readonly slope: bigint; readonly fixed: bigint; readonly denominator: bigint };

/**
 * Every tax as a function of the net, and the exact net that makes included taxes fit into the amount: with percentages
 * and fees per piece each tax is linear in the net, so one division solves any mixture, tax on tax included.
 */
export function solveTaxes(
  line: { readonly amount: Amount; readonly quantity: Decimal; readonly taxes: readonly Tax[] },
  exponent: number,
): { terms: Linear[]; net: Fraction } {
  const terms: Linear[] = [];
  let total: Linear = { slope: 1n, fixed: 0n, denominator: 1n };
  for (const [index, tax] of line.taxes.entries()) {
    const term =
      tax.kind === "fixed" ? fixedTerm(tax.perUnit, line.quantity, exponent) : percentTerm(line.taxes, terms, index);
    terms.push(term);
    if (tax.included) total = addLinear(total, term);
  }
  const net = { numerator: BigInt(line.amount) * total.denominator - total.fixed, denominator: total.slope };
  return { terms, net };
}

/** The exact tax on an exact net. */
export function evaluate(term: Linear, net: Fraction): Fraction {
  return {
    numerator: term.slope * net.numerator + term.fixed * net.denominator,
    denominator: term.denominator * net.denominator,
  };
}

function fixedTerm(perUnit: Decimal, quantity: Decimal, exponent: number): Linear {
  return {
    slope: 0n,
    fixed: BigInt(perUnit.units) * BigInt(quantity.units) * powerOfTen(exponent),
    denominator: powerOfTen(perUnit.scale + quantity.scale),
  };
}

const MILLION = 1_000_000n;

function percentTerm(taxes: readonly Tax[], earlier: readonly Linear[], index: number): Linear {
  const tax = taxes[index] as Tax & { kind: "percent" };
  let base: Linear = { slope: 1n, fixed: 0n, denominator: 1n };
  if (tax.onPrevious) {
    for (const [before, term] of earlier.entries()) if (taxes[before]?.compound) base = addLinear(base, term);
  }
  const rate = BigInt(tax.ratePpm);
  return { slope: base.slope * rate, fixed: base.fixed * rate, denominator: base.denominator * MILLION };
}

function addLinear(a: Linear, b: Linear): Linear {
  if (a.denominator === b.denominator) {
    return { slope: a.slope + b.slope, fixed: a.fixed + b.fixed, denominator: a.denominator };
  }
  return {
    slope: a.slope * b.denominator + b.slope * a.denominator,
    fixed: a.fixed * b.denominator + b.fixed * a.denominator,
    denominator: a.denominator * b.denominator,
  };
}
