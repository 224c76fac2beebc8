import fc from "fast-check";
import { expect } from "vitest";
import { amount, sumBy } from "../money/amount.ts";
import { postSale } from "../posting/sale-posting.ts";
import type { Sale } from "../sale/sale.ts";
import { anySale, plainTaxes } from "../testing/arbitraries.ts";
import { accepted, testId } from "../testing/build.ts";
import { testAudit, testOpening, testTill } from "../testing/build-till.ts";
import { property, sayHowToRepeat } from "../testing/property.ts";
import { closeShift, countShift, moveCash, openShift } from "./shift.ts";
import type { CashMovementKind, ShiftEvent } from "./shift-events.ts";
import { evolve, expectedCash, type Till, withSale } from "./till.ts";
import { shiftReport } from "./z-report.ts";

sayHowToRepeat();

const anyMovement = fc.record({
  kind: fc.constantFrom<CashMovementKind>("paid-in", "paid-out", "pickup", "loan"),
  value: fc.integer({ min: 1, max: 10_000 }),
});

const anyShift = fc.record({
  sales: fc.array(fc.tuple(anySale(plainTaxes), fc.boolean()), { maxLength: 6 }).map((sales) =>
    sales.map(
      ([sale, training], index): Sale => ({
        ...sale,
        sale: testId(1_000 + index),
        rules: { ...sale.rules },
        number: { ...sale.number, number: index + 1 },
        training: training && index % 3 === 0,
      }),
    ),
  ),
  movements: fc.array(anyMovement, { maxLength: 5 }),
  float: fc.nat(20_000).map(amount),
  found: fc.integer({ min: -500, max: 500 }),
});

type ShiftFacts = typeof anyShift extends fc.Arbitrary<infer Facts> ? Facts : never;

/** A whole shift: opened, sold, counted, closed. */
function played({ sales, movements, float, found }: ShiftFacts, start: Till): Till {
  const deed = { by: testOpening().by, at: testOpening().at };
  let till = accepted(openShift(start, { ...testOpening(), float })).reduce<Till>(evolve, start);
  for (const sale of sales) till = withSale(till, sale);
  for (const [index, { kind, value }] of movements.entries()) {
    const shift = till.shift;
    if (shift === null) throw new Error("the shift is open");
    const movement = { movement: testId(600 + index), movementKind: kind, amount: amount(value), reason: "x", ...deed };
    till = evolve(till, accepted(moveCash(shift, movement)));
  }
  const shift = till.shift;
  if (shift === null) throw new Error("the shift is open");
  const pieces = Math.max(0, expectedCash(shift) + found);
  const counted: ShiftEvent = accepted(
    countShift(shift, { ...deed, counted: [{ value: 1, pieces: Math.min(pieces, 100_000) }] }),
  );
  till = evolve(till, counted);
  return evolve(till, accepted(closeShift(till, { ...deed, left: amount(0) })));
}

function reportOf(facts: ShiftFacts, till: Till) {
  if (till.shift === null) throw new Error("there is a shift");
  const grandTotalsBefore = testTill().grandTotals;
  return shiftReport({
    shift: till.shift,
    sales: facts.sales,
    payments: [],
    audit: testAudit(),
    grandTotalsBefore,
    at: testOpening().at,
  });
}

property("what is expected is the float, the cash that was kept, and the movements", anyShift, (facts) => {
  const { cash, movements } = reportOf(facts, played(facts, testTill()));
  const kept = sumBy(
    facts.sales.filter((sale) => !sale.training),
    (sale) =>
      amount(sale.tenders.reduce((sum, each) => (each.kind === "cash" ? sum + each.amount : sum), 0) - sale.change),
  );
  const moved =
    movements["paid-in"].amount + movements.loan.amount - movements["paid-out"].amount - movements.pickup.amount;
  expect(cash.expected).toBe(facts.float + kept + moved);
  expect(cash.overShort).toBe((cash.counted ?? 0) - cash.expected);
});

property("the report's groupings all come to the same figure", anyShift, (facts) => {
  const report = reportOf(facts, played(facts, testTill()));
  expect(sumBy(report.byGroup, (group) => group.incTax)).toBe(report.net);
  expect(sumBy(report.byCashier, (cashier) => cashier.incTax)).toBe(report.net);
  expect(sumBy(report.byTender, (tender) => tender.amount)).toBe(report.net + report.cashRounding);
  const exTax = sumBy(report.byGroup, (group) => group.exTax);
  expect(exTax + sumBy(report.byRate, (rate) => rate.amount)).toBe(report.net);
});

property("grand totals grow by the shift and never go back", anyShift, (facts) => {
  const start = testTill();
  const end = played(facts, start);
  const report = reportOf(facts, end);
  expect(end.grandTotals).toEqual(report.grandTotals);
  expect(end.grandTotals.sales - start.grandTotals.sales).toBe(report.sales.amount);
  expect(end.grandTotals.returns - start.grandTotals.returns).toBe(report.returns.amount);
  expect(end.grandTotals.net).toBe(end.grandTotals.sales - end.grandTotals.returns);
  expect(end.lastZ).toBe(start.lastZ + 1);
});

property("the report agrees with the ledger, tax by tax", anyShift, (facts) => {
  const report = reportOf(facts, played(facts, testTill()));
  const lines = facts.sales.flatMap((sale) => postSale(sale)?.lines ?? []);
  const booked = lines.reduce(
    (sum, line) => (line.account === "output-tax" ? sum + (line.side === "credit" ? line.amount : -line.amount) : sum),
    0,
  );
  expect(sumBy(report.byRate, (rate) => rate.amount)).toBe(booked);
});

property("training is counted and changes nothing else", anyShift, (facts) => {
  const all = { ...facts, sales: facts.sales.map((sale) => ({ ...sale, training: true })) };
  const till = played(all, testTill());
  const report = reportOf(all, till);
  expect(report.training.count).toBe(facts.sales.length);
  expect([report.sales.count, report.net, report.byTender, report.byRate]).toEqual([0, 0, [], []]);
  expect(till.grandTotals).toEqual(testTill().grandTotals);
});
