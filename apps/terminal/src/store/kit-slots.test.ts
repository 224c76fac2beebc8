import { expect, test } from "vitest";
import { inOrderOfTrust, SETTLED_MS, slotToWrite } from "./kit-slots.ts";

const T = Date.UTC(2026, 10, 27);

test("a copy is written over the older of two, once the newer has settled on the disk", () => {
  const first = { savedAtMs: T, mark: "rev 1" };
  expect(slotToWrite({ a: null, b: null }, "rev 1", T)).toBe("a");
  expect(slotToWrite({ a: first, b: null }, "rev 2", T + SETTLED_MS - 1)).toBe("wait");
  expect(slotToWrite({ a: first, b: null }, "rev 2", T + SETTLED_MS)).toBe("b");
  const second = { savedAtMs: T + SETTLED_MS, mark: "rev 2" };
  expect(slotToWrite({ a: first, b: second }, "rev 3", T + 2 * SETTLED_MS)).toBe("a");
});

test("what is saved already is not written again: nothing good is put at risk for it", () => {
  expect(slotToWrite({ a: null, b: { savedAtMs: T, mark: "rev 2" } }, "rev 2", T + SETTLED_MS)).toBe("saved");
});

test("a clock that was set back by a day does not stop the copying", () => {
  expect(slotToWrite({ a: { savedAtMs: T, mark: "rev 1" }, b: null }, "rev 2", T - 86_400_000)).toBe("b");
});

test("the newer copy is read first, and the older one where the newer cannot be", () => {
  const older = { savedAtMs: T, mark: "rev 1" };
  const newer = { savedAtMs: T + 1, mark: "rev 2" };
  expect(inOrderOfTrust({ a: older, b: newer })).toEqual(["b", "a"]);
  expect(inOrderOfTrust({ a: null, b: null })).toEqual([]);
});
