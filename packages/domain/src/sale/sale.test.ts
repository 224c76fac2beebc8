import { describe, expect, test } from "vitest";
import { priceCart } from "../cart/price-cart.ts";
import { type Amount, amount } from "../money/amount.ts";
import {
  accepted,
  card,
  cash,
  quantity,
  refused,
  TEST_NOW,
  testCart,
  testCircumstances,
  testId,
  testLine,
  testRules,
  testSale,
} from "../testing/build.ts";
import { checkSale, findFault } from "./check-sale.ts";
import { completeSale } from "./complete-sale.ts";
import { mirroredTenders, postVoid } from "./post-void.ts";
import { parseReceiptNumber, receiptNumber, receiptNumberToText } from "./receipt-number.ts";
import { returnLines, unitsReturned } from "./return-lines.ts";
import type { Sale } from "./sale.ts";
import { saleMovements } from "./sale-movements.ts";

const two = testCart({ lines: [testLine({ line: 1, quantity: quantity("3") }), testLine({ line: 2 })] });

describe("completing", () => {
  const complete = (cart: typeof two) => completeSale(cart, priceCart(cart), testCircumstances());

  test("an empty cart is no sale, and neither is one that is not paid", () => {
    expect(refused(complete(testCart({ lines: [] })))).toEqual({ kind: "empty" });
    expect(refused(complete({ ...two, tenders: [cash(100)] }))).toEqual({ kind: "not-covered", missing: 4_700 });
  });

  test("a sale carries the taxes of its lines alone, and the change", () => {
    const sale = accepted(complete({ ...two, tenders: [cash(5_000)] }));
    expect(sale).toMatchObject({ change: 200, cashierName: "Ada", taxes: [{ tax: "vat" }] });
    expect(accepted(complete(testCart({ lines: [testLine({ taxes: [] })], tenders: [cash(1_200)] }))).taxes).toEqual(
      [],
    );
  });

  test("approvals that were given for the cart come along", () => {
    const given = { approver: testId(9), approverName: "G", action: "return", amount: null, at: TEST_NOW } as never;
    expect(accepted(complete({ ...two, tenders: [cash(4_800)], approvals: [given] })).approvals).toEqual([given]);
  });
});

describe("receipt numbers", () => {
  test("are written and read", () => {
    const number = receiptNumber("HAR1", 42, testId(0xabc));
    expect(receiptNumberToText(number)).toBe(`HAR1-000042-${number.stream}`);
    expect(parseReceiptNumber(` ${receiptNumberToText(number).toLowerCase()} `)).toEqual(number);
  });

  test.each(["", "HAR1-42", "HAR1-000000-0ABC", "HAR1-000042-XYZW", "-000042-0ABC"])("%j is none", (text) => {
    expect(parseReceiptNumber(text)).toBeNull();
  });

  test("there is none below one", () => {
    expect(() => receiptNumber("A", 0, testId(1))).toThrow("not a receipt number");
  });
});

describe("what the server looks at", () => {
  const sale = testSale(two);

  test("a sound sale has neither differences nor faults", () => {
    expect([checkSale(sale), findFault(sale)]).toEqual([[], null]);
  });

  test("a figure that the rules make otherwise is told, and the sale is booked", () => {
    const tampered = { ...sale, totals: { ...sale.totals, discount: amount(1) } };
    expect(checkSale(tampered)).toEqual([{ field: "totals.discount", recorded: 1, recomputed: 0 }]);
    expect(findFault(tampered)).toBeNull();
    const taxed = { ...sale, taxTotals: [] };
    expect(checkSale(taxed)).toEqual([{ field: "taxTotals.vat", recorded: 0, recomputed: 800 }]);
  });

  test("a tax that the sale does not carry cannot be made again", () => {
    expect(checkSale({ ...sale, taxes: [] })).toEqual([{ field: "taxes.vat", recorded: 0, recomputed: 1 }]);
  });

  const broken = (change: Partial<Sale>): unknown => findFault({ ...sale, ...change });

  test("what cannot be booked is set aside whole", () => {
    const [line, ...rest] = sale.lines as [Sale["lines"][number], ...Sale["lines"]];
    expect(broken({ lines: [{ ...line, quantity: quantity("-1") }, ...rest] })).toBe("quantity-sign");
    expect(broken({ lines: [{ ...line, kind: "return" }, ...rest] })).toBe("quantity-sign");
    expect(broken({ totals: { ...sale.totals, total: amount(1) } })).toBe("sums-broken");
    expect(broken({ lines: [{ ...line, exTax: amount(1) }, ...rest] })).toBe("sums-broken");
    expect(broken({ tenders: [cash(1)] })).toBe("tenders-do-not-settle");
    expect(broken({ change: amount(5) })).toBe("tenders-do-not-settle");
    expect(broken({ cashRounding: amount(5) })).toBe("tenders-do-not-settle");
  });
});

describe("what moves in stock", () => {
  test("goods leave, goods come back to the shelf, and nothing else moves", () => {
    const lines = [
      testLine({ line: 1, quantity: quantity("2") }),
      testLine({ line: 2, quantity: quantity("-1"), returnReason: "x" }),
      testLine({ line: 3, quantity: quantity("-1"), returnReason: "broken", restock: false }),
      testLine({ line: 4, stockQuantity: null }),
      testLine({ line: 5, variant: null }),
      testLine({ line: 6, stockQuantity: quantity("0") }),
    ];
    const moved = saleMovements(testSale(testCart({ lines, tenders: [] })));
    expect(moved.map(({ line, units, cause }) => [line, units, cause])).toEqual([
      [1, -2, "sale"],
      [2, 1, "return"],
    ]);
  });

  test("a kit moves its parts", () => {
    const kit = [
      { variant: testId(501), quantity: quantity("2") },
      { variant: testId(502), quantity: quantity("0.25", "kg") },
    ] as never;
    const moved = saleMovements(testSale(testCart({ lines: [testLine({ quantity: quantity("3"), kit })] })));
    expect(moved.map(({ variant, units, scale }) => [variant, units, scale])).toEqual([
      [testId(501), -6, 0],
      [testId(502), -75, 2],
    ]);
  });

  test("training moves nothing", () => {
    expect(saleMovements(testSale(testCart({ training: true })))).toEqual([]);
  });
});

describe("undoing a sale", () => {
  const act = { ...testCircumstances(), sale: testId(3), startedAt: TEST_NOW, reason: "wrong customer", later: [] };

  test("only within its shift, only once, and never an undoing", () => {
    const sale = testSale(two);
    expect(refused(postVoid(sale, { ...act, shift: testId(1) }))).toEqual({ kind: "other-shift" });
    expect(refused(postVoid(sale, { ...act, shift: null }))).toEqual({ kind: "other-shift" });
    const undone = accepted(postVoid(sale, act));
    expect(refused(postVoid(undone, act))).toEqual({ kind: "is-a-post-void" });
    expect(refused(postVoid(sale, { ...act, later: [undone] }))).toEqual({ kind: "already-reversed" });
    const original = { sale: sale.sale, line: 1, known: "own" as const };
    const later = testSale(testCart({ sale: testId(8), lines: [testLine({ quantity: quantity("-1"), original })] }));
    expect(refused(postVoid(sale, { ...act, later: [later] }))).toEqual({ kind: "already-reversed" });
    expect(accepted(postVoid(sale, { ...act, later: [testSale(testCart({ sale: testId(9) }))] })).note).toBe(
      "wrong customer",
    );
  });

  test("money goes back the way it came, cash less the change", () => {
    const paid = testSale({ ...two, tenders: [card(3_000), cash(2_000)] });
    expect(mirroredTenders(paid)).toEqual([{ ...card(3_000), amount: -3_000 }, cash(-1_800)]);
    expect(mirroredTenders(testSale({ ...two, tenders: [card(4_800)] }))).toEqual([{ ...card(4_800), amount: -4_800 }]);
    expect(refused(postVoid(paid, { ...act, tenders: [cash(-1)] }))).toEqual({ kind: "tenders-do-not-mirror" });
  });

  test("a label's amount, a return and a line without stock are mirrored too", () => {
    const lines = [
      testLine({ line: 1, labelAmount: amount(500), stockQuantity: null }),
      testLine({ line: 2, quantity: quantity("-1"), returnReason: "x" }),
    ];
    const undone = accepted(postVoid(testSale(testCart({ lines })), act));
    expect(
      undone.lines.map(({ kind, labelAmount, stockQuantity }) => [kind, labelAmount, stockQuantity?.units]),
    ).toEqual([
      ["return", -500, undefined],
      ["sale", undefined, 1],
    ]);
    expect(undone.totals.total).toBe(700);
  });
});

describe("taking goods back", () => {
  const sale = testSale(
    testCart({
      lines: [
        testLine({ line: 1, quantity: quantity("3"), serials: ["S1", "S2", "S3"], barcode: "B", lot: "L" }),
        testLine({ line: 2, quantity: quantity("1.5", "kg"), stockQuantity: null, expiry: "2026-12-01" as never }),
        testLine({ line: 3, giftCard: "GC", taxes: [] }),
        testLine({ line: 4, quantity: quantity("-1"), returnReason: "x" }),
        testLine({ line: 5, kit: [{ variant: testId(501), quantity: quantity("1") }] as never }),
      ],
      orderDiscounts: [{ kind: "percent", percentPpm: 100_000, reason: "loyal" }],
    }),
  );
  const terms = { returned: new Map<number, number>(), known: "own" as const };
  const ask = (line: number, units: string, other: object = {}) =>
    returnLines(
      sale,
      [{ line, quantity: quantity(units, line === 2 ? "kg" : "each"), reason: "x", restock: true, ...other }],
      terms,
    );

  test.each<[number, string, object, object]>([
    [9, "1", {}, { kind: "no-such-line", line: 9 }],
    [4, "1", {}, { kind: "not-sold", line: 4 }],
    [3, "1", {}, { kind: "stored-value", line: 3 }],
    [1, "0", {}, { kind: "quantity-invalid", line: 1 }],
    [1, "-1", {}, { kind: "quantity-invalid", line: 1 }],
    [1, "0.5", {}, { kind: "quantity-invalid", line: 1 }],
    [1, "1", { quantity: quantity("1", "kg") }, { kind: "quantity-invalid", line: 1 }],
    [1, "4", {}, { kind: "more-than-sold", line: 1, left: quantity("3") }],
    [1, "1", { serials: ["S1", "S9"] }, { kind: "serial-not-sold", line: 1, serial: "S9" }],
    [5, "1", { serials: ["S1"] }, { kind: "serial-not-sold", line: 5, serial: "S1" }],
  ])("line %d, %s of it: refused", (line, units, other, refusal) => {
    expect(refused(ask(line, units, other))).toEqual(refusal);
  });

  test("goods keep what tells them from others of their kind", () => {
    expect(accepted(ask(1, "2", { serials: ["S2"] })).lines[0]).toMatchObject({
      ...{
        kind: "return",
        barcode: "B",
        lot: "L",
        serials: ["S2"],
        quantity: quantity("-2"),
        stockQuantity: quantity("-2"),
      },
      original: { sale: sale.sale, line: 1, known: "own" },
    });
    expect(accepted(ask(2, "0.5")).lines[0]).toMatchObject({ stockQuantity: null, expiry: "2026-12-01" });
    expect(accepted(ask(5, "1")).lines[0]).toMatchObject({ kit: [{ variant: testId(501) }] });
  });

  test("an order discount comes back with its line, and is no discount of the line", () => {
    const [line] = accepted(ask(5, "1")).lines;
    expect(line?.returned).toMatchObject({ extended: -1_200, discount: 0, orderDiscount: -120, incTax: -1_080 });
    expect(line?.discounts).toEqual([]);
  });

  test("training sold nothing that could come back", () => {
    const trained = testSale(testCart({ training: true }));
    expect(refused(returnLines(trained, [], terms))).toEqual({ kind: "training-sale" });
  });

  test("what came back already is counted by line, whatever else later sales say", () => {
    const back = (line: number, of: Sale["sale"]) =>
      testLine({ quantity: quantity("-1"), original: { sale: of, line, known: "own" } });
    const lines = [back(1, sale.sale), back(99, sale.sale), back(1, testId(77)), testLine()];
    const later = lines.map((line, index) => testSale(testCart({ sale: testId(20 + index), lines: [line] })));
    expect([...unitsReturned(sale, [...later, ...later.slice(0, 1)])]).toEqual([[1, 2]]);
  });
});

test("rounded cash is neither turnover nor lost", () => {
  const rounding = { increment: 5, method: "half-up", changeMethod: "half-up" } as const;
  const lines = [testLine({ unitPrice: { units: 1_572, scale: 2, per: 1 } })];
  const sale = testSale(
    testCart({ lines, rules: testRules({ cashRounding: rounding }), tenders: [card(68), cash(1_505)] }),
  );
  expect([sale.totals.total, sale.cashRounding]).toEqual([1_572, 1 as Amount]);
  expect(findFault(sale)).toBeNull();
});
