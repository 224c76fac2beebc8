import { expect, test } from "vitest";
import type { Instant } from "../kernel/instant.ts";
import { amount } from "../money/amount.ts";
import { accepted, refused, testId } from "../testing/build.ts";
import { exposureOf, mayStoreOffline, type StoredPayment } from "./stored-offline.ts";

const caps = { amountMax: amount(5_000), sumMax: amount(10_000), ageHoursMax: 24 };
const at = "2026-11-23T12:00:00.000+02:00" as Instant;

function stored(minorUnits: number, time = "2026-11-23T11:00:00.000+02:00"): StoredPayment {
  return { attempt: testId(minorUnits), amount: amount(minorUnits), at: time as Instant };
}

function outcome(minorUnits: number, payments: readonly StoredPayment[] = []): string {
  const decided = mayStoreOffline(amount(minorUnits), payments, { caps, at });
  return decided.ok ? "stored" : decided.refusal.kind;
}

test("one payment is stored up to its cap and no further", () => {
  expect(outcome(5_000)).toBe("stored");
  expect(outcome(5_001)).toBe("amount-over-cap");
});

test("all of them together are stored up to theirs", () => {
  expect(outcome(4_000, [stored(3_000), stored(3_000, "2026-11-23T10:00:00.000+02:00")])).toBe("stored");
  const decided = mayStoreOffline(amount(4_001), [stored(6_000)], { caps, at });
  expect(refused(decided)).toEqual({ kind: "sum-over-cap", left: 4_000 });
});

test("nothing more is stored once the oldest has waited too long", () => {
  expect(outcome(100, [stored(100, "2026-11-22T12:00:00.000+02:00")])).toBe("stored");
  expect(outcome(100, [stored(100), stored(100, "2026-11-22T11:59:59.999+02:00")])).toBe("oldest-over-age");
});

test("a refund is never given on trust", () => {
  expect(outcome(-100)).toBe("refund-needs-line");
});

test("the exposure is the sum and the oldest, whatever their order", () => {
  const oldest = stored(200, "2026-11-22T23:00:00.000-08:00");
  const payments = [stored(300, "2026-11-23T06:30:00.000+02:00"), oldest];
  expect(exposureOf(payments)).toEqual({ count: 2, sum: 500, oldestAt: "2026-11-23T06:30:00.000+02:00" });
  expect(exposureOf([])).toEqual({ count: 0, sum: 0, oldestAt: null });
  expect(accepted(mayStoreOffline(amount(1), [], { caps, at }))).toBeNull();
});
