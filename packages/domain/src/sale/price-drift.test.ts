import { expect, test } from "vitest";
import type { Price } from "../catalog/price-list.ts";
import type { VariantId } from "../catalog/variant.ts";
import { epochMs, type Instant } from "../kernel/instant.ts";
import { amount } from "../money/amount.ts";
import { price, quantity, testCart, testId, testLine, testSale } from "../testing/build.ts";
import { findPriceDrift } from "./price-drift.ts";
import type { Sale } from "./sale.ts";

const MILK = testId<VariantId>(1);
const at = (time: string): Instant => `2026-11-23T${time}:00.000+00:00` as Instant;
const listed = (text: string, other: Partial<Price> = {}): Price => ({
  ...{ price: price(text), from: null, to: null, minQuantity: 0 },
  ...other,
});

function sold(line: Parameters<typeof testLine>[0], from = "09:00", to = "09:05"): Sale {
  const sale = testSale(testCart({ lines: [testLine({ variant: MILK, ...line })] }));
  return { ...sale, startedAt: at(from), completedAt: at(to) };
}

function drift(sale: Sale, prices: readonly Price[], changedAt = "08:00"): (readonly [number, number])[] {
  const found = findPriceDrift(sale, () => ({ prices, changedAtMs: epochMs(at(changedAt)) }));
  return found.map((each) => [each.sold.units, each.listed.units]);
}

test("a line at another price than the list's is found, with the one that the list had", () => {
  expect(drift(sold({ unitPrice: price("4.90") }), [listed("5.20")])).toEqual([[49, 52]]);
  expect(drift(sold({ unitPrice: price("4.90") }), [listed("4.90")])).toEqual([]);
  expect(drift(sold({ unitPrice: price("0.09") }), [listed("9.00", { price: price("9.00", 100) })])).toEqual([]);
});

test("nothing is claimed of a list that was changed since, nor within what clocks may be off, nor of goods it lacks", () => {
  const sale = sold({ unitPrice: price("4.90") });
  expect(drift(sale, [listed("5.20")], "10:00")).toEqual([]);
  expect(drift(sale, [listed("5.20")], "08:59")).toEqual([]);
  expect(drift(sale, [listed("5.20")], "08:57")).toHaveLength(1);
  expect(drift(sale, [])).toEqual([]);
  expect(findPriceDrift(sale, () => undefined)).toEqual([]);
});

test("a price that held at any moment of the sale is the list's", () => {
  const happyHour = listed("3", { from: at("12:00"), to: at("13:00") });
  const prices = [listed("5"), happyHour];
  const lunch = (from: string, to: string) => drift(sold({ unitPrice: price("3") }, from, to), prices);
  expect(lunch("12:59", "13:02")).toEqual([]);
  expect(lunch("11:00", "14:00")).toEqual([]);
  expect(lunch("13:01", "14:00")).toEqual([[3, 5]]);
});

test("pieces that were added one by one keep the price of one", () => {
  const prices = [listed("5"), listed("4", { minQuantity: 10 })];
  const ten = (text: string) => drift(sold({ quantity: quantity("10"), unitPrice: price(text) }), prices);
  expect([ten("5"), ten("4"), ten("3")]).toEqual([[], [], [[3, 4]]]);
  expect(drift(sold({ quantity: quantity("9"), unitPrice: price("4") }), prices)).toEqual([[4, 5]]);
});

test("a price that a person set is measured by the listed one that it replaced", () => {
  const override = { listed: price("5"), reason: "dented" };
  expect(drift(sold({ unitPrice: price("2"), override }), [listed("5")])).toEqual([]);
  expect(drift(sold({ unitPrice: price("2"), override }), [listed("6")])).toEqual([[5, 6]]);
});

test("a price label, and the value of a card, are no list's", () => {
  expect(drift(sold({ unitPrice: price("2"), labelAmount: amount(200) }), [listed("5")])).toEqual([]);
  expect(drift(sold({ unitPrice: price("2"), giftCard: "GC-1" }), [listed("5")])).toEqual([]);
});
