import type { VariantId } from "@holdfast/domain/catalog/variant";
import { decimal } from "@holdfast/domain/money/decimal";
import { accepted, price, TEST_NOW, testCart, testId, testLine } from "@holdfast/domain/testing/build";
import type { CustomerDocument } from "@holdfast/protocol/selling-documents";
import { describe, expect, test } from "vitest";
import { cartOfCustomer } from "./customer-cart.ts";
import { type Prices, priceFor } from "./price-for.ts";

const TRADE = testId(40);
const BREAD = testLine().variant as VariantId;
const shop: Prices = {
  priceOf: () => price("12.00"),
  listPriceOf: (list) => (variant) => (list === TRADE && variant === BREAD ? price("10.80") : null),
};
const café = {
  ...{ customer: testId(50), name: "Café Morgenrot", taxId: "ATU11111111", priceList: TRADE, taxExemption: null },
} as unknown as CustomerDocument;
const terms = { shop, at: TEST_NOW };

describe("a customer with prices of their own", () => {
  test("gets them for what is in the cart, and for what is rung up after", () => {
    const cart = accepted(cartOfCustomer(testCart({ lines: [testLine(), testLine({ line: 2 })] }), café, terms));
    expect(cart.lines.map(({ unitPrice }) => unitPrice)).toEqual([price("10.80"), price("12.00")]);
    expect(cart).toMatchObject({ priceList: TRADE, customer: { name: "Café Morgenrot", taxId: "ATU11111111" } });
    expect(priceFor(shop, cart.priceList)(BREAD, TEST_NOW, decimal(1, 0))).toEqual(price("10.80"));
  });

  test("leaves the branch's prices behind when it was somebody else after all", () => {
    const cart = accepted(cartOfCustomer(testCart(), café, terms));
    const nobody = accepted(cartOfCustomer(cart, null, terms));
    expect(nobody).toEqual(testCart());
    expect(priceFor(shop, nobody.priceList)(BREAD, TEST_NOW, decimal(1, 0))).toEqual(price("12.00"));
  });
});
