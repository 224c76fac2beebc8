import { describe, expect, test } from "vitest";
import { extendedAmount, percentOff } from "../pricing/line-amount.ts";
import { NO_CASH_ROUNDING } from "../tender/cash-rounding.ts";
import { remainderOf, settle } from "../tender/settle.ts";
import { cash, price, quantity, testCart, testLine, testSale } from "../testing/build.ts";
import { allocate, allocateExactly } from "./allocate.ts";
import { add, amount, amountFromBigInt, multiply, negate, subtract, sum, sumBy, ZERO } from "./amount.ts";
import { amountToText, currencyCode, exponentOf, isCurrencyCode, minorPerMajor, parseAmount } from "./currency.ts";
import {
  compareDecimals,
  decimal,
  decimalToText,
  multiplyDecimals,
  negateDecimal,
  parseDecimal,
  powerOfTenNumber,
  rescale,
} from "./decimal.ts";
import { type Rounding, roundRatio } from "./rounding.ts";

describe("an amount", () => {
  test("is a whole number of minor units within the safe integers", () => {
    expect(() => amount(0.1)).toThrow("not an amount");
    expect(() => amount(Number.NaN)).toThrow("not an amount");
    expect(() => amount(2 ** 53)).toThrow("not an amount");
    expect(amount(2 ** 53 - 1)).toBe(9_007_199_254_740_991);
  });

  test("is never minus zero", () => {
    expect(Object.is(amount(-0), 0)).toBe(true);
    expect(Object.is(negate(ZERO), 0)).toBe(true);
  });

  test("stops where a sum would leave the safe integers", () => {
    const most = amount(Number.MAX_SAFE_INTEGER);
    expect(() => add(most, amount(1))).toThrow();
    expect(() => sum([most, most])).toThrow();
    expect(() => amountFromBigInt(2n ** 60n)).toThrow();
  });

  test("adds, subtracts, multiplies", () => {
    expect(subtract(amount(5), amount(7))).toBe(-2);
    expect(sumBy([1, 2, 3], (each) => amount(each))).toBe(6);
    expect(multiply(amount(1000), { numerator: 1, denominator: 3 }, "half-away")).toBe(333);
    expect(multiply(amount(-5), { numerator: 1, denominator: -2 }, "half-away")).toBe(3);
  });
});

describe("rounding a tie", () => {
  const cases: readonly [Rounding, number, number][] = [
    ["half-away", 3, -3],
    ["half-toward-zero", 2, -2],
    ["half-even", 2, -2],
    ["half-toward-positive", 3, -2],
    ["down", 2, -2],
    ["up", 3, -3],
  ];
  test.each(cases)("%s makes %d of 2.5 and %d of −2.5", (rounding, positive, negative) => {
    expect(Number(roundRatio(5n, 2n, rounding))).toBe(positive);
    expect(Number(roundRatio(-5n, 2n, rounding))).toBe(negative);
    expect(Number(roundRatio(5n, -2n, rounding))).toBe(negative);
    expect(multiply(amount(5), { numerator: 1, denominator: 2 }, rounding)).toBe(positive);
  });

  test("a mode that nobody knows is a bug", () => {
    expect(() => roundRatio(5n, 2n, "bankers" as Rounding)).toThrow("unreachable");
  });

  test("there is no ratio without a denominator", () => {
    expect(() => roundRatio(1n, 0n, "down")).toThrow("denominator");
  });

  test("even ties go to the even neighbour", () => {
    expect(multiply(amount(7), { numerator: 1, denominator: 2 }, "half-even")).toBe(4);
    expect(multiply(amount(5), { numerator: 1, denominator: 2 }, "half-even")).toBe(2);
  });
});

describe("allocation", () => {
  test("gives spare units to the largest remainders, not to the first", () => {
    expect(allocate(amount(10_000), [30, 20, 40])).toEqual([3333, 2222, 4445]);
  });

  test("breaks ties by place, shares equally where nothing weighs, and gives nothing to zero", () => {
    expect(allocate(amount(5), [1, 1])).toEqual([3, 2]);
    expect(allocate(amount(5), [0, 0])).toEqual([3, 2]);
    expect(allocate(amount(-5), [0, 3, 0])).toEqual([0, -5, 0]);
  });

  test("stays exact where the products leave the safe integers", () => {
    const parts = allocate(amount(9_007_199_254_740_991), [2 ** 40, 2 ** 41, 1]);
    expect(parts.reduce((total, part) => total + BigInt(part), 0n)).toBe(9_007_199_254_740_991n);
  });

  test("needs weights that can be weighed", () => {
    expect(() => allocate(amount(1), [])).toThrow("at least one weight");
    expect(() => allocate(amount(1), [-1])).toThrow("at least 0");
    expect(() => allocate(amount(1), [0.5])).toThrow("at least 0");
    expect(() => allocateExactly(amount(1), [0n])).toThrow("above 0");
  });
});

describe("currencies", () => {
  test("have the digits that ISO 4217 gives them", () => {
    expect(["EUR", "JPY", "KWD", "CLF"].map((code) => exponentOf(currencyCode(code)))).toEqual([2, 0, 3, 4]);
    expect(minorPerMajor(3)).toBe(1000n);
  });

  test("are three capitals", () => {
    expect(isCurrencyCode("EUR")).toBe(true);
    expect(() => currencyCode("eur")).toThrow("not a currency code");
  });

  test.each([
    ["12.5", "EUR", 1250],
    ["-3", "EUR", -300],
    ["0", "JPY", 0],
    ["450", "JPY", 450],
    ["0.450", "KWD", 450],
    ["1.5", "JPY", null],
    ["1.005", "EUR", null],
    ["1,5", "EUR", null],
    ["1e3", "EUR", null],
    ["", "EUR", null],
    ["99999999999999999", "EUR", null],
  ])("%j in %s is read as %s", (text, code, minor) => {
    expect(parseAmount(text, currencyCode(code))).toBe(minor);
  });

  test.each([
    [1234, 2, "12.34"],
    [-5, 2, "-0.05"],
    [450, 0, "450"],
    [0, 3, "0.000"],
  ])("%d with %d digits is shown as %s", (minor, exponent, text) => {
    expect(amountToText(amount(minor), exponent)).toBe(text);
  });
});

describe("decimals", () => {
  test("are read exactly or not at all", () => {
    expect(parseDecimal("0.575")).toEqual({ units: 575, scale: 3 });
    expect(parseDecimal("-12.340")).toEqual({ units: -1234, scale: 2 });
    expect(parseDecimal("-0")).toEqual({ units: 0, scale: 0 });
    for (const text of ["", "1.", ".5", "1e3", "NaN", "0.1234567891", "99999999999999999"])
      expect(parseDecimal(text)).toBeNull();
  });

  test("keep whole units and a scale of 0 to 9", () => {
    expect(() => decimal(0.5, 0)).toThrow("not an integer");
    expect(() => decimal(1, 10)).toThrow("not a scale");
    expect(() => decimal(1, -1)).toThrow("not a scale");
  });

  test("are shown without needless zeros", () => {
    expect([decimalToText({ units: 5, scale: 0 }), decimalToText({ units: -1050, scale: 2 })]).toEqual(["5", "-10.5"]);
    expect(decimalToText({ units: 500, scale: 2 })).toBe("5");
  });

  test("change scale, sign and size exactly", () => {
    expect(rescale({ units: 15, scale: 1 }, 0, "half-away")).toEqual({ units: 2, scale: 0 });
    expect(rescale({ units: 15, scale: 1 }, 3, "half-away")).toEqual({ units: 1500, scale: 3 });
    const same = { units: 1, scale: 2 };
    expect(rescale(same, 2, "down")).toBe(same);
    expect(negateDecimal(decimal(5, 1))).toEqual({ units: -5, scale: 1 });
    expect(multiplyDecimals(decimal(15, 1), decimal(3, 0), { scale: 0, rounding: "half-away" })).toEqual(decimal(5, 0));
    expect(multiplyDecimals(decimal(15, 1), decimal(3, 0), { scale: 3, rounding: "down" })).toEqual(decimal(4500, 3));
    expect(compareDecimals(decimal(10, 1), decimal(1, 0))).toBe(0);
    expect(compareDecimals(decimal(1, 3), decimal(1, 0))).toBe(-1);
    expect(compareDecimals(decimal(2, 0), decimal(19, 1))).toBe(1);
  });

  test("powers of ten beyond the safe integers are infinite, so that no product hides them", () => {
    expect([powerOfTenNumber(0), powerOfTenNumber(3), powerOfTenNumber(16)]).toEqual([
      1,
      1000,
      Number.POSITIVE_INFINITY,
    ]);
  });
});

/** Figures at which shops' floating point was wrong. */
describe("golden numbers", () => {
  const cents = { exponent: 2, rounding: "half-away" as const };

  test("0.575 kg at 3.80 is 2.19, not 2.18", () => {
    expect(extendedAmount(price("3.80"), quantity("0.575", "kg"), cents)).toBe(219);
  });

  test("96.019 % off 829.00 leaves 33.00, not 32.99", () => {
    expect(percentOff(amount(82_900), 960_190, "half-away").left).toBe(3300);
  });

  test("95 at 0.819 is 77.81, and exact cash completes the sale", () => {
    const line = testLine({ unitPrice: price("0.819"), quantity: quantity("95"), stockQuantity: quantity("95") });
    const sale = testSale(testCart({ lines: [line], tenders: [cash(7781)] }));
    expect([sale.totals.total, sale.change]).toEqual([7781, 0]);
    expect(remainderOf(sale.totals.total, sale.tenders, NO_CASH_ROUNDING)).toEqual({ due: 0, cashDue: 0 });
    expect(settle(sale.totals.total, [cash(7780)], NO_CASH_ROUNDING).ok).toBe(false);
  });

  test("30 000 pieces at 99 999.99 stay exact", () => {
    expect(extendedAmount(price("99999.99"), quantity("30000"), cents)).toBe(299_999_970_000);
  });

  test.each([
    ["JPY", "1980", 1980],
    ["KWD", "1.250", 1250],
    ["EUR", "12.50", 1250],
  ])("a price in %s has its own minor units", (code, text, minor) => {
    const rules = { exponent: exponentOf(currencyCode(code)), rounding: "half-away" as const };
    expect(extendedAmount(price(text), quantity("1"), rules)).toBe(minor);
  });

  test("prices per hundred grams and below a cent are rounded once, at the end", () => {
    expect(extendedAmount(price("1.49", 100), quantity("342", "g"), cents)).toBe(510);
    expect(extendedAmount(price("0.00101"), quantity("16000"), cents)).toBe(1616);
  });

  test("a product that leaves the safe integers is rounded exactly", () => {
    expect(
      extendedAmount({ units: 9_007_199_254_740_991, scale: 9, per: 1 }, { units: 1_000_000, scale: 6 }, cents),
    ).toBe(900_719_925);
    expect(extendedAmount({ units: 900_719_925_474_099, scale: 0, per: 1 }, { units: 1, scale: 9 }, cents)).toBe(
      90_071_993,
    );
  });
});
