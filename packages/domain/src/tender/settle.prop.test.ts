import fc from "fast-check";
import { expect } from "vitest";
import { type Amount, amount, negate, sumBy } from "../money/amount.ts";
import { anyCashRounding, anyTenders } from "../testing/arbitraries.ts";
import { card, cash } from "../testing/build.ts";
import { property, sayHowToRepeat } from "../testing/property.ts";
import { roundCash } from "./cash-rounding.ts";
import { remainderOf, settle } from "./settle.ts";
import type { Tender } from "./tender.ts";

sayHowToRepeat();

const anyTotal = fc.integer({ min: -50_000, max: 50_000 }).map(amount);

const settled = fc
  .tuple(anyTotal, anyCashRounding)
  .chain(([total, rule]) => fc.tuple(fc.constant(total), fc.constant(rule), anyTenders(total, rule)));

/** Tenders as nobody would give them. */
const anyTender = fc
  .tuple(fc.boolean(), fc.integer({ min: -20_000, max: 20_000 }))
  .map(([isCash, each]): Tender => (isCash ? cash(each) : card(each)));
const unsettled = fc.tuple(anyTotal, anyCashRounding, fc.array(anyTender, { maxLength: 4 }));

function cashOf(tenders: readonly Tender[]): Amount {
  return sumBy(tenders, (tender) => amount(tender.kind === "cash" ? tender.amount : 0));
}

property("tenders less change are the total plus the rounding", settled, ([total, rule, tenders]) => {
  const made = settle(total, tenders, rule);
  if (!made.ok) throw new Error(made.refusal.kind);
  const { change, cashRounding } = made.value;
  expect(sumBy(tenders, (tender) => tender.amount) - change).toBe(total + cashRounding);
});

property("whatever is accepted adds up, however it was paid", unsettled, ([total, rule, tenders]) => {
  const made = settle(total, tenders, rule);
  if (!made.ok) return;
  const { change, cashRounding } = made.value;
  expect(sumBy(tenders, (tender) => tender.amount) - change).toBe(total + cashRounding);
  expect(change).toBeGreaterThanOrEqual(0);
  expect(change).toBeLessThanOrEqual(Math.max(0, cashOf(tenders)));
  // Cash that the coins cannot make is rounded twice: what is due, and the change.
  const inCoins = cashOf(tenders) % rule.increment === 0;
  expect(Math.abs(cashRounding)).toBeLessThan(rule.increment * (inCoins ? 1 : 2));
});

property("change can be made from the coins there are", settled, ([total, rule, tenders]) => {
  const made = settle(total, tenders, rule);
  expect(made.ok && Math.abs(made.value.change % rule.increment)).toBe(0);
});

property("without cash nothing is rounded and no change is given", settled, ([total, rule, tenders]) => {
  if (tenders.some((tender) => tender.kind === "cash")) return;
  expect(settle(total, tenders, rule)).toEqual({ ok: true, value: { change: 0, cashRounding: 0 } });
});

property("a refund in cash gives back what was paid in cash", fc.tuple(anyTotal, anyCashRounding), ([total, rule]) => {
  const paid = remainderOf(total, [], rule).cashDue;
  expect(remainderOf(negate(total), [], rule).cashDue).toBe(negate(paid));
});

const overTender = fc.tuple(fc.integer({ min: 1, max: 50_000 }).map(amount), fc.integer({ min: 1, max: 5_000 }));

property("a card never takes more than is due", overTender, ([total, over]) => {
  const made = settle(total, [card(total + over)], { increment: 1, method: "half-up", changeMethod: "half-up" });
  expect(made).toEqual({ ok: false, refusal: { kind: "over-tendered", excess: over } });
});

property("a coin more or less is told to the cent", settled, ([total, rule, tenders]) => {
  const { cashDue } = remainderOf(total, [], rule);
  if (total <= 0 || cashDue < rule.increment) return;
  const made = settle(total, [cash(cashDue - rule.increment)], rule);
  expect(made).toEqual({ ok: false, refusal: { kind: "not-covered", missing: rule.increment } });
  expect(settle(total, tenders, rule).ok).toBe(true);
});

property(
  "change is what is left of the cash once the remainder is rounded",
  fc.tuple(anyTotal, anyCashRounding, fc.nat(100)),
  (given) => {
    const [total, rule, coins] = given;
    if (total <= 0) return;
    const { rounded } = roundCash(total, rule.increment, rule.method);
    const made = settle(total, [cash(rounded + coins * rule.increment)], rule);
    expect(made.ok && made.value.change).toBe(coins * rule.increment);
  },
);
