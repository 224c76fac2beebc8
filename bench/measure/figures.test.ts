import { expect, test } from "vitest";
import { logSlope, numberText, quantileOf, spreadOf } from "./figures.ts";

test("the median of an even number lies between the two in the middle, and p99 near the top", () => {
  expect(spreadOf([9, 1, 3, 7])).toEqual({ median: 5, min: 1, max: 9 });
  const hundred = Array.from({ length: 101 }, (_, index) => index);
  expect(quantileOf(hundred, 0.99)).toBe(99);
});

test.each([
  ["what stays the same", (_: number) => 7, 0],
  ["what grows along", (x: number) => 3 * x, 1],
  ["what grows with the square", (x: number) => x * x, 2],
])("the slope of %s", (_, curve, slope) => {
  expect(logSlope([1, 10, 100, 1_000].map((x) => [x, curve(x)]))).toBeCloseTo(slope, 10);
});

test("numbers are as long as they are exact", () => {
  expect([12_345.6, 99.94, 0.012_345, Number.NaN].map(numberText)).toEqual(["12,346", "99.9", "0.0123", "–"]);
});
