import { describe, expect, test } from "vitest";
import { amount } from "../money/amount.ts";
import { currencyCode } from "../money/currency.ts";
import { card, cash } from "../testing/build.ts";
import { type CashRoundingMethod, type CashRoundingRule, NO_CASH_ROUNDING, roundCash } from "./cash-rounding.ts";
import { CASH_ROUNDING_RULES, cashRoundingOf } from "./cash-rounding-rules.ts";
import { denominationsOf, fastCash } from "./denominations.ts";
import { cashKept, remainderOf, settle } from "./settle.ts";
import type { Tender } from "./tender.ts";

const rule = (country: string, currency: string): CashRoundingRule => cashRoundingOf(country, currencyCode(currency));

describe("cash rounding by country", () => {
  test.each([
    ["CA", "CAD", [1, 2, 3, 4, 5, 6, 7, 8, 9], [0, 0, 5, 5, 5, 5, 5, 10, 10]],
    ["CH", "CHF", [1, 2, 3, 7, 8], [0, 0, 5, 5, 10]],
    ["FI", "EUR", [2, 3, 7, 8], [0, 5, 5, 10]],
    ["DK", "DKK", [24, 25, 74, 75], [0, 50, 50, 100]],
    ["SE", "SEK", [49, 50, 149], [0, 100, 100]],
    ["NO", "NOK", [49, 50], [0, 100]],
    ["NZ", "NZD", [4, 5, 6, 15], [0, 0, 10, 10]],
    ["ZA", "ZAR", [4, 5, 9], [0, 5, 5]],
    ["HU", "HUF", [200, 300, 700, 800], [0, 500, 500, 1000]],
    ["US", "USD", [1, 2, 3], [1, 2, 3]],
    ["DE", "EUR", [1, 2, 3], [1, 2, 3]],
  ])("%s rounds %s %j to %j, and refunds the same", (country, currency, due, expected) => {
    const { increment, method } = rule(country, currency);
    expect(due.map((each) => roundCash(amount(each), increment, method).rounded)).toEqual(expected);
    const refunds = due.map((each) => roundCash(amount(-each), increment, method).rounded);
    expect(refunds).toEqual(expected.map((each) => 0 - each));
  });

  test("belongs to the country's own currency", () => {
    expect(rule("CH", "EUR")).toBe(NO_CASH_ROUNDING);
    expect(rule("XX", "EUR")).toBe(NO_CASH_ROUNDING);
  });

  test("changes a tie of the due one way and of its change the other, so that both are the same cash", () => {
    for (const { rule: each } of CASH_ROUNDING_RULES) {
      const note = each.increment * 20;
      for (let due = 1; due < note; due += 1) {
        const paid = roundCash(amount(due), each.increment, each.method).rounded;
        const change = roundCash(amount(note - due), each.increment, each.changeMethod).rounded;
        expect(note - change).toBe(paid);
      }
    }
  });

  test("knows every method, and no other", () => {
    const methods: CashRoundingMethod[] = ["half-up", "half-down", "half-even", "up", "down"];
    expect(methods.map((method) => roundCash(amount(15), 10, method).rounded)).toEqual([20, 10, 20, 20, 10]);
    expect(() => roundCash(amount(15), 10, "sideways" as CashRoundingMethod)).toThrow("unreachable");
  });
});

describe("settling", () => {
  const five = rule("CA", "CAD");
  const giftCard = (minor: number): Tender => ({ kind: "gift-card", amount: amount(minor), card: "G1" });

  test.each<[string, number, Tender[], number, number]>([
    ["cash to the coin", 1500, [cash(1500)], 0, 0],
    ["cash with change", 1200, [cash(2000)], 800, 0],
    ["cash rounded up", 1503, [cash(1505)], 0, 2],
    ["cash rounded down", 1502, [cash(1500)], 0, -2],
    ["two parts of cash, rounded once", 1503, [cash(1000), cash(505)], 0, 2],
    ["a card, not rounded", 1503, [card(1503)], 0, 0],
    ["only what is left for cash is rounded", 1572, [card(68), cash(2000)], 495, 1],
    ["a rest that rounds to nothing, by no cash at all", 1502, [card(1500), cash(0)], 0, -2],
    ["cents that no coin can change", 402, [cash(402)], 0, 0],
    ["nothing, by nothing", 0, [], 0, 0],
    ["a refund in cash", -1503, [cash(-1505)], 0, -2],
    ["a refund to a card", -1503, [card(-1503)], 0, 0],
    ["a refund in two ways", -1572, [card(-68), cash(-1505)], 0, -1],
  ])("%s", (_what, total, tenders, change, cashRounding) => {
    expect(settle(amount(total), tenders, five)).toEqual({ ok: true, value: { change, cashRounding } });
  });

  test.each<[string, number, Tender[], object]>([
    ["a card for more than is due", 1200, [card(1300)], { kind: "over-tendered", excess: 100 }],
    [
      "a gift card for more than is due, beside cash",
      1200,
      [giftCard(1300), cash(100)],
      { kind: "over-tendered", excess: 100 },
    ],
    ["too little cash", 1200, [cash(1000)], { kind: "not-covered", missing: 200 }],
    ["too little on the card", 1200, [card(1000)], { kind: "not-covered", missing: 200 }],
    ["nothing at all", 1200, [], { kind: "not-covered", missing: 1200 }],
    ["money out on a sale", 1200, [cash(1300), card(-100)], { kind: "wrong-direction", tender: 1 }],
    ["money in on a refund", -1200, [cash(1200)], { kind: "wrong-direction", tender: 0 }],
    ["a refund of too much cash", -1200, [cash(-1300)], { kind: "over-tendered", excess: 100 }],
    ["a refund of too little cash", -1200, [cash(-1000)], { kind: "not-covered", missing: 200 }],
    ["a refund of too little by card", -1200, [card(-1000)], { kind: "not-covered", missing: 200 }],
    ["a refund of too much by card", -1200, [card(-1300)], { kind: "over-tendered", excess: 100 }],
    ["a card where nothing is due", 0, [card(100)], { kind: "over-tendered", excess: 100 }],
  ])("is refused: %s", (_what, total, tenders, refusal) => {
    expect(settle(amount(total), tenders, five)).toEqual({ ok: false, refusal });
  });

  test("change rounded up never exceeds what was handed over", () => {
    const down = rule("ZA", "ZAR");
    expect(settle(amount(1), [cash(3)], down)).toEqual({ ok: true, value: { change: 3, cashRounding: -1 } });
  });

  test("what remains is told exactly and in coins", () => {
    expect(remainderOf(amount(1572), [card(68)], five)).toEqual({ due: 1504, cashDue: 1505 });
    expect(remainderOf(amount(1572), [card(68), cash(1000)], five)).toEqual({ due: 504, cashDue: 505 });
    expect(remainderOf(amount(1572), [cash(2000)], five)).toEqual({ due: -428, cashDue: -430 });
    expect(remainderOf(amount(-1572), [], five)).toEqual({ due: -1572, cashDue: -1570 });
  });

  test("the drawer keeps what was tendered less the change", () => {
    expect(cashKept([cash(2000), card(300)], amount(800))).toBe(1200);
  });
});

describe("fast cash", () => {
  test.each([
    ["EUR", 2340, [2340, 2400, 2500, 3000, 5000]],
    ["EUR", 1230, [1230, 1300, 1500, 2000, 5000]],
    ["EUR", 6000, [6000, 10_000]],
    ["EUR", 5, [5, 100, 500, 1000, 5000]],
    ["JPY", 2340, [2340, 2500, 3000, 5000, 10_000]],
    ["SEK", 23_400, [23_400, 23_500, 24_000, 25_000, 30_000]],
    ["XAU", 2340, [2340, 2400, 2500, 3000, 5000]],
  ])("in %s for %d offers %j", (currency, due, offers) => {
    expect(fastCash(amount(due), currencyCode(currency))).toEqual(offers);
  });

  test("has the notes and coins of a currency, ascending", () => {
    for (const code of ["EUR", "USD", "GBP", "CHF", "JPY", "HUF", "XAU"]) {
      const { coins, notes } = denominationsOf(currencyCode(code));
      const values = [...coins, ...notes];
      expect(values).toEqual([...values].sort((a, b) => a - b));
      expect(new Set(values).size).toBe(values.length);
    }
  });
});
