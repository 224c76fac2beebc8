import { amount } from "@holdfast/domain/money/amount";
import { currencyCode } from "@holdfast/domain/money/currency";
import { testId } from "@holdfast/domain/testing/build";
import { expect, test } from "vitest";
import type { ReaderRequest } from "./reader.ts";
import { type ReaderMemory, simulatedReader } from "./simulated.ts";

function memory(): ReaderMemory {
  const held = new Map<string, string>();
  return { getItem: (key) => held.get(key) ?? null, setItem: (key, value) => void held.set(key, value) };
}

function request(attempt: number, minorUnits: number, mayStore = true): ReaderRequest {
  return { attempt: testId(attempt), amount: amount(minorUnits), currency: currencyCode("EUR"), mayStore };
}

test("an attempt that is sent twice charges once", async () => {
  const reader = simulatedReader(memory());
  const first = await reader.charge(request(1, 500));
  expect(await reader.charge(request(1, 500))).toEqual(first);
  expect(reader.charged()).toBe(500);
});

test("an answer that was lost is found by asking, whether it was a yes or a no", async () => {
  const reader = simulatedReader(memory());
  reader.behaviour.set("lose-approval");
  expect(await reader.charge(request(1, 500))).toEqual({ kind: "unknown" });
  expect(await reader.ask(testId(1))).toMatchObject({ kind: "approved" });
  reader.behaviour.set("lose-decline");
  expect(await reader.charge(request(2, 900))).toEqual({ kind: "unknown" });
  expect(await reader.ask(testId(2))).toMatchObject({ kind: "declined" });
  expect(await reader.ask(testId(3))).toEqual({ kind: "none" });
  expect(reader.charged()).toBe(500);
});

test("without a line it stores where it may, never a refund, and forwards later", async () => {
  const held = memory();
  const reader = simulatedReader(held);
  reader.behaviour.set("no-line");
  expect(await reader.charge(request(1, 500))).toMatchObject({ kind: "stored-offline" });
  expect(await reader.charge(request(2, 500, false))).toEqual({ kind: "declined", reason: "no-line" });
  expect(await reader.charge(request(3, -500))).toEqual({ kind: "declined", reason: "no-line" });
  expect(await reader.forward()).toEqual([]);
  const afterRestart = simulatedReader(held);
  afterRestart.declinesLater.set(true);
  expect(await afterRestart.forward()).toEqual([{ attempt: testId(1), outcome: "declined" }]);
  expect(await afterRestart.forward()).toEqual([]);
  expect(afterRestart.charged()).toBe(0);
});

test("what is reversed is no longer charged", async () => {
  const reader = simulatedReader(memory());
  await reader.charge(request(1, 500));
  await reader.reverse(testId(1));
  expect(reader.charged()).toBe(0);
});
