import fc from "fast-check";
import { describe, expect } from "vitest";
import { amount, negate, sumBy } from "../money/amount.ts";
import { anyRounding, anyTaxes, plainTaxes, roundings } from "../testing/arbitraries.ts";
import { property, sayHowToRepeat } from "../testing/property.ts";
import { oracleTaxes } from "../testing/tax-oracle.ts";
import { computeTaxes, type TaxableLine, type TaxRules } from "./compute-tax.ts";
import type { Tax } from "./tax.ts";

sayHowToRepeat();

const anyScope = fc.constantFrom("line" as const, "document" as const);

const anyTaxRules: fc.Arbitrary<TaxRules> = fc.record({
  exponent: fc.constantFrom(0, 2, 3),
  scope: anyScope,
  rounding: anyRounding,
});

function linesWith(taxes: readonly Tax[]): fc.Arbitrary<TaxableLine[]> {
  const line = fc
    .record({
      minor: fc.oneof(fc.integer({ min: 0, max: 500 }), fc.integer({ min: 0, max: 10_000_000 })),
      units: fc.integer({ min: 1, max: 20 }),
      scale: fc.constantFrom(0, 0, 3),
      sign: fc.constantFrom(1, 1, 1, -1),
      taxes: fc.subarray([...taxes]),
    })
    .map(({ minor, units, scale, sign, taxes: own }) => ({
      amount: amount(sign * minor),
      quantity: { units: sign * units, scale },
      taxes: own,
    }));
  return fc.array(line, { minLength: 1, maxLength: 8 });
}

const anyReceipt = anyTaxes.chain((taxes) => fc.record({ lines: linesWith(taxes), rules: anyTaxRules }));
const plainReceipt = plainTaxes.chain((taxes) => fc.record({ lines: linesWith(taxes), rules: anyTaxRules }));

describe("against an oracle written from the rules alone", () => {
  property("any mixture of taxes comes to the same cents", anyReceipt, ({ lines, rules }) => {
    expect(computeTaxes(lines, rules)).toEqual(oracleTaxes(lines, rules));
  });

  property("plain percentages, which take the short way, do too", plainReceipt, ({ lines, rules }) => {
    expect(computeTaxes(lines, rules)).toEqual(oracleTaxes(lines, rules));
  });
});

describe("every receipt", () => {
  property("a line's net and its taxes are what is paid for it", anyReceipt, ({ lines, rules }) => {
    for (const taxed of computeTaxes(lines, rules)) {
      expect(taxed.exTax + sumBy(taxed.taxes, (tax) => tax.amount)).toBe(taxed.incTax);
    }
  });

  property("tax in the price never changes what is paid", anyReceipt, ({ lines, rules }) => {
    for (const [index, taxed] of computeTaxes(lines, rules).entries()) {
      const line = lines[index] as TaxableLine;
      const onTop = line.taxes.flatMap((tax, at) => (tax.included ? [] : [taxed.taxes[at]?.amount ?? 0]));
      expect(taxed.incTax - onTop.reduce((sum, each) => sum + each, 0)).toBe(line.amount);
    }
  });

  const symmetric = fc.constantFrom(...roundings.filter((rounding) => rounding !== "half-toward-positive"));
  const mirrorable = fc.tuple(anyReceipt, symmetric);

  property("a return of everything is the exact mirror", mirrorable, ([{ lines, rules }, rounding]) => {
    const mirror = lines.map((line) => ({
      ...line,
      amount: negate(line.amount),
      quantity: { ...line.quantity, units: -line.quantity.units },
    }));
    const [there, back] = [lines, mirror].map((each) => computeTaxes(each, { ...rules, rounding }));
    expect(back?.map((taxed) => negate(taxed.incTax))).toEqual(there?.map((taxed) => taxed.incTax));
    expect(back?.map((taxed) => negate(taxed.exTax))).toEqual(there?.map((taxed) => taxed.exTax));
  });

  property("tax by line and tax by document differ by less than a unit a line", plainReceipt, ({ lines, rules }) => {
    const totalOf = (scope: TaxRules["scope"]): number =>
      sumBy(computeTaxes(lines, { ...rules, scope }), (taxed) => amount(taxed.incTax - taxed.exTax));
    const taxesMax = 2;
    expect(Math.abs(totalOf("line") - totalOf("document"))).toBeLessThanOrEqual(taxesMax * lines.length);
  });
});
