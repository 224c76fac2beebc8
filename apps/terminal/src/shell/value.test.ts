import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createValue } from "./value.ts";

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

test("a passing state is there at once for whoever asks, and told only where it lasts", () => {
  const value = createValue("paying");
  const told: string[] = [];
  value.watch(() => told.push(value.get()));

  value.set("completing", { toldAfterMs: 100 });
  expect(value.get()).toBe("completing");
  vi.advanceTimersByTime(99);
  expect(told).toEqual([]);
  value.set("paid");
  vi.advanceTimersByTime(1_000);
  expect(told).toEqual(["paid"]);

  value.set("completing", { toldAfterMs: 100 });
  vi.advanceTimersByTime(100);
  expect(told).toEqual(["paid", "completing"]);
});
