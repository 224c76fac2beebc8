import { amount } from "@holdfast/domain/money/amount";
import type { Sale } from "@holdfast/domain/sale/sale";
import {
  accepted,
  card,
  cash,
  TEST_CASHIER,
  TEST_NOW,
  testCart,
  testId,
  testLine,
  testSale,
} from "@holdfast/domain/testing/build";
import { testAudit, testOpening, testTill } from "@holdfast/domain/testing/build-till";
import { closeShift, countShift, moveCash, openShift } from "@holdfast/domain/till/shift";
import type { ShiftClosed, ShiftEvent } from "@holdfast/domain/till/shift-events";
import { evolve, type Till, withSale } from "@holdfast/domain/till/till";
import { shiftReport } from "@holdfast/domain/till/z-report";
import { describe, expect, test } from "vitest";
import { parseEvent } from "./event.ts";

/** As it travels: through JSON, read at the server's door. */
function read(type: string, body: unknown, version = 1): unknown {
  return parseEvent(type, version, JSON.parse(JSON.stringify(body)));
}

const approval = {
  approver: testId<Sale["cashier"]>(11),
  approverName: "Ines",
  action: "discount",
  amount: amount(120),
  at: TEST_NOW,
  sale: testId(1),
  line: 1,
};

function fullSale(): Sale {
  const line = testLine({
    discounts: [
      { kind: "percent", percentPpm: 100_000, reason: "dented", approval },
      { kind: "promotion", promotion: testId(60), amount: amount(100), reason: "Spring", coupon: "SPRING" },
    ],
    serials: ["S1"],
    lot: "L1",
    kit: [{ variant: testId(300), quantity: { units: 2, scale: 0, unit: "each" } }],
  });
  return testSale(testCart({ lines: [line], tenders: [card(500, "stored-offline"), cash(480)] }), {
    approvals: [approval],
  });
}

/** A shift that was opened, sold in, moved cash in, counted and closed. */
function playedShift(): { readonly events: readonly ShiftEvent[]; readonly closing: object } {
  const deed = { by: TEST_CASHIER.staff, at: TEST_NOW };
  const sale = fullSale();
  let till: Till = testTill();
  const events: ShiftEvent[] = [];
  const happen = (event: ShiftEvent): void => {
    till = evolve(till, event);
    events.push(event);
  };
  for (const event of accepted(openShift(till, { ...testOpening(), float: amount(10_000) }))) happen(event);
  till = withSale(till, sale);
  const shift = () => till.shift as NonNullable<Till["shift"]>;
  const moved = { movement: testId(600), movementKind: "paid-out" as const, amount: amount(300), reason: "stamps" };
  happen(accepted(moveCash(shift(), { ...moved, ...deed })));
  happen(accepted(countShift(shift(), { ...deed, counted: [{ value: 100, pieces: 101 }] })));
  const before = till.grandTotals;
  const closed: ShiftClosed = accepted(closeShift(till, { ...deed, left: amount(5_000) }));
  happen(closed);
  const facts = { sales: [sale], payments: [], audit: testAudit(), grandTotalsBefore: before, at: TEST_NOW };
  return { events, closing: { ...closed, report: shiftReport({ shift: shift(), ...facts }) } };
}

describe("what the domain makes reads back whole", () => {
  test("a sale, with its approvals, coupons, kit and stored card", () => {
    expect(read("sale-completed", fullSale())).toEqual({ type: "sale-completed", body: fullSale() });
  });

  test("the facts of a shift", () => {
    for (const event of playedShift().events) {
      if (event.kind !== "shift-closed") expect(read(event.kind, event)).toEqual({ type: event.kind, body: event });
    }
  });

  test("its closing, with the Z report that was printed", () => {
    const { closing } = playedShift();
    expect(read("shift-closed", closing)).toEqual({ type: "shift-closed", body: closing });
  });
});

describe("what is not understood is not refused", () => {
  test("a type and a version of a newer terminal", () => {
    expect(read("robot-arrived", {})).toMatchObject({ code: "unsupported_version" });
    expect(read("sale-completed", fullSale(), 2)).toMatchObject({ code: "unsupported_version" });
    expect(read("__proto__", {})).toMatchObject({ code: "unsupported_version" });
    expect(read("toString", {})).toMatchObject({ code: "unsupported_version" });
  });

  test("a body that does not fit says where", () => {
    const [opened] = playedShift().events;
    expect(read("shift-opened", { ...opened, float: -1 })).toEqual({
      code: "invalid_body",
      message: "float: an amount of 0 or more is expected",
    });
    const twice = { variant: testId(101), units: 1, scale: 0 };
    const count = { count: testId(5), branch: testId(2), businessDay: "2026-11-23", currency: "EUR", note: "" };
    const counted = { ...count, by: testId(3), at: TEST_NOW, lines: [twice, twice] };
    expect(read("stock-counted", counted)).toMatchObject({ message: "lines: a variant is counted once" });
  });

  test("fields that nobody asked for count for nothing", () => {
    const parsed = read("sale-completed", { ...fullSale(), merchant: "other", status: "posted" });
    expect(parsed).toEqual({ type: "sale-completed", body: fullSale() });
  });
});
