import type { CartCustomer } from "@holdfast/domain/cart/cart";
import { amount, negate } from "@holdfast/domain/money/amount";
import type { CustomerId } from "@holdfast/domain/party/merchant";
import type { Sale } from "@holdfast/domain/sale/sale";
import type { Tender } from "@holdfast/domain/tender/tender";
import { accepted, price, refused, testCart, testId, testLine, testSale } from "@holdfast/domain/testing/build";
import { beforeEach, describe, expect, test } from "vitest";
import { testShop } from "../testing/test-log.ts";
import { OwnTenders } from "./own-tenders.ts";
import { Trust } from "./trust.ts";

const STREAM = testId(7);
let settled: number;
let seq: number;
let tenders: OwnTenders;
let trust: Trust;

beforeEach(() => {
  [settled, seq] = [-1, 0];
  tenders = new OwnTenders({ settledSeq: () => settled });
  trust = new Trust({
    shop: () => testShop({ offlineCaps: { storedValue: { cardMax: 500, terminalMax: 800 } } as never }),
    tenders,
    allotment: (kind, code) => (code === "GC1000" ? { kind, code, amount: amount(2_000) } : null),
    customer: () => ({ creditLimit: 5_000, owed: 1_000 }) as never,
  });
});

function note(sale: Sale): void {
  seq += 1;
  const placed = seq;
  tenders.note({ isIn: (settledOf) => placed <= settledOf(STREAM), sale });
}

function paidWith(tender: Tender): Sale {
  return testSale(
    testCart({ sale: testId(100 + seq), lines: [testLine({ unitPrice: priceOf(tender.amount) })], tenders: [tender] }),
  );
}

function priceOf(minorUnits: number) {
  return price((minorUnits / 100).toFixed(2));
}

function loaded(code: string, minorUnits: number): Sale {
  const line = testLine({ giftCard: code, taxes: [], stockQuantity: null, unitPrice: priceOf(minorUnits) });
  return testSale(testCart({ sale: testId(200 + seq), lines: [line] }));
}

const giftCard = (card: string, minorUnits: number): Tender => ({
  kind: "gift-card",
  card,
  amount: amount(minorUnits),
});

describe("a gift card without a line", () => {
  test("is good for what is allotted to this till, then on trust up to the caps, which spending uses up", () => {
    expect(accepted(trust.spend("gift-card", "GC1000", amount(2_300)))).toEqual({ sure: 2_000, onTrust: 300 });
    note(paidWith(giftCard("GC1000", 2_300)));
    expect(refused(trust.spend("gift-card", "GC1000", amount(201)))).toEqual({ kind: "over-card-cap", left: 200 });
    expect(refused(trust.spend("gift-card", "GC2000", amount(501)))).toEqual({ kind: "over-card-cap", left: 500 });
    expect(trust.standing("gift-card", "GC2000")).toMatchObject({ exposure: 300, terminalMax: 800 });
  });

  test("that this till sold is good for what was put on it, until the sale is undone or the server counts it", () => {
    const sale = loaded("GC3000", 2_500);
    note(sale);
    expect(accepted(trust.spend("gift-card", "GC3000", amount(2_500)))).toEqual({ sure: 2_500, onTrust: 0 });
    const [line] = sale.lines;
    if (line === undefined) throw new Error("it has a line");
    note({ ...sale, lines: [{ ...line, exTax: negate(line.exTax) }], postVoidOf: sale.sale });
    expect(refused(trust.spend("gift-card", "GC3000", amount(501)))).toMatchObject({ kind: "over-card-cap" });
    note(loaded("GC3000", 2_500));
    settled = seq;
    expect(refused(trust.spend("gift-card", "GC3000", amount(501)))).toMatchObject({ kind: "over-card-cap" });
  });
});

test("a customer owes what was sold here on account as well", () => {
  const customer: CartCustomer = { customer: testId<CustomerId>(50), name: "Café" };
  note(paidWith({ kind: "on-account", customer: testId(50), amount: amount(3_000) }));
  expect(refused(trust.owe(customer, amount(1_001)))).toEqual({ kind: "over-limit", left: 1_000 });
  expect(accepted(trust.owe(customer, amount(1_000)))).toBeNull();
});
