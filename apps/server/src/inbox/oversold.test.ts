import { expect, test } from "vitest";
import { movementsBelowZero } from "./oversold.ts";

/** Movements in the order in which they were booked, by what each left. */
function involved(...onHand: readonly number[]): number[] {
  const newestFirst = onHand.map((left, booked) => ({ booked, onHand: left })).toReversed();
  return movementsBelowZero(newestFirst).map(({ booked }) => booked);
}

test("two who sell the last unit are both involved, and the delivery before is not", () => {
  expect(involved(1, 0, -1)).toEqual([1, 2]);
});

test("every sale since the stock was last positive is involved, the oldest first", () => {
  expect(involved(5, 3, 1, -1, -2, -4)).toEqual([3, 4, 5]);
});

test("what came after the stock recovered is not involved", () => {
  expect(involved(2, 0, -1, 9, 8)).toEqual([1, 2]);
  expect(involved(2, 0, -1, 0)).toEqual([1, 2]);
});

test("of two times below zero, the last one counts", () => {
  expect(involved(1, -1, 5, -2)).toEqual([3]);
});

test("goods that were never there, and stock that is not negative", () => {
  expect(involved(-1, -3)).toEqual([0, 1]);
  expect(involved(3, 2, 0)).toEqual([]);
  expect(involved()).toEqual([]);
});
