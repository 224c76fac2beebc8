import { hasGtinShape, parseGtin } from "@holdfast/domain/catalog/barcode/gtin";
import type { UnitPrice } from "@holdfast/domain/catalog/variant";
import { parseDecimal, rescale } from "@holdfast/domain/money/decimal";
import type { TaxId } from "@holdfast/domain/tax/tax";
import { codeCharsMax, nameCharsMax } from "@holdfast/protocol/limits";
import type { ImportColumn, ImportError, ImportFault } from "@holdfast/protocol/office/import";
import { barcodesMax, packMax, searchCharsMax } from "@holdfast/protocol/office/limits";
import { type ImportRow, importError } from "./read-csv.ts";

/** What a row says, where it says anything: an empty cell leaves what is there as it is. */
export type RowFacts = {
  readonly line: number;
  readonly name: string;
  readonly sku: string | null;
  readonly barcodes: readonly { readonly code: string; readonly pack: number }[] | null;
  readonly category: string | null;
  readonly price: UnitPrice | null;
  readonly taxes: readonly TaxId[] | null;
  readonly unit: { readonly unit: string; readonly scale: number } | null;
};

export type ImportTerms = { readonly exponent: number; readonly taxes: ReadonlySet<string> };

/** How finely each unit is counted. */
const UNITS: Readonly<Record<string, number>> = { each: 0, kg: 3, l: 3, m: 3 };
/** Minor units; more is a code in the wrong column. */
const PRICE_MAX = 100_000_000_000;
const NO_TAX = "none";

/** Reads the cells of a row, and tells everything that is wrong with them. */
export function checkRow(row: ImportRow, terms: ImportTerms): { facts: RowFacts; errors: ImportError[] } {
  const errors: ImportError[] = [];
  const note: Note = (column, fault, value = row.cells[column] ?? "") => {
    errors.push(importError({ line: row.line, column, fault, value }));
  };
  const cell = (column: ImportColumn, max: number): string | null => {
    const text = row.cells[column] ?? "";
    if (text.length > max) note(column, "too-long");
    return text === "" ? null : text;
  };
  const name = cell("name", nameCharsMax);
  const sku = cell("sku", codeCharsMax);
  if (name === null && row.cells.name !== undefined) note("name", "name-missing");
  if (sku === null && (row.cells.barcode ?? "") === "") note("barcode", "code-missing");
  const category = cell("category", searchCharsMax);
  const facts = {
    line: row.line,
    name: name ?? "",
    sku,
    category,
    barcodes: barcodesIn(row.cells.barcode ?? "", note),
    price: priceIn(row.cells.price ?? "", terms, note),
    taxes: taxesIn(row.cells.tax ?? "", terms, note),
    unit: unitIn(row.cells.unit ?? "", note),
  };
  return { facts, errors };
}

type Note = (column: ImportColumn, fault: ImportFault, value?: string) => void;

/** Codes with a space between; `4006381333948*6` is one whose scan means six. */
function barcodesIn(text: string, note: Note): RowFacts["barcodes"] {
  if (text === "") return null;
  const barcodes: { code: string; pack: number }[] = [];
  for (const part of text.split(/\s+/)) {
    const [, code = "", pack = "1"] = /^([^*]+)(?:\*(\d{1,6}))?$/.exec(part) ?? [];
    const units = Number(pack);
    if (code === "" || code.length > codeCharsMax || units < 1 || units > packMax)
      note("barcode", "barcode-unreadable", part);
    else if (hasGtinShape(code) && parseGtin(code) === null) note("barcode", "barcode-check-digit", code);
    else barcodes.push({ code, pack: units });
  }
  if (barcodes.length > barcodesMax) note("barcode", "too-long");
  return barcodes;
}

/** `12.50`, or `12,50` as half of the world writes it. A third digit after it is a thousand to the other half: refused. */
function priceIn(text: string, { exponent }: ImportTerms, note: Note): UnitPrice | null {
  if (text === "") return null;
  const price = parseDecimal(text.includes(".") ? text : text.replace(",", "."));
  if (price === null) note("price", "price-unreadable");
  else if (price.units < 0) note("price", "price-negative");
  else if (price.scale > exponent || (/[.,]\d{3,}$/.test(text) && exponent < 3)) note("price", "price-too-fine");
  else {
    const { units } = rescale(price, exponent, "down");
    if (units <= PRICE_MAX) return { units, scale: exponent, per: 1 };
    note("price", "price-too-high");
  }
  return null;
}

function taxesIn(text: string, { taxes }: ImportTerms, note: Note): RowFacts["taxes"] {
  if (text === "") return null;
  if (text === NO_TAX) return [];
  const named = text.split(/\s+/);
  for (const tax of named) if (!taxes.has(tax)) note("tax", "tax-unknown", tax);
  return named as TaxId[];
}

function unitIn(text: string, note: Note): RowFacts["unit"] {
  if (text === "") return null;
  const scale = UNITS[text];
  if (scale === undefined) note("unit", "unit-unknown");
  return { unit: text, scale: scale ?? 0 };
}
