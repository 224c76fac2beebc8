import type { VariantId } from "@holdfast/domain/catalog/variant";
import type { Day, Instant } from "@holdfast/domain/kernel/instant";
import { amount } from "@holdfast/domain/money/amount";
import { accepted, price, refused, testId, testRules } from "@holdfast/domain/testing/build";
import type { VariantDocument } from "@holdfast/protocol/documents";
import { describe, expect, test } from "vitest";
import type { GoodsDetails } from "../catalog/find-scanned.ts";
import { type LoadedCard, ringUp } from "./ring-up.ts";

const MILK = testId<VariantId>(1);
const at = "2026-11-23T12:00:00.000+01:00" as Instant;
const shop = {
  rules: testRules(),
  priceOf: () => price("12.00"),
  isRecalled: (variant: VariantId, lot: string | null) => variant === MILK && lot === "BAD",
};

function variant(other: Partial<VariantDocument> = {}): VariantDocument {
  return {
    ...{
      variant: MILK,
      product: testId(2),
      name: "Milk",
      sku: "M",
      category: null,
      taxes: [],
      stocked: true,
      barcodes: [],
    },
    unit: { unit: "each", scale: 0 },
    ...other,
  } as VariantDocument;
}

function rung(details: GoodsDetails, other: Partial<VariantDocument> = {}) {
  return ringUp(shop, { hit: { variant: variant(other), pack: 1 }, count: null, at, details });
}

test("goods past their last day are stopped, on that day they are not", () => {
  expect(refused(rung({ expiry: "2026-11-22" as Day }))).toEqual({ kind: "goods-expired" });
  expect(accepted(rung({ expiry: "2026-11-23" as Day }))).toMatchObject({ expiry: "2026-11-23" });
});

test("a recalled lot is stopped, another lot of the same goods is not", () => {
  expect(refused(rung({ lot: "BAD" }))).toEqual({ kind: "goods-recalled" });
  expect(accepted(rung({ lot: "GOOD", serial: "S1" }))).toMatchObject({ lot: "GOOD", serials: ["S1"] });
});

test("a label's weight is the quantity, a label's price is the amount", () => {
  const kg = { unit: { unit: "kg", scale: 3 } };
  expect(accepted(rung({ count: { units: 1_250, scale: 3 } }, kg)).quantity).toEqual({
    units: 1_250,
    scale: 3,
    unit: "kg",
  });
  expect(accepted(rung({ labelPrice: { units: 499, scale: 2 } }, kg))).toMatchObject({ labelAmount: 499 });
  expect(refused(rung({}, kg))).toEqual({ kind: "amount-needed" });
});

test("a kit moves the stock of its parts and has none itself", () => {
  const kit = [{ variant: testId<VariantId>(9), quantity: { units: 2, scale: 0, unit: "each" } }];
  expect(accepted(rung({}, { kit }))).toMatchObject({ stockQuantity: null, kit });
});

test("a piece or a batch with a number of its own is not sold before it is known", () => {
  const speaker = { tracking: "serial" as const };
  expect(refused(rung({}, speaker))).toEqual({ kind: "serial-needed" });
  expect(accepted(rung({ serial: "S1" }, speaker))).toMatchObject({ serials: ["S1"], quantity: { units: 1 } });
  const three = { hit: { variant: variant(speaker), pack: 1 }, count: { units: 3, scale: 0 }, at };
  expect(refused(ringUp(shop, { ...three, details: { serial: "S1" } }))).toEqual({ kind: "one-by-one" });
  expect(refused(rung({}, { tracking: "lot" }))).toEqual({ kind: "lot-needed" });
  expect(refused(rung({ lot: "BAD" }, { tracking: "lot" }))).toEqual({ kind: "goods-recalled" });
});

describe("a gift card", () => {
  const card = (loaded?: LoadedCard, count: number | null = null) =>
    ringUp(shop, {
      hit: { variant: variant({ giftCard: true, stocked: false }), pack: 1 },
      count: count === null ? null : { units: count, scale: 0 },
      at,
      ...(loaded === undefined ? {} : { card: loaded }),
    });

  test("costs what is put on it, moves no stock, and is known by its code however that was typed", () => {
    expect(accepted(card({ code: " gc 1000 0002", amount: amount(2_500) }))).toMatchObject({
      ...{ giftCard: "GC10000002", unitPrice: { units: 2_500, scale: 2, per: 1 }, quantity: { units: 1 } },
      ...{ stockQuantity: null, discounts: [] },
    });
  });

  test("is not sold without a code, for nothing, or several at once", () => {
    expect(refused(card())).toEqual({ kind: "card-needed" });
    expect(refused(card({ code: "7", amount: amount(2_500) }))).toEqual({ kind: "card-code-invalid" });
    expect(refused(card({ code: "GC1000", amount: amount(0) }))).toEqual({ kind: "amount-invalid" });
    expect(refused(card({ code: "GC1000", amount: amount(1) }, 2))).toEqual({ kind: "one-by-one" });
  });
});
