import type { StaffId } from "@holdfast/domain/staff/staff";
import { expect, test } from "vitest";
import { afterRight, afterWrong, delayAfter, type PinAttempts, waitMs } from "./pin-attempts.ts";

const MIA = "mia" as StaffId;
const OMAR = "omar" as StaffId;

function wrongTimes(count: number, atMs = 0): PinAttempts {
  let attempts: PinAttempts = {};
  for (let index = 0; index < count; index += 1) attempts = afterWrong(attempts, MIA, atMs);
  return attempts;
}

test("two slips cost nothing, the third costs seconds, and it grows to minutes", () => {
  expect([1, 2, 3, 4, 6, 10, 500].map(delayAfter)).toEqual([0, 0, 5_000, 15_000, 60_000, 300_000, 300_000]);
});

test("the wait runs by the clock", () => {
  const attempts = wrongTimes(3, 1_000);
  expect([1_000, 4_000, 6_000, 9_000].map((now) => waitMs(attempts, MIA, now))).toEqual([5_000, 2_000, 0, 0]);
});

test("putting the clock back does not shorten it, nor make it longer than it was", () => {
  expect(waitMs(wrongTimes(3, 1_000_000), MIA, 0)).toBe(5_000);
});

test("one person's slips are nobody else's", () => {
  expect(waitMs(wrongTimes(5), OMAR, 0)).toBe(0);
  const both = afterWrong(wrongTimes(3), OMAR, 0);
  expect(waitMs(afterRight(both, OMAR), MIA, 0)).toBe(5_000);
});

test("the right PIN wipes the slate", () => {
  expect(waitMs(afterRight(wrongTimes(9), MIA), MIA, 0)).toBe(0);
});
