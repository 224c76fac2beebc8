import { expect, test } from "vitest";
import { parseStorage, parseUnsent, storageToText, unsentToText } from "./contact.ts";

test.each([
  { count: 0, oldestAt: null },
  { count: 37, oldestAt: "2026-11-23T06:10:01.120+02:00" },
  { count: 1, oldestAt: null },
])("what is unsent reads as it was written: %o", (unsent) => {
  expect(parseUnsent(unsentToText(unsent))).toEqual(unsent);
});

test.each(["", "many", "-1", "1.5", "9999999999", "1 2 3", `1 ${"x".repeat(41)}`])("%j says nothing", (text) => {
  expect(parseUnsent(text)).toBeNull();
});

test("what a browser promised reads as it was written, and silence promises and denies nothing", () => {
  expect([true, false].map((isKept) => parseStorage(storageToText(isKept)))).toEqual([true, false]);
  expect(["", "perhaps"].map(parseStorage)).toEqual([null, null]);
});

test("a time that is none is left out, and the count stays", () => {
  expect(parseUnsent("3 yesterday")).toEqual({ count: 3, oldestAt: null });
});
