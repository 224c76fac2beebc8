import { expect, test } from "vitest";
import { backoffMs } from "./backoff.ts";

const never = (): number => 0;
const nearlyOne = (): number => 0.999_999;

test("waiting grows with each failure, up to a minute, and not beyond it", () => {
  const longest = [1, 2, 3, 4, 5, 6, 7, 8, 100, 10_000].map((failures) => backoffMs(failures, nearlyOne, null));
  expect(longest).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000, 60_000]);
});

test("terminals that have waited longest do not come at the same moment either", () => {
  expect(backoffMs(50, never, null)).toBe(0);
  expect(backoffMs(50, () => 0.5, null)).toBe(30_000);
});

test("what the server asks for is waited for, with a spread on top", () => {
  expect(backoffMs(1, never, 7_000)).toBe(7_000);
  expect(backoffMs(1, nearlyOne, 7_000)).toBe(8_000);
});

test("nobody waits for a day because a header says so, nor a negative time", () => {
  expect(backoffMs(1, never, 86_400_000)).toBe(300_000);
  expect(backoffMs(1, never, -5)).toBe(0);
});
