import { describe, expect, test } from "vitest";
import { addLine } from "../cart/edit-cart.ts";
import { addLineDiscount, overridePrice } from "../cart/edit-price.ts";
import { priceCart } from "../cart/price-cart.ts";
import type { Day } from "../kernel/instant.ts";
import { amount } from "../money/amount.ts";
import {
  accepted,
  price,
  quantity,
  refused,
  TEST_CASHIER,
  TEST_DAY,
  testCart,
  testId,
  testLine,
  testSale,
} from "../testing/build.ts";
import { type BlindReturn, blindReturnLine } from "./blind-return.ts";
import { checkRights } from "./check-rights.ts";
import { checkSale, findFault } from "./check-sale.ts";
import { saleMovements } from "./sale-movements.ts";

const { line: _number, ...goods } = testLine({ quantity: quantity("2") });
const act: BlindReturn = { reason: "Does not work", restock: true, today: TEST_DAY };
const receipt = { number: "b2-000007-beef", day: "2026-11-20" as Day };

describe("goods without a known sale", () => {
  test("come back at today's price and taxes, for a reason, as a sale that adds up", () => {
    const line = accepted(blindReturnLine({ ...goods, discounts: [] }, act));
    expect(line).toMatchObject({ kind: "return", quantity: { units: -2 }, stockQuantity: { units: -2 } });
    const cart = accepted(addLine(testCart({ lines: [] }), line));
    const sale = testSale(cart);
    expect(sale.totals).toMatchObject({ total: -2_400, tax: -400 });
    expect(findFault(sale)).toBeNull();
    expect(checkSale(sale)).toEqual([]);
    expect(saleMovements(sale)).toMatchObject([{ units: 2, cause: "return" }]);
  });

  test("damaged, do not go back on the shelf", () => {
    const line = accepted(blindReturnLine(goods, { ...act, restock: false }));
    expect(saleMovements(testSale(accepted(addLine(testCart({ lines: [] }), line))))).toEqual([]);
  });

  test("keep the number and the day of the receipt that was typed", () => {
    const line = accepted(blindReturnLine(goods, { ...act, receipt }));
    expect(line.typedReceipt).toEqual({ number: "B2-000007-BEEF", day: "2026-11-20" });
    expect(line.original).toBeUndefined();
    expect(refused(blindReturnLine(goods, { ...act, receipt: { ...receipt, number: "7" } }))).toEqual({
      kind: "not-a-number",
    });
    const tomorrow = { ...receipt, day: "2026-11-24" as Day };
    expect(refused(blindReturnLine(goods, { ...act, receipt: tomorrow }))).toEqual({ kind: "day-to-come" });
  });

  test("are refused without a reason, as stored value, or by no quantity", () => {
    expect(refused(blindReturnLine(goods, { ...act, reason: " " }))).toEqual({ kind: "reason-missing" });
    expect(refused(blindReturnLine({ ...goods, giftCard: "G1" }, act))).toEqual({ kind: "stored-value" });
    expect(refused(blindReturnLine({ ...goods, quantity: quantity("-1") }, act))).toEqual({ kind: "quantity-invalid" });
  });

  test("are a manager's, whether a receipt was typed or not; nobody changes their price after that", () => {
    for (const more of [{}, { receipt }]) {
      const line = accepted(blindReturnLine(goods, { ...act, ...more }));
      const cart = accepted(addLine(testCart({ lines: [], sale: testId(5) }), line));
      const sale = testSale(cart);
      expect(checkRights(sale, { ...TEST_CASHIER, role: "cashier" })).toMatchObject([
        { action: "blind-return", size: 2_400, why: "not-approved" },
      ]);
      expect(refused(overridePrice(cart, 1, { price: price("99.00"), reason: "x" }))).toEqual({ kind: "price-fixed" });
      const off = { kind: "amount" as const, amount: amount(100), reason: "x" };
      expect(refused(addLineDiscount(cart, 1, off))).toEqual({ kind: "price-fixed" });
      expect(priceCart(cart).totals.total).toBe(-2_400);
    }
  });
});
