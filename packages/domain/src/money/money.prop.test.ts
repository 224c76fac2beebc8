import fc from "fast-check";
import { describe, expect } from "vitest";
import { extendedAmount } from "../pricing/line-amount.ts";
import { anyAmount, anyRounding, shuffled } from "../testing/arbitraries.ts";
import { property, sayHowToRepeat } from "../testing/property.ts";
import { allocate, allocateExactly } from "./allocate.ts";
import { type Amount, amount, sum } from "./amount.ts";
import { addDecimals, compareDecimals, decimalToText, parseDecimal, powerOfTen, rescale } from "./decimal.ts";
import { roundProduct, roundRatio } from "./rounding.ts";

sayHowToRepeat();

const anyWeights = fc.array(fc.oneof(fc.nat(1_000), fc.nat(2 ** 40)), { minLength: 1, maxLength: 12 });
const anyDecimal = fc.record({ units: fc.integer({ min: -1_000_000, max: 1_000_000 }), scale: fc.nat(6) });

describe("rounding", () => {
  const product = fc.record({
    value: fc.oneof(fc.integer(), fc.maxSafeInteger()),
    numerator: fc.oneof(fc.integer(), fc.maxSafeInteger()),
    denominator: fc.oneof(fc.integer({ min: 1, max: 1_000 }), fc.integer({ min: 1 })),
    rounding: anyRounding,
  });

  property("a product is rounded the same in plain numbers and in BigInt", product, (each) => {
    const { value, numerator, denominator, rounding } = each;
    const exact = roundRatio(BigInt(value) * BigInt(numerator), BigInt(denominator), rounding);
    expect(roundProduct(value, { numerator, denominator }, rounding) + 0).toBe(Number(exact) + 0);
  });

  const ratio = fc.record({
    n: fc.bigInt(-(10n ** 12n), 10n ** 12n),
    d: fc.bigInt(1n, 10n ** 6n),
    rounding: anyRounding,
  });

  property("what is rounded is never a whole unit away", ratio, ({ n, d, rounding }) => {
    const off = roundRatio(n, d, rounding) * d - n;
    expect(off < d && off > -d).toBe(true);
  });

  property("rounding to the nearest is never more than half a unit away", ratio, ({ n, d }) => {
    const off = roundRatio(n, d, "half-away") * d - n;
    expect(2n * off <= d && 2n * off >= -d).toBe(true);
  });

  property(
    "every mode but the one toward +∞ treats a return as the mirror of its sale",
    ratio,
    ({ n, d, rounding }) => {
      if (rounding === "half-toward-positive") return;
      expect(roundRatio(-n, d, rounding)).toBe(-roundRatio(n, d, rounding));
    },
  );
});

describe("allocation", () => {
  const asked = fc.record({ whole: anyAmount, weights: anyWeights });

  property("the parts always sum to the whole", asked, ({ whole, weights }) => {
    expect(sum(allocate(whole, weights))).toBe(whole);
  });

  property("plain and exact arithmetic give the same parts", asked, ({ whole, weights }) => {
    if (weights.every((weight) => weight === 0)) return;
    expect(allocate(whole, weights)).toEqual(allocateExactly(whole, weights.map(BigInt)));
  });

  property("no part is a unit away from its exact share, and zero weights get nothing", asked, ({ whole, weights }) => {
    const total = weights.reduce((all, weight) => all + BigInt(weight), 0n);
    if (total === 0n) return;
    for (const [index, part] of allocate(whole, weights).entries()) {
      const off = BigInt(part) * total - BigInt(whole) * BigInt(weights[index] as number);
      expect(off < total && off > -total).toBe(true);
      if (weights[index] === 0) expect(part).toBe(0);
    }
  });

  property("the parts of the opposite are the opposite parts", asked, ({ whole, weights }) => {
    const mirrored = allocate(amount(-whole), weights).map((part) => amount(-part));
    expect(mirrored).toEqual(allocate(whole, weights));
  });

  const reordered = asked.chain(({ whole, weights }) => {
    const distinct = [...new Set(weights)];
    return fc.record({ whole: fc.constant(whole), weights: fc.constant(distinct), order: shuffled(distinct) });
  });

  property("order matters to ties alone", reordered, ({ whole, weights, order }) => {
    const partsByWeight = (list: readonly number[]): Map<number, Amount> => {
      const parts = allocate(whole, list);
      return new Map(list.map((weight, index) => [weight, parts[index] as Amount]));
    };
    const [a, b] = [partsByWeight(weights), partsByWeight(order)];
    for (const weight of weights)
      expect(Math.abs((a.get(weight) as number) - (b.get(weight) as number))).toBeLessThanOrEqual(1);
  });
});

describe("decimals", () => {
  property("a decimal's text reads back as the same number", anyDecimal, (value) => {
    const read = parseDecimal(decimalToText(value));
    expect(read === null ? null : compareDecimals(read, value)).toBe(0);
  });

  property("addition is exact whatever the scales", fc.tuple(anyDecimal, anyDecimal), ([a, b]) => {
    const exact = BigInt(a.units) * powerOfTen(9 - a.scale) + BigInt(b.units) * powerOfTen(9 - b.scale);
    expect(BigInt(rescale(addDecimals(a, b), 9, "down").units)).toBe(exact);
  });
});

const price = fc.record({
  price: fc.record({ units: fc.nat(10 ** 9), scale: fc.nat(9), per: fc.constantFrom(1, 12, 100) }),
  quantity: fc.record({ units: fc.integer({ min: -(10 ** 6), max: 10 ** 6 }), scale: fc.nat(6) }),
  exponent: fc.constantFrom(0, 2, 3, 4),
  rounding: anyRounding,
});

property(
  "price times quantity is the exact product, rounded once",
  price,
  ({ price, quantity, exponent, rounding }) => {
    const numerator = BigInt(price.units) * BigInt(quantity.units) * 10n ** BigInt(exponent);
    const denominator = 10n ** BigInt(price.scale + quantity.scale) * BigInt(price.per);
    const exact = roundRatio(numerator, denominator, rounding);
    if (exact > BigInt(Number.MAX_SAFE_INTEGER) || exact < -BigInt(Number.MAX_SAFE_INTEGER)) return;
    expect(extendedAmount(price, quantity, { exponent, rounding })).toBe(Number(exact) + 0);
  },
);
