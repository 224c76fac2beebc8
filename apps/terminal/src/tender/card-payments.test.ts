import { amount } from "@holdfast/domain/money/amount";
import { currencyCode } from "@holdfast/domain/money/currency";
import type { StoredPayment } from "@holdfast/domain/tender/stored-offline";
import type { Tender } from "@holdfast/domain/tender/tender";
import { testId } from "@holdfast/domain/testing/build";
import { beforeEach, describe, expect, test } from "vitest";
import { type SimulatedReader, simulatedReader } from "../devices/reader/simulated.ts";
import { newTestId, testClock } from "../testing/test-log.ts";
import { type CardAttempt, CardPayments } from "./card-payments.ts";

const clock = testClock();
const SALE = testId(1);
let disk = new Map<string, CardAttempt>();
let taken: Tender[] = [];
let stored: StoredPayment[] = [];
let reader: SimulatedReader;
let isCartHere = true;
let isDiskFull = false;
let payments: CardPayments;

beforeEach(() => {
  [disk, taken, stored, isCartHere, isDiskFull] = [new Map(), [], [], true, false];
  const memory = new Map<string, string>();
  reader = simulatedReader({
    getItem: (key) => memory.get(key) ?? null,
    setItem: (key, value) => void memory.set(key, value),
  });
  payments = open();
});

function open(): CardPayments {
  return new CardPayments({
    ...{ reader, newId: newTestId, now: clock.instant, currency: () => currencyCode("EUR"), stored: () => stored },
    caps: () => ({ amountMax: amount(5_000), sumMax: amount(10_000), ageHoursMax: 24 }),
    keep: async (attempt) => {
      if (isDiskFull) throw new Error("full");
      disk.set(attempt.attempt, attempt);
    },
    drop: (attempt) => void disk.delete(attempt),
    take: (tender) => {
      if (isCartHere) taken.push(tender);
      return isCartHere;
    },
    onFault: () => undefined,
  });
}

describe("a payment by the reader", () => {
  test("is approved, part of the cart, and no longer an open matter", async () => {
    await payments.charge(SALE, amount(1_200));
    expect(taken).toMatchObject([{ kind: "card", amount: 1_200, state: "approved", reader: "integrated" }]);
    expect(disk.size).toBe(0);
    expect(payments.state.get()).toEqual({ kind: "idle" });
  });

  test("is asked for once, though the button is pressed twice", async () => {
    await Promise.all([payments.charge(SALE, amount(1_200)), payments.charge(SALE, amount(1_200))]);
    expect(taken).toHaveLength(1);
    expect(reader.charged()).toBe(1_200);
  });

  test("is not asked for where its attempt cannot be stored first", async () => {
    isDiskFull = true;
    await payments.charge(SALE, amount(1_200));
    expect(reader.charged()).toBe(0);
    expect(payments.state.get()).toEqual({ kind: "idle" });
  });

  test("whose answer is lost is asked about, never charged again", async () => {
    reader.behaviour.set("lose-approval");
    await payments.charge(SALE, amount(1_200));
    expect(payments.state.get()).toMatchObject({ kind: "unknown" });
    await payments.charge(SALE, amount(1_200));
    expect(reader.charged()).toBe(1_200);
    await payments.ask();
    expect(taken).toMatchObject([{ amount: 1_200 }]);
    expect(reader.charged()).toBe(1_200);
  });

  test("whose refusal is lost may be tried again", async () => {
    reader.behaviour.set("lose-decline");
    await payments.charge(SALE, amount(1_200));
    await payments.ask();
    expect(payments.state.get()).toMatchObject({ kind: "declined" });
    reader.behaviour.set("approve");
    payments.dismiss();
    await payments.charge(SALE, amount(1_200));
    expect(reader.charged()).toBe(1_200);
    expect(taken).toHaveLength(1);
  });

  test("survives the till being killed while the reader was asked", async () => {
    reader.behaviour.set("lose-approval");
    await payments.charge(SALE, amount(1_200));
    const [attempt] = disk.values();
    payments = open();
    if (attempt !== undefined) payments.resume(attempt);
    await payments.ask();
    expect(taken).toMatchObject([{ amount: 1_200, attempt: attempt?.attempt }]);
    expect(disk.size).toBe(0);
  });

  test("for a cart that is gone is reversed", async () => {
    isCartHere = false;
    await payments.charge(SALE, amount(1_200));
    expect(payments.state.get()).toMatchObject({ kind: "unknown" });
    await payments.reverse();
    expect(reader.charged()).toBe(0);
    expect(disk.size).toBe(0);
  });

  test("is stored on trust without a line, within the caps, and says which cap it was", async () => {
    reader.behaviour.set("no-line");
    await payments.charge(SALE, amount(5_000));
    expect(taken).toMatchObject([{ state: "stored-offline" }]);
    await payments.charge(SALE, amount(5_001));
    expect(payments.state.get()).toMatchObject({
      kind: "declined",
      reason: "no-line",
      why: { kind: "amount-over-cap" },
    });
    stored = [{ attempt: testId(9), amount: amount(8_000), at: clock.instant() }];
    payments.dismiss();
    await payments.charge(SALE, amount(3_000));
    expect(payments.state.get()).toMatchObject({ why: { kind: "sum-over-cap", left: 2_000 } });
  });
});
