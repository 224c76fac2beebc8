import { expect, test } from "vitest";
import type { Day } from "../kernel/instant.ts";
import { amount } from "../money/amount.ts";
import type { CustomerId } from "../party/merchant.ts";
import {
  card,
  cash,
  fixedTax,
  percentTax,
  price,
  quantity,
  testCart,
  testId,
  testLine,
  testSale,
} from "../testing/build.ts";
import { type ReceiptPrint, receiptOf } from "./receipt.ts";

const print: ReceiptPrint = {
  seller: { name: "S", taxNumber: "T", branch: "B", address: "A", terminal: "1", footer: "F" },
  isCopy: false,
  numbersBySale: new Map(),
  codes: [],
  signature: null,
};

test("a receipt shows every figure of its sale", () => {
  const lines = [
    testLine({
      line: 1,
      discounts: [
        { kind: "percent", percentPpm: 100_000, reason: "loyal" },
        { kind: "amount", amount: amount(80), reason: "scratched" },
      ],
    }),
    testLine({
      line: 2,
      override: { listed: price("15.00"), reason: "as agreed" },
      serials: ["S"],
      lot: "L",
      note: "gift",
    }),
  ];
  const orderDiscounts = [{ kind: "amount" as const, amount: amount(220), reason: "staff" }];
  const receipt = receiptOf(testSale(testCart({ lines, orderDiscounts, tenders: [cash(2_500)] })), print);
  expect(receipt).toMatchObject({
    ...{ marks: [], extended: 2_400, lineDiscount: 200, orderDiscount: 220, total: 1_980, tax: 330, exTax: 1_650 },
    cash: { tendered: 2_500, change: 520, kept: 1_980 },
    rates: [{ letter: "A", tax: "vat", rate: { kind: "percent", ratePpm: 200_000 }, incTax: 1_980 }],
    tenders: [{ kind: "cash", amount: 2_500, reference: null }],
    ...{ customer: null, originals: [] },
  });
  expect(receipt.lines[0]).toMatchObject({
    ...{ amount: 1_000, rates: "A", serials: [], lot: null, listed: null, note: null },
    discounts: [
      { reason: "loyal", amount: 120, percentPpm: 100_000 },
      { reason: "scratched", amount: 80, percentPpm: null },
    ],
  });
  expect(receipt.lines[1]).toMatchObject({ listed: price("15.00"), serials: ["S"], lot: "L", note: "gift" });
});

test("marks say what kind of paper it is, and none is left off", () => {
  const back = testSale(testCart({ lines: [testLine({ quantity: quantity("-1"), returnReason: "x" })] }));
  expect(receiptOf(back, print).marks).toEqual(["return"]);
  const undone = { ...back, postVoidOf: testId(7), training: true };
  expect(receiptOf(undone, { ...print, isCopy: true }).marks).toEqual(["training", "copy", "post-void"]);
});

test("sales that goods come back from are named, by number where it is known", () => {
  const original = { sale: testId(70), line: 1, known: "own" as const };
  const back = testSale(testCart({ lines: [testLine({ quantity: quantity("-1"), original })] }));
  const known = { ...print, numbersBySale: new Map([[testId(70), "A-000007-0001"]]) };
  expect(receiptOf({ ...back, postVoidOf: testId(71) }, known).originals).toEqual([
    { sale: testId(70), number: "A-000007-0001" },
    { sale: testId(71), number: null },
  ]);
  expect(receiptOf(back, known).lines[0]?.original).toEqual(original);
});

test("a receipt that was typed is named with its day, once, though nothing proves it", () => {
  const typedReceipt = { number: "B2-000007-BEEF", day: "2026-11-20" as Day };
  const back = (line: number) => testLine({ line, quantity: quantity("-1"), returnReason: "x", typedReceipt });
  const { originals } = receiptOf(testSale(testCart({ lines: [back(1), back(2)] })), print);
  expect(originals).toEqual([{ sale: null, number: "B2-000007-BEEF", day: "2026-11-20" }]);
});

test("each tender is shown with what it is known by, and cash only where it was taken", () => {
  const customer = { customer: testId<CustomerId>(60), name: "Ada", taxId: "ATU1", taxExemption: { reason: "export" } };
  const tenders = [
    card(300),
    { kind: "gift-card" as const, amount: amount(300), card: "GC-1" },
    { kind: "store-credit" as const, amount: amount(300), credit: "SC-1" },
    { kind: "on-account" as const, amount: amount(300), customer: customer.customer },
  ];
  const receipt = receiptOf(testSale(testCart({ tenders, customer })), print);
  expect(receipt.tenders.map(({ kind, reference }) => [kind, reference])).toEqual([
    ["card", "4711"],
    ["gift-card", "GC-1"],
    ["store-credit", "SC-1"],
    ["on-account", null],
  ]);
  expect([receipt.cash, receipt.customer]).toEqual([null, { name: "Ada", taxId: "ATU1", exemption: "export" }]);
  const plain = { customer: customer.customer, name: "Bo" };
  expect(receiptOf(testSale(testCart({ customer: plain })), print).customer).toEqual({
    name: "Bo",
    taxId: null,
    exemption: null,
  });
});

test("every tax has a letter, also beyond Z, and a fee is shown per piece", () => {
  const taxes = Array.from({ length: 28 }, (_, index) => percentTax(`t${String(index).padStart(2, "0")}`, "1"));
  const fee = fixedTax("fee", "0.25");
  const lines = taxes.map(({ tax }, index) => testLine({ line: index + 1, taxes: [tax] }));
  const all = [...lines, testLine({ line: 29, taxes: [fee.tax], giftCard: "GC", expiry: "2026-12-01" as never })];
  const receipt = receiptOf(testSale(testCart({ lines: all }, [...taxes, fee])), print);
  expect(receipt.rates.map(({ letter }) => letter).slice(24)).toEqual(["Y", "Z", "AA", "AB", "AC"]);
  expect(receipt.rates.at(-1)?.rate).toEqual({ kind: "fixed", perUnit: fee.kind === "fixed" ? fee.perUnit : null });
  expect(receipt.lines.at(-1)).toMatchObject({ rates: "AC", giftCard: "GC", expiry: "2026-12-01" });
});

test("a tax that the sale does not name is left off the summary rather than shown without its rate", () => {
  const sale = testSale();
  expect(receiptOf({ ...sale, taxes: [] }, print).rates).toEqual([]);
  const nameless = { ...sale, lines: sale.lines.map((line) => ({ ...line, discountAmounts: [amount(5)] })) };
  expect(receiptOf(nameless, print).lines[0]?.discounts).toEqual([{ reason: "", amount: 5, percentPpm: null }]);
});
