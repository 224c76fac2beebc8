import { accept, refuse } from "@holdfast/domain/kernel/result";
import { amount } from "@holdfast/domain/money/amount";
import { receiptNumberToText } from "@holdfast/domain/sale/receipt-number";
import type { returnLines } from "@holdfast/domain/sale/return-lines";
import type { Sale } from "@holdfast/domain/sale/sale";
import {
  accepted,
  cash,
  quantity,
  refused,
  testCart,
  testId,
  testLine,
  testSale,
} from "@holdfast/domain/testing/build";
import { packSale, unpackSale } from "@holdfast/protocol/receipt-code";
import { beforeEach, describe, expect, test } from "vitest";
import { toSymbols } from "../receipt/code/symbols.ts";
import type { WantedAct } from "../staff/approvals.ts";
import { ReturnDesk, returnableLines } from "./return-desk.ts";
import { ReturnedGoods } from "./returned-goods.ts";

type Taken = Extract<ReturnType<typeof returnLines>, { readonly ok: true }>["value"];

const sold = testSale(
  testCart({
    sale: testId(1),
    lines: [testLine({ quantity: quantity("3") }), testLine({ line: 2 })],
    tenders: [cash(4_800)],
  }),
);
let own: Sale[] = [];
let returned: ReturnedGoods;
let taken: Taken[] = [];
let asked: WantedAct[] = [];
let isAllowed = true;
let already = 0;
let desk: ReturnDesk;

beforeEach(() => {
  own = [sold];
  returned = new ReturnedGoods();
  [taken, asked, isAllowed] = [[], [], true];
  already = 0;
  desk = new ReturnDesk({
    returned,
    ownByNumber: async (number) => own.find((sale) => receiptNumberToText(sale.number) === number) ?? null,
    ownById: async (id) => own.find(({ sale }) => sale === id) ?? null,
    readCode: async (text) => {
      const coded = unpackSale(packSale(sold));
      return text.startsWith("GOOD") && coded !== null ? accept(coded) : refuse({ kind: "forged" });
    },
    permit: async (act) => {
      asked.push(act);
      return isAllowed ? { ok: true } : { ok: false, why: "withdrawn" };
    },
    currency: () => "EUR",
    nowMs: () => Date.parse("2026-11-24T06:10:00.000+02:00"),
    returnDays: () => 14,
    cartId: () => testId(77),
    alreadyBack: () => amount(already),
    addToCart: (returns) => {
      taken.push(returns);
      return true;
    },
  });
});

/** Completes a sale that takes back what was put into the cart. */
function complete(): void {
  const lines = (taken.at(-1)?.lines ?? []).map((line, index) => ({ ...line, line: index + 1 }));
  const total = lines.reduce((sum, line) => sum + (line.returned?.incTax ?? 0), 0);
  returned.note(testSale(testCart({ sale: testId(2 + taken.length), lines, tenders: [cash(total)] })));
}

const one = { line: 1, quantity: quantity("1"), restock: true };

describe("goods that come back", () => {
  test("of this till's sale are found by its number and taken back in parts that add up to what was paid", async () => {
    const number = receiptNumberToText(sold.number).toLowerCase();
    let sum = 0;
    for (let part = 0; part < 3; part += 1) {
      accepted(await desk.findByNumber(number));
      accepted(await desk.take([one], "Too small"));
      sum += taken.at(-1)?.lines[0]?.returned?.incTax ?? 0;
      complete();
    }
    expect(sum).toBe(-3_600);
    const original = accepted(await desk.findByNumber(number));
    expect(returnableLines(original).map(({ line }) => line.line)).toEqual([2]);
    expect(refused(await desk.take([one], "Once more"))).toMatchObject({ kind: "more-than-sold" });
  });

  test("of another till are taken by the code on its receipt, once every symbol was scanned", async () => {
    own = [];
    const symbols = toSymbols(`GOOD${"A".repeat(1_500)}`);
    expect(symbols.length).toBeGreaterThan(1);
    for (const symbol of symbols.slice(1)) expect(accepted(await desk.scan(symbol))).toBeNull();
    expect(accepted(await desk.scan(symbols[0] as string))).toMatchObject({ known: "verified" });
    accepted(await desk.take([one], "Broken"));
    expect(taken[0]?.lines[0]).toMatchObject({
      original: { sale: testId(1), line: 1, known: "verified" },
      returnReason: "Broken",
    });
  });

  test("by a forged code are not taken", async () => {
    const [symbol = ""] = toSymbols("FORGED");
    expect(refused(await desk.scan(symbol))).toEqual({ kind: "forged" });
    expect(refused(await desk.scan("4006381333931"))).toEqual({ kind: "no-receipt-code" });
    expect(refused(await desk.take([one], "x"))).toEqual({ kind: "nothing-chosen" });
  });

  test("need a reason, and somebody with the right to it", async () => {
    accepted(await desk.findOwn(sold.sale));
    expect(refused(await desk.take([one], "  "))).toEqual({ kind: "reason-missing" });
    isAllowed = false;
    expect(refused(await desk.take([one], "x"))).toEqual({ kind: "not-allowed" });
    expect(asked).toEqual([{ action: "return", sale: testId(77), amount: amount(-1_200), size: 1_200 }]);
    expect(taken).toEqual([]);
  });

  test("are approved together with what is in the cart already", async () => {
    already = -5_000;
    accepted(await desk.findOwn(sold.sale));
    await desk.take([one], "Broken");
    expect(asked).toEqual([{ action: "return", sale: testId(77), amount: amount(-6_200), size: 6_200 }]);
  });

  test("after the branch's days are a manager's to take", async () => {
    own = [{ ...sold, completedAt: "2026-11-01T06:10:00.000+02:00" as Sale["completedAt"] }];
    accepted(await desk.findOwn(sold.sale));
    await desk.take([one], "Late");
    expect(asked[0]?.size).toBe(Number.MAX_SAFE_INTEGER);
  });

  test("of a sale that was undone, or of which nothing is left, are not looked for", async () => {
    returned.note({ ...testSale(), postVoidOf: sold.sale });
    expect(refused(await desk.findOwn(sold.sale))).toEqual({ kind: "undone" });
    expect(refused(await desk.findByNumber("no number"))).toEqual({ kind: "not-a-number" });
    expect(refused(await desk.findByNumber("ZZ-000001-BEEF"))).toEqual({ kind: "not-here", number: "ZZ-000001-BEEF" });
  });
});
