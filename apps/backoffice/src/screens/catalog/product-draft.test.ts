import type { ProductId, VariantId } from "@holdfast/domain/catalog/variant";
import { uuid } from "@holdfast/domain/kernel/id";
import { currencyCode } from "@holdfast/domain/money/currency";
import type { TaxId } from "@holdfast/domain/tax/tax";
import { type CatalogOptions, type Product, saveProductRequestSchema } from "@holdfast/protocol/office/products";
import { expect, test } from "vitest";
import { draftOf, emptyDraft, type ProductDraft, requestOf } from "./product-draft.ts";

const list = uuid("0198b000-0000-7000-8000-000000000001");
const OPTIONS: CatalogOptions = {
  taxes: [{ tax: "vat-10" as TaxId, name: "VAT 10 %" }],
  priceLists: [{ priceList: list, name: "Shop prices", currency: currencyCode("EUR"), includesTax: true }],
  categories: ["Bakery"],
};

const BREAD: Product = {
  variant: uuid("0198b000-0000-7000-8000-000000000002") as VariantId,
  product: uuid("0198b000-0000-7000-8000-000000000003") as ProductId,
  productName: "Bread",
  name: "Bread, sliced",
  sku: "1001",
  category: null,
  unit: { unit: "each", scale: 0 },
  taxes: ["vat-10" as TaxId],
  stocked: true,
  archived: false,
  barcodes: [
    { code: "4012345000009", pack: 1 },
    { code: "4012345000016", pack: 6 },
  ],
  prices: [{ priceList: list, price: { units: 490, scale: 2, per: 100 } }],
  onHand: [],
  rev: 7,
};

function changed(change: Partial<ProductDraft>): ReturnType<typeof requestOf> {
  return requestOf({ ...draftOf(BREAD, OPTIONS), ...change });
}

test("a product that nobody changed is saved as it was", () => {
  const { variant: _variant, onHand: _onHand, ...facts } = BREAD;
  const prices = [{ priceList: list, price: { units: 49, scale: 1, per: 100 } }];
  expect(changed({})).toEqual({ ok: true, value: { ...facts, prices } });
});

test("a price is read with a point or a comma, as exactly as it is typed", () => {
  for (const [text, units, scale] of [
    ["4.90", 49, 1],
    [" 4,95 ", 495, 2],
    ["0.1234", 1234, 4],
    ["0", 0, 0],
  ] as const) {
    const result = changed({ prices: [{ priceList: list, text, per: 1 }] });
    expect(result.ok && result.value.prices[0]?.price, text).toEqual({ units, scale, per: 1 });
  }
});

test("a price that is left empty takes the product off the list", () => {
  const result = changed({ prices: [{ priceList: list, text: " ", per: 1 }] });
  expect(result.ok && result.value.prices).toEqual([{ priceList: list, price: null }]);
});

test("everything that is wrong is said at once", () => {
  const result = changed({
    name: " ",
    sku: "",
    barcodes: "401 x",
    prices: [{ priceList: list, text: "four", per: 1 }],
  });
  expect(result.ok ? [] : result.refusal.map(({ field }) => field)).toEqual([
    "name",
    "sku",
    "barcodes",
    `price ${list}`,
  ]);
});

test.each(["-4.90", "1e3", "4.9.0", "€4"])("%s is no price", (text) => {
  expect(changed({ prices: [{ priceList: list, text, per: 1 }] }).ok).toBe(false);
});

test.each(["401 0", "401 1.5", "401 6 7", `${"4".repeat(101)}`, "401 -1"])(
  "%s is no barcode with a pack",
  (barcodes) => {
    expect(changed({ barcodes }).ok).toBe(false);
  },
);

test("a new product has ids of its own, and the family's name is the product's", () => {
  const random = Uint8Array.from({ length: 20 }, (_, index) => index);
  const draft = { ...emptyDraft(OPTIONS, 1_700_000_000_000, random), name: "Jam", sku: "J1", barcodes: "\n900\n\n" };
  const result = requestOf(draft);
  expect(draft.variant).not.toBe(draft.product);
  expect(result.ok && saveProductRequestSchema.parse(result.value)).toMatchObject({
    productName: "Jam",
    rev: 0,
    barcodes: [{ code: "900", pack: 1 }],
    prices: [{ priceList: list, price: null }],
  });
});
