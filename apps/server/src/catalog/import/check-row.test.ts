import type { ImportColumn } from "@holdfast/protocol/office/import";
import { expect, test } from "vitest";
import { checkRow } from "./check-row.ts";

const TERMS = { exponent: 2, taxes: new Set(["vat-20", "fee"]) };

function check(cells: Partial<Record<ImportColumn, string>>, exponent = 2) {
  return checkRow({ line: 7, cells: { sku: "1", name: "Tea", ...cells } }, { ...TERMS, exponent });
}

function faults(cells: Partial<Record<ImportColumn, string>>, exponent?: number): unknown[] {
  return check(cells, exponent).errors.map(({ line, column, fault }) => [line, column, fault]);
}

test("a row says what its cells say, and nothing of those that are empty", () => {
  const full = {
    barcode: "4012345000016 4012345000023*6",
    price: "12.50",
    tax: "vat-20 fee",
    unit: "kg",
    category: "Drinks",
  };
  expect(check(full)).toEqual({
    errors: [],
    facts: {
      ...{ line: 7, sku: "1", name: "Tea", category: "Drinks" },
      barcodes: [
        { code: "4012345000016", pack: 1 },
        { code: "4012345000023", pack: 6 },
      ],
      price: { units: 1250, scale: 2, per: 1 },
      taxes: ["vat-20", "fee"],
      unit: { unit: "kg", scale: 3 },
    },
  });
  const nothing = { category: null, barcodes: null, price: null, taxes: null, unit: null };
  expect(check({ barcode: "", price: "", tax: "", unit: "", category: "" }).facts).toMatchObject(nothing);
  expect(check({ tax: "none" }).facts.taxes).toEqual([]);
});

test.each([
  ["12.5", 2, 1250],
  ["12,50", 2, 1250],
  ["0", 2, 0],
  ["1200", 0, 1200],
  ["1.234", 3, 1234],
])("the price %s with %d digits is %d", (text, exponent, units) => {
  expect(check({ price: text }, exponent)).toMatchObject({
    errors: [],
    facts: { price: { units, scale: exponent, per: 1 } },
  });
});

test.each<[Partial<Record<ImportColumn, string>>, string, string]>([
  [{ name: "" }, "name", "name-missing"],
  [{ sku: "", barcode: "" }, "barcode", "code-missing"],
  [{ name: "x".repeat(201) }, "name", "too-long"],
  [{ sku: "x".repeat(101) }, "sku", "too-long"],
  [{ barcode: "4012345000017" }, "barcode", "barcode-check-digit"],
  [{ barcode: "*6" }, "barcode", "barcode-unreadable"],
  [{ barcode: "4012345000016*0" }, "barcode", "barcode-unreadable"],
  [{ price: "-1" }, "price", "price-negative"],
  [{ price: "1.999" }, "price", "price-too-fine"],
  [{ price: "1,299" }, "price", "price-too-fine"],
  [{ price: "1.500" }, "price", "price-too-fine"],
  [{ price: "1.299,00" }, "price", "price-unreadable"],
  [{ price: "€ 3" }, "price", "price-unreadable"],
  [{ price: "4012345000016" }, "price", "price-too-high"],
  [{ tax: "vat-19" }, "tax", "tax-unknown"],
  [{ unit: "box" }, "unit", "unit-unknown"],
])("%j: %s %s", (cells, column, fault) => {
  expect(faults(cells)).toEqual([[7, column, fault]]);
});

test("everything that is wrong with a row is told at once", () => {
  expect(faults({ name: "", price: "-1", tax: "x" })).toEqual([
    [7, "name", "name-missing"],
    [7, "price", "price-negative"],
    [7, "tax", "tax-unknown"],
  ]);
});
