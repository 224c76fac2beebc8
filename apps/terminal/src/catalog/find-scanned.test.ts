import { gs1CheckDigit } from "@holdfast/domain/catalog/barcode/check-digit";
import type { VariantDocument } from "@holdfast/protocol/documents";
import { ChannelCopy } from "@holdfast/sync/channel-copy";
import { expect, test } from "vitest";
import { Catalogue } from "./catalogue.ts";
import { findScanned } from "./find-scanned.ts";

type Goods = {
  name: string;
  sku: string;
  codes?: readonly (readonly [code: string, pack: number])[];
  category?: string;
};

function catalogueOf(goods: readonly Goods[]): Catalogue {
  const copy = new ChannelCopy();
  for (const [index, { name, sku, codes = [], category = null }] of goods.entries()) {
    const variant = {
      variant: `v${index}`,
      product: `p${index}`,
      name,
      sku,
      category,
      unit: { unit: "each", scale: 0 },
      taxes: [],
      stocked: true,
      barcodes: codes.map(([code, pack]) => ({ code, pack })),
    } as unknown as VariantDocument;
    copy.put({ kind: "variant", id: `v${index}`, rev: index + 1, body: variant });
  }
  return new Catalogue(copy);
}

const catalogue = catalogueOf([
  {
    name: "Cola",
    sku: "1001",
    codes: [
      ["4012345000016", 1],
      ["4012345000023", 6],
    ],
    category: "Drinks",
  },
  { name: "Cola light", sku: "1002", codes: [["TWIN", 1]], category: "Drinks" },
  { name: "Cola zero", sku: "1003", codes: [["TWIN", 1]], category: "Drinks" },
  { name: "Banana", sku: "4011", category: "Fruit" },
  { name: "UPC goods", sku: "1005", codes: [["036000291452", 1]] },
]);

test.each([
  ["4012345000016", "Cola", 1],
  ["4012345000023", "Cola", 6],
  ["04012345000016", "Cola", 1],
  ["0036000291452", "UPC goods", 1],
  ["]E00036000291452", "UPC goods", 1],
  ["4011", "Banana", 1],
  ["1002", "Cola light", 1],
  ["(01)04012345000016", "Cola", 1],
])("%s is %s", (code, name, pack) => {
  const found = findScanned(catalogue, code);
  expect(found.kind === "found" && [found.hit.variant.name, found.hit.pack]).toEqual([name, pack]);
});

test("a code of two goods asks which", () => {
  const found = findScanned(catalogue, "TWIN");
  expect(found.kind === "several" && found.hits.map(({ variant }) => variant.name)).toEqual([
    "Cola light",
    "Cola zero",
  ]);
});

test("a wrong check digit is misread, anything else unknown", () => {
  expect(findScanned(catalogue, "4012345000017").kind).toBe("misread");
  expect(findScanned(catalogue, "4012345009996").kind).toBe("unknown");
  expect(findScanned(catalogue, "nobody knows this").kind).toBe("unknown");
});

test("goods are found by words and by category", () => {
  expect(catalogue.search("col", 2).map(({ name }) => name)).toEqual(["Cola", "Cola light"]);
  expect(catalogue.search("4011", 5)[0]?.name).toBe("Banana");
  expect(catalogue.categories()).toEqual(["Drinks", "Fruit"]);
  expect(catalogue.inCategory("Drinks", 2)).toMatchObject({
    of: 3,
    variants: [{ name: "Cola" }, { name: "Cola light" }],
  });
  expect(catalogue.inCategory(null, 50).of).toBe(5);
});

function checked(payload: string): string {
  return payload + gs1CheckDigit(payload);
}

const weighed = catalogueOf([
  { name: "Cheese", sku: "2001", codes: [[checked("231234560000"), 1]] },
  { name: "Ham", sku: "2002", codes: [[checked("201234560000"), 1]] },
  { name: "Milk", sku: "2003", codes: [["04012345000016", 1]] },
]);
const labels = [
  { pattern: "23IIIIIIVVVV", kind: "weight", decimals: 3 },
  { pattern: "20IIIIIIVVVV", kind: "price", decimals: 2 },
] as const;

function detailsOf(code: string) {
  const found = findScanned(weighed, code, labels);
  return found.kind === "found" ? { name: found.hit.variant.name, ...found.details } : found.kind;
}

test("a scale's label tells the weight, or the price that it asks for", () => {
  expect(detailsOf(checked("231234561250"))).toEqual({ name: "Cheese", count: { units: 1_250, scale: 3 } });
  expect(detailsOf(checked("201234560499"))).toEqual({ name: "Ham", labelPrice: { units: 499, scale: 2 } });
  const [wrong = ""] = ["0", "1"]
    .map((digit) => `201234560499${digit}`)
    .filter((code) => code !== checked("201234560499"));
  expect(detailsOf(wrong)).toBe("misread");
});

test("an element string or a web address tells lot, serial and last day", () => {
  const expected = { name: "Milk", lot: "L7", serial: "S1", expiry: "2026-11-30" };
  expect(detailsOf("(01)04012345000016(17)261130(10)L7(21)S1")).toEqual(expected);
  expect(detailsOf("https://id.example/01/04012345000016/10/L7/21/S1?17=261130")).toEqual(expected);
});

test("the code on a receipt is one, and no goods", () => {
  expect(findScanned(weighed, "HFR1ABCDABXYZ").kind).toBe("receipt");
});
