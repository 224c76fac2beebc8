import { expect, test } from "vitest";
import type { ProductId } from "../catalog/variant.ts";
import { amount } from "../money/amount.ts";
import type { Promotion } from "../pricing/promotion.ts";
import { quantity, TEST_NOW, testCart, testId, testLine } from "../testing/build.ts";
import { applyPromotions, type PromotionContext } from "./apply-promotions.ts";
import { lineDiscountsMax } from "./limits.ts";

const tenth: Promotion = {
  promotion: testId(700),
  name: "A tenth off",
  rule: { kind: "percent", percentPpm: 100_000 },
  scope: { kind: "everything" },
  times: { from: null, to: null },
  customerGroups: null,
  coupon: null,
  spendMin: null,
  timesMax: null,
  priority: 0,
  combinable: true,
};

function context(promotions: readonly Promotion[], coupons: readonly string[] = []): PromotionContext {
  const occasion = { at: TEST_NOW, customerGroups: [], coupons };
  return { promotions, occasion, productOf: () => testId<ProductId>(600) };
}

test("what runs is granted, named, and granted anew when the cart changes", () => {
  const once = applyPromotions(testCart(), context([tenth]));
  expect(once.lines[0]?.discounts).toEqual([
    { kind: "promotion", promotion: testId(700), amount: 120, reason: "A tenth off" },
  ]);
  const more = { ...once, lines: once.lines.map((line) => ({ ...line, quantity: quantity("2") })) };
  expect(applyPromotions(more, context([tenth])).lines[0]?.discounts[0]).toMatchObject({ amount: 240 });
  expect(applyPromotions(once, context([])).lines[0]?.discounts).toEqual([]);
});

test("where nothing changes the cart stays the very same", () => {
  const plain = testCart();
  expect(applyPromotions(plain, context([]))).toBe(plain);
  const once = applyPromotions(plain, context([tenth]));
  expect(applyPromotions(once, context([tenth]))).toBe(once);
  const other = { ...tenth, promotion: testId(701) };
  expect(applyPromotions(once, context([other]))).not.toBe(once);
});

test("what a person took off stays, before what promotions do", () => {
  const own = { kind: "amount" as const, amount: amount(200), reason: "scratched" };
  const granted = applyPromotions(testCart({ lines: [testLine({ discounts: [own] })] }), context([tenth]));
  expect(granted.lines[0]?.discounts).toEqual([own, expect.objectContaining({ kind: "promotion", amount: 100 })]);
  const full = Array.from({ length: lineDiscountsMax }, () => ({ ...own, amount: amount(1) }));
  const held = applyPromotions(testCart({ lines: [testLine({ discounts: full })] }), context([tenth]));
  expect(held.lines[0]?.discounts).toEqual(full);
});

test("returned goods and stored value are left alone, goods without a variant are not", () => {
  const lines = [
    testLine({ line: 1, quantity: quantity("-1") }),
    testLine({ line: 2, giftCard: "GC" }),
    testLine({ line: 3, variant: null }),
  ];
  const granted = applyPromotions(testCart({ lines }), context([tenth]));
  expect(granted.lines.map(({ discounts }) => discounts.length)).toEqual([0, 0, 1]);
});

test("a coupon's code is kept beside what it gave", () => {
  const coupon = { ...tenth, coupon: "SAVE10" };
  expect(applyPromotions(testCart(), context([coupon])).lines[0]?.discounts).toEqual([]);
  expect(applyPromotions(testCart(), context([coupon], ["SAVE10"])).lines[0]?.discounts[0]).toMatchObject({
    coupon: "SAVE10",
  });
});
