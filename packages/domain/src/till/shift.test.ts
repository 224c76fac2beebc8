import { describe, expect, test } from "vitest";
import { amount, ZERO } from "../money/amount.ts";
import type { CustomerId } from "../party/merchant.ts";
import { NO_CASH_ROUNDING } from "../tender/cash-rounding.ts";
import { accepted, card, cash, quantity, refused, testCart, testId, testLine, testSale } from "../testing/build.ts";
import { testAudit, testOpening, testTill } from "../testing/build-till.ts";
import { countCash, piecesMax } from "./cash-count.ts";
import {
  cashAmountMax,
  closeShift,
  countShift,
  moveCash,
  openDrawer,
  openShift,
  payAccount,
  reasonCharsMax,
} from "./shift.ts";
import type { CashMoved } from "./shift-events.ts";
import { evolve, expectedCash, type Shift, type Till, withSale } from "./till.ts";
import { type ReportFacts, shiftReport } from "./z-report.ts";

const deed = { by: testOpening().by, at: testOpening().at };

function opened(float = 0, till = testTill()): Till {
  return accepted(openShift(till, { ...testOpening(), float: amount(float) })).reduce<Till>(evolve, till);
}

function shiftOf({ shift }: Till): Shift {
  if (shift === null) throw new Error("there is a shift");
  return shift;
}

function counted(till: Till, pieces: number): Till {
  return evolve(till, accepted(countShift(shiftOf(till), { ...deed, counted: [{ value: 100, pieces }] })));
}

function closed(till: Till, left = 0): Till {
  return evolve(till, accepted(closeShift(till, { ...deed, left: amount(left) })));
}

const movement = {
  movement: testId(600),
  movementKind: "paid-out" as const,
  amount: amount(500),
  reason: "Milk",
  ...deed,
};

describe("opening", () => {
  test("one at a time, with a float that is cash", () => {
    const till = opened(5_000);
    expect(refused(openShift(till, testOpening()))).toEqual({ kind: "already-open", shift: testId(904) });
    for (const float of [-1, 0.5, cashAmountMax + 1]) {
      expect(refused(openShift(testTill(), { ...testOpening(), float: float as never }))).toEqual({
        kind: "amount-invalid",
      });
    }
    expect(expectedCash(shiftOf(opened(cashAmountMax)))).toBe(cashAmountMax);
  });

  test("what the shift before left is carried over", () => {
    const before = closed(counted(opened(5_000), 50), 2_000);
    const [event] = accepted(openShift(before, { ...testOpening(), shift: testId(911), float: amount(2_000) }));
    expect(event).toMatchObject({ kind: "shift-opened", carried: 2_000, float: 2_000 });
  });

  test.each<[string, (till: Till) => Till, object]>([
    ["uncounted", (till) => till, { counted: null, overShort: 0, left: 5_000, dropped: 0 }],
    ["counted", (till) => counted(till, 49), { counted: 4_900, overShort: -100, left: 4_900, dropped: 0 }],
  ])("a shift that was forgotten yesterday is closed by itself: %s", (_how, as, expected) => {
    const next = { ...testOpening(), shift: testId(911), businessDay: "2026-11-24" as never };
    const events = accepted(openShift(as(opened(5_000)), next));
    expect(events.map(({ kind }) => kind)).toEqual(["shift-closed", "shift-opened"]);
    expect(events[0]).toMatchObject({ automatic: true, zNumber: 1, expected: 5_000, ...expected });
    expect(events[1]).toMatchObject({ carried: (expected as { left: number }).left });
  });
});

describe("cash without a sale", () => {
  const shift = shiftOf(opened(5_000));

  test.each<[string, object, string]>([
    ["nothing", { amount: ZERO }, "amount-invalid"],
    ["less than nothing", { amount: amount(-1) }, "amount-invalid"],
    ["too much", { amount: amount(cashAmountMax + 1) }, "amount-invalid"],
    ["no reason", { reason: " " }, "reason-missing"],
    ["a novel", { reason: "x".repeat(reasonCharsMax + 1) }, "reason-too-long"],
    ["tax on cash paid in", { movementKind: "paid-in", tax: { tax: "vat", amount: amount(1) } }, "tax-invalid"],
    ["more tax than money", { tax: { tax: "vat", amount: amount(501) } }, "tax-invalid"],
    ["tax below zero", { tax: { tax: "vat", amount: amount(-1) } }, "tax-invalid"],
  ])("%s is refused", (_what, change, kind) => {
    expect(refused(moveCash(shift, { ...movement, ...(change as Partial<CashMoved>) }))).toMatchObject({ kind });
  });

  test("each kind moves the till its way", () => {
    const kinds = ["paid-in", "paid-out", "pickup", "loan"] as const;
    const left = kinds.map((movementKind, index) => {
      const moved = accepted(moveCash(shift, { ...movement, movement: testId(600 + index), movementKind }));
      return expectedCash(shiftOf(evolve(opened(5_000), moved)));
    });
    expect(left).toEqual([5_500, 4_500, 4_500, 5_500]);
    expect(
      accepted(moveCash(shift, { ...movement, tax: { tax: "vat" as never, amount: amount(80) } })).tax,
    ).toBeDefined();
  });

  test("the drawer is opened for a reason, and that is counted", () => {
    const opening = { opening: testId(650), reason: "Change for the bakery", ...deed };
    expect(refused(openDrawer(shift, { ...opening, reason: "" }))).toEqual({ kind: "reason-missing" });
    const till = evolve(opened(), accepted(openDrawer(shift, opening)));
    expect(shiftOf(till).drawerOpenings).toBe(1);
  });

  const payment = { payment: testId(660), customer: testId<CustomerId>(60), amount: amount(2_000), ...deed };

  test("a debt is paid off, with change, and never with another debt", () => {
    const paid = accepted(payAccount(shift, { ...payment, tenders: [cash(2_500)] }, NO_CASH_ROUNDING));
    expect(paid).toMatchObject({ change: 500, cashRounding: 0 });
    expect(expectedCash(shiftOf(evolve(opened(5_000), paid)))).toBe(7_000);
    const owed = { kind: "on-account" as const, amount: amount(2_000), customer: payment.customer };
    const pay = (change: object) =>
      refused(payAccount(shift, { ...payment, tenders: [cash(2_000)], ...change }, NO_CASH_ROUNDING));
    expect(pay({ tenders: [owed] })).toEqual({ kind: "tender-not-allowed" });
    expect(pay({ amount: ZERO })).toEqual({ kind: "amount-invalid" });
    expect(pay({ amount: amount(-1) })).toEqual({ kind: "amount-invalid" });
    expect(pay({ tenders: [cash(1)] })).toMatchObject({ kind: "not-covered" });
  });

  test("after the count nothing moves any more", () => {
    const done = shiftOf(counted(opened(5_000), 50));
    const opening = { opening: testId(650), reason: "x", ...deed };
    expect(refused(moveCash(done, movement))).toEqual({ kind: "not-open" });
    expect(refused(openDrawer(done, opening))).toEqual({ kind: "not-open" });
    expect(refused(payAccount(done, { ...payment, tenders: [cash(2_000)] }, NO_CASH_ROUNDING))).toEqual({
      kind: "not-open",
    });
  });
});

describe("counting and closing", () => {
  test("a drawer is counted once, piece by piece", () => {
    const till = opened(5_000);
    const count = (list: { value: number; pieces: number }[]) =>
      refused(countShift(shiftOf(till), { ...deed, counted: list }));
    expect(count([{ value: 0, pieces: 1 }])).toEqual({ kind: "value-invalid", value: 0 });
    expect(count([{ value: 0.5, pieces: 1 }])).toMatchObject({ kind: "value-invalid" });
    expect(count([{ value: 100, pieces: -1 }])).toEqual({ kind: "pieces-invalid", value: 100 });
    expect(count([{ value: 100, pieces: 4_006_381_333_931 }])).toMatchObject({ kind: "pieces-invalid" });
    const twice = [
      { value: 100, pieces: 1 },
      { value: 100, pieces: 2 },
    ];
    expect(count(twice)).toEqual({ kind: "counted-twice", value: 100 });
    expect(refused(countCash([{ value: Number.MAX_SAFE_INTEGER, pieces: 2 }]))).toMatchObject({
      kind: "value-invalid",
    });
    expect(accepted(countCash([{ value: 5, pieces: piecesMax }]))).toBe(500_000);
    const again = counted(till, 50);
    expect(refused(countShift(shiftOf(again), { ...deed, counted: [] }))).toEqual({ kind: "already-counted" });
    expect(refused(countShift(shiftOf(closed(again)), { ...deed, counted: [] }))).toEqual({ kind: "not-open" });
  });

  test("only what was counted is closed, and no more stays than was found", () => {
    const close = (till: Till, left = 0) => refused(closeShift(till, { ...deed, left: left as never }));
    expect(close(testTill())).toEqual({ kind: "not-open" });
    expect(close(opened())).toEqual({ kind: "not-counted" });
    const done = counted(opened(5_000), 49);
    expect(close(done, 4_901)).toEqual({ kind: "more-than-counted", counted: 4_900 });
    expect(close(done, -1)).toMatchObject({ kind: "more-than-counted" });
    expect(close(closed(done))).toEqual({ kind: "not-open" });
    const event = accepted(closeShift(done, { ...deed, left: amount(1_000) }));
    expect(event).toMatchObject({
      counted: 4_900,
      expected: 5_000,
      overShort: -100,
      left: 1_000,
      dropped: 3_900,
      zNumber: 1,
    });
  });

  test("what comes late for a closed shift, or belongs to another, changes nothing of it", () => {
    const moved = accepted(moveCash(shiftOf(opened(5_000)), movement));
    const done = closed(counted(opened(5_000), 50));
    expect(evolve(done, moved)).toEqual(done);
    expect(evolve(opened(), { ...moved, shift: testId(1) })).toEqual(opened());
    expect(evolve(testTill(), moved)).toEqual(testTill());
  });

  test("a sale without a shift, and one in training, leave the drawer alone", () => {
    const till = opened(5_000);
    const sale = testSale();
    expect(expectedCash(shiftOf(withSale(till, sale)))).toBe(6_200);
    expect(expectedCash(shiftOf(withSale(till, { ...sale, shift: null })))).toBe(5_000);
    expect(withSale(till, { ...sale, training: true })).toBe(till);
  });
});

describe("the report", () => {
  function report(till: Till, other: Partial<ReportFacts> = {}) {
    const facts = { shift: shiftOf(till), sales: [], payments: [], audit: testAudit(), at: deed.at };
    return shiftReport({ ...facts, grandTotalsBefore: testTill().grandTotals, ...other });
  }

  test("an X has no number and nothing that was counted, a Z has both", () => {
    expect(report(opened(5_000))).toMatchObject({
      ...{ kind: "x", zNumber: null, automatic: false, firstReceipt: null, lastReceipt: null },
      cash: { expected: 5_000, counted: null, overShort: null, left: null, dropped: null },
    });
    expect(report(closed(counted(opened(5_000), 50), 500))).toMatchObject({
      ...{ kind: "z", zNumber: 1 },
      cash: { expected: 5_000, counted: 5_000, overShort: 0, left: 500, dropped: 4_500 },
    });
  });

  test("gift cards, debts and store credit are told apart from goods", () => {
    const credit = { kind: "store-credit" as const, amount: amount(-300), credit: "SC-1" };
    const owed = { kind: "on-account" as const, amount: amount(1_200), customer: testId(60) };
    const back = testLine({
      quantity: quantity("-1"),
      unitPrice: { units: 300, scale: 2, per: 1 },
      taxes: [],
      returnReason: "x",
    });
    const sales = [
      testSale(testCart({ sale: testId(1), lines: [testLine({ giftCard: "GC", taxes: [] })] })),
      testSale(testCart({ sale: testId(2), tenders: [owed] })),
      testSale(testCart({ sale: testId(3), lines: [back], tenders: [credit] })),
      testSale(testCart({ sale: testId(4), lines: [testLine({ category: null, taxes: [] })], tenders: [card(1_200)] })),
    ];
    const told = report(sales.reduce(withSale, opened()), { sales });
    expect(told).toMatchObject({
      storedValueSold: { count: 1, amount: 1_200 },
      onAccount: { count: 1, amount: 1_200 },
      storeCreditIssued: { count: 1, amount: 300 },
      sales: { count: 2, amount: 2_400 },
      returns: { count: 1, amount: 300 },
      untaxed: 900,
    });
    expect(told.byTender.map(({ tender, amount: each }) => [tender, each])).toEqual([
      ["card", 1_200],
      ["cash", 1_200],
      ["on-account", 1_200],
      ["store-credit", -300],
    ]);
    expect(told.byGroup.map(({ category }) => category)).toEqual([null, "goods"]);
  });

  test("a tax whose rate changed within the shift stands there once for each rate", () => {
    const at = (ratePpm: number, sale: number) => {
      const made = testSale(testCart({ sale: testId(sale) }));
      const [vat] = made.taxes;
      return { ...made, taxes: [{ ...vat, kind: "percent" as const, ratePpm }] } as typeof made;
    };
    const fee = testSale(testCart({ sale: testId(9) }));
    const fixed = { ...fee, taxes: [{ ...fee.taxes[0], kind: "fixed", perUnit: { units: 5, scale: 2 } }] } as never;
    const named = { ...at(200_000, 4), taxes: at(200_000, 4).taxes.map((tax) => ({ ...tax, of: tax.tax })) };
    const told = report(opened(), { sales: [at(200_000, 1), at(220_000, 2), at(200_000, 3), named, fixed] });
    expect(told.byRate.map(({ rate, amount: each }) => [rate.kind === "percent" ? rate.ratePpm : "fee", each])).toEqual(
      [
        [200_000, 600],
        [220_000, 200],
        ["fee", 200],
      ],
    );
    const untouched = { ...fee, taxTotals: [] };
    expect(report(opened(), { sales: [untouched] }).byRate).toEqual([]);
  });

  test("an undone sale, voided lines and payments of debts are counted", () => {
    const undone = { ...testSale(), postVoidOf: testId(2) };
    const gone = { line: 2, name: "Milk", quantity: quantity("1"), amount: amount(120), at: deed.at, by: deed.by };
    const sale = testSale(testCart({ sale: testId(5), voids: [gone] }));
    const payment = { payment: testId(660), customer: testId<CustomerId>(60), amount: amount(2_000), ...deed };
    const paid = accepted(payAccount(shiftOf(opened()), { ...payment, tenders: [card(2_000)] }, NO_CASH_ROUNDING));
    expect(report(opened(), { sales: [undone, sale], payments: [paid] })).toMatchObject({
      postVoids: { count: 1, amount: -1_200 },
      lineVoids: { count: 1, amount: 120 },
      accountPayments: { count: 1, amount: 2_000 },
      byCashier: [{ name: "Ada", receipts: 2 }],
    });
  });
});
