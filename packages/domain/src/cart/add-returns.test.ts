import { expect, test } from "vitest";
import { returnLines } from "../sale/return-lines.ts";
import type { Sale } from "../sale/sale.ts";
import {
  accepted,
  fixedTax,
  percentTax,
  quantity,
  refused,
  testCart,
  testId,
  testLine,
  testSale,
} from "../testing/build.ts";
import { addReturnLines } from "./add-returns.ts";
import { saleLinesMax } from "./limits.ts";
import { priceCart } from "./price-cart.ts";

function back(sale: Sale, line = 1) {
  const request = { line, quantity: { ...quantity("1"), unit: "each" }, reason: "x", restock: true };
  return accepted(returnLines(sale, [request], { returned: new Map(), known: "own" }));
}

const sold = testSale(
  testCart({ sale: testId(50), lines: [testLine({ quantity: quantity("2") })] }, [percentTax("vat", "20")]),
);

test("an exchange is one cart with goods that go and goods that come", () => {
  const cart = accepted(addReturnLines(testCart({}, [percentTax("vat", "20")]), back(sold)));
  expect(cart.lines.map(({ line, kind }) => [line, kind])).toEqual([
    [1, "sale"],
    [2, "return"],
  ]);
  expect([cart.nextLine, priceCart(cart).totals.total]).toEqual([3, 0]);
});

test("what is in the cart already is changed there", () => {
  const once = accepted(addReturnLines(testCart({ lines: [] }), back(sold)));
  expect(refused(addReturnLines(once, back(sold)))).toEqual({ kind: "already-in-cart", line: 1 });
  const blind = { lines: [testLine({ quantity: quantity("-1") })], taxes: [] };
  expect(accepted(addReturnLines(once, blind)).lines).toHaveLength(2);
});

test("a cart takes no more lines than a sale may have", () => {
  const full = testCart({ lines: Array.from({ length: saleLinesMax }, (_, index) => testLine({ line: index + 1 })) });
  expect(refused(addReturnLines(full, back(sold)))).toEqual({ kind: "too-many-lines", max: saleLinesMax });
});

test("sums stay exact: what would be too much is refused", () => {
  const dear = testLine({ unitPrice: { units: 900_000_000_000, scale: 0, per: 1 }, quantity: quantity("-1") });
  const lines = Array.from({ length: 200 }, (_, index) => ({ ...dear, line: index + 1 }));
  expect(refused(addReturnLines(testCart({ lines: [] }), { lines, taxes: [] }))).toMatchObject({
    kind: "amount-too-large",
  });
});

test("a tax whose rate has changed since comes back under a name of its own", () => {
  const today = testCart({}, [percentTax("vat", "22")]);
  const cart = accepted(addReturnLines(today, back(sold)));
  expect(Object.keys(cart.taxes)).toEqual(["vat", "vat@20% included"]);
  expect(cart.lines[1]).toMatchObject({
    taxes: ["vat@20% included"],
    returned: { lineTaxes: [{ tax: "vat@20% included" }] },
  });
  expect(cart.taxes["vat@20% included" as never]).toMatchObject({ of: "vat" });
  // Sold again as it is, that tax keeps the name it began with.
  const again = testSale({ ...cart, lines: cart.lines.slice(0, 1) });
  expect(again.taxes.map(({ tax }) => tax)).toEqual(["vat"]);
});

test("a fee of another size, a tax on top, and one that nobody levies any more", () => {
  const taxes = [fixedTax("fee", "0.25"), percentTax("state", "5", { included: false }), percentTax("old", "3")];
  const lines = [testLine({ taxes: ["fee", "state", "old"] as never })];
  const before = testSale(testCart({ sale: testId(51), lines }, taxes));
  const today = testCart({ lines: [] }, [fixedTax("fee", "0.30"), percentTax("state", "6", { included: false })]);
  const cart = accepted(addReturnLines(today, back(before)));
  expect(Object.keys(cart.taxes)).toEqual(["fee", "state", "fee@0.25", "state@5%", "old"]);
  const twice = testSale({ ...cart, sale: testId(52) });
  expect(-twice.totals.total).toBe(before.totals.total);
});

test("goods that nobody knows the sale of keep the taxes they have", () => {
  const blind = { lines: [testLine({ quantity: quantity("-1") })], taxes: [percentTax("vat", "10")] };
  const cart = accepted(addReturnLines(testCart({ lines: [] }), blind));
  expect(cart.lines[0]?.taxes).toEqual(["vat"]);
});
