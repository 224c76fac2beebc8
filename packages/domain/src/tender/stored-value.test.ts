import { expect, test } from "vitest";
import { cardCode, isCardCode } from "./stored-value.ts";

test.each([
  ["gc 1000 0001", "GC10000001"],
  [" GC10000001\n", "GC10000001"],
  ["Gc-10\u00a000", "GC-1000"],
])("a card's code %j is %s, however it was typed or scanned", (typed, code) => {
  expect(cardCode(typed)).toBe(code);
  expect(cardCode(code)).toBe(code);
  expect(isCardCode(code)).toBe(true);
});

test.each(["", "GC1", "-GC1000", "GC_1000", "GC1000\u0000", "X".repeat(101)])("%j is no card's code", (code) => {
  expect(isCardCode(code)).toBe(false);
});
