import { parseGtin } from "@holdfast/domain/catalog/barcode/gtin";
import type { ProductId, VariantId } from "@holdfast/domain/catalog/variant";
import type { Uuid } from "@holdfast/domain/kernel/id";
import { decimalToText } from "@holdfast/domain/money/decimal";
import type { ImportColumn, ImportDifference, ImportError, ImportFault } from "@holdfast/protocol/office/import";
import { priceInForce, withPriceInForce } from "../price-in-force.ts";
import type { VariantFacts, VariantPrices } from "../write-catalog.ts";
import type { RowFacts } from "./check-row.ts";
import type { KnownVariant } from "./known-goods.ts";
import { importError } from "./read-csv.ts";

/** What an import would do, and what is in its way. */
export type ImportPlan = {
  readonly variants: readonly VariantFacts[];
  readonly prices: readonly VariantPrices[];
  readonly differences: readonly ImportDifference[];
  readonly unchanged: number;
  readonly errors: readonly ImportError[];
};

export type PlanTerms = {
  readonly known: readonly KnownVariant[];
  /** Of new products that name none; null where somebody has to say. */
  readonly defaultTaxes: VariantFacts["taxes"] | null;
  readonly newId: () => Uuid;
  readonly nowMs: number;
};

/** Compares rows with the shop. A row is about the variant that has its SKU, else about the one that has its barcode. */
export function planImport(rows: readonly RowFacts[], terms: PlanTerms): ImportPlan {
  const found = findGoods(terms.known);
  const seen = { skus: new Map<string, number>(), codes: new Map<string, number>(), variants: new Set<VariantId>() };
  const plan = { variants: [] as VariantFacts[], prices: [] as VariantPrices[], differences: [] as ImportDifference[] };
  const errors: ImportError[] = [];
  let unchanged = 0;
  for (const row of rows) {
    const faults = clashesOf(row, { ...found, seen });
    const before = variantOf(row, found);
    if (before !== null && seen.variants.has(before.variant)) faults.push(["sku", "row-unclear", before.sku]);
    if (before !== null) seen.variants.add(before.variant);
    const after = afterRow(row, before, terms);
    if (before === null && row.taxes === null && terms.defaultTaxes === null) faults.push(["tax", "tax-missing", ""]);
    if (before !== null && row.unit !== null && row.unit.unit !== before.unit)
      faults.push(["unit", "unit-differs", row.unit.unit]);
    errors.push(...faults.map(([column, fault, value]) => importError({ line: row.line, column, fault, value })));
    const prices = pricesAfter(row, before, terms);
    const changes = changesOf(row, { before, after, nowMs: terms.nowMs });
    if (before !== null && changes.length === 0) unchanged += 1;
    else {
      plan.differences.push({
        line: row.line,
        kind: before === null ? "new" : "changed",
        sku: after.sku,
        name: after.name,
        changes,
      });
      plan.variants.push(after);
    }
    if (prices !== null) plan.prices.push({ variant: after.variant, prices });
  }
  return { ...plan, unchanged, errors };
}

type Found = { readonly bySku: ReadonlyMap<string, KnownVariant>; readonly byCode: ReadonlyMap<string, KnownVariant> };

function findGoods(known: readonly KnownVariant[]): Found {
  return {
    bySku: new Map(known.map((variant) => [variant.sku, variant])),
    byCode: new Map(known.flatMap((variant) => variant.barcodes.map(({ code }) => [codeKey(code), variant] as const))),
  };
}

function codeKey(code: string): string {
  return parseGtin(code) ?? code;
}

function variantOf({ sku, barcodes }: RowFacts, { bySku, byCode }: Found): KnownVariant | null {
  if (sku !== null) return bySku.get(sku) ?? null;
  for (const { code } of barcodes ?? []) {
    const variant = byCode.get(codeKey(code));
    if (variant !== undefined) return variant;
  }
  return null;
}

type Fault = [column: ImportColumn, fault: ImportFault, value: string];
type Seen = { readonly skus: Map<string, number>; readonly codes: Map<string, number> };

/** An SKU and a barcode lead to one variant each: in the file, and in the shop. */
function clashesOf(row: RowFacts, found: Found & { readonly seen: Seen }): Fault[] {
  const faults: Fault[] = [];
  const own = variantOf(row, found);
  const { sku } = row;
  if (sku !== null && found.seen.skus.has(sku)) faults.push(["sku", "sku-twice", sku]);
  if (sku !== null) found.seen.skus.set(sku, row.line);
  for (const { code } of row.barcodes ?? []) {
    const key = codeKey(code);
    const owner = found.byCode.get(key);
    if (found.seen.codes.has(key)) faults.push(["barcode", "barcode-twice", code]);
    else if (owner !== undefined && owner.variant !== own?.variant) faults.push(["barcode", "barcode-taken", code]);
    found.seen.codes.set(key, row.line);
  }
  return faults;
}

function afterRow(row: RowFacts, before: KnownVariant | null, { newId, defaultTaxes }: PlanTerms): VariantFacts {
  if (before !== null) {
    const { prices: _prices, ...facts } = before;
    return {
      ...facts,
      name: row.name,
      // A product of one variant has its name; one of several keeps its own.
      productName: before.productName === before.name ? row.name : before.productName,
      category: row.category ?? before.category,
      taxes: row.taxes ?? before.taxes,
      barcodes: row.barcodes ?? before.barcodes,
    };
  }
  const id = newId();
  return {
    variant: id as VariantId,
    // A product of a single variant goes by its id, which then travels once.
    product: id as ProductId,
    productName: row.name,
    name: row.name,
    sku: row.sku ?? row.barcodes?.[0]?.code ?? "",
    category: row.category,
    unit: row.unit?.unit ?? "each",
    unitScale: row.unit?.scale ?? 0,
    taxes: row.taxes ?? defaultTaxes ?? [],
    stocked: true,
    barcodes: row.barcodes ?? [],
  };
}

function pricesAfter(
  { price }: RowFacts,
  before: KnownVariant | null,
  { nowMs }: PlanTerms,
): VariantPrices["prices"] | null {
  return price === null ? null : withPriceInForce(before?.prices ?? [], price, nowMs);
}

type Change = ImportDifference["changes"][number];

function changesOf(
  row: RowFacts,
  {
    before,
    after,
    nowMs,
  }: { readonly before: KnownVariant | null; readonly after: VariantFacts; readonly nowMs: number },
): Change[] {
  const oldPrice = before === null ? null : priceInForce(before.prices, nowMs);
  const newPrice = row.price ?? oldPrice;
  const texts: readonly (readonly [ImportColumn, string | null, string | null])[] = [
    ["sku", before?.sku ?? null, after.sku],
    ["name", before?.name ?? null, after.name],
    ["barcode", before === null ? null : codesText(before), codesText(after)],
    ["category", before?.category ?? null, after.category],
    ["price", oldPrice === null ? null : decimalToText(oldPrice), newPrice === null ? null : decimalToText(newPrice)],
    ["tax", before === null ? null : taxText(before), taxText(after)],
    ["unit", before?.unit ?? null, after.unit],
  ];
  return texts.flatMap(([column, old, now]) => (old === now ? [] : [{ column, before: old, after: now }]));
}

function codesText({ barcodes }: VariantFacts): string {
  const texts = barcodes.map(({ code, pack }) => (pack === 1 ? code : `${code}*${pack}`));
  return texts.sort().join(" ");
}

function taxText({ taxes }: VariantFacts): string {
  return taxes.length === 0 ? "none" : taxes.join(" ");
}
