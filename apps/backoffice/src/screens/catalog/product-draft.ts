import type { ProductId, UnitPrice, VariantId } from "@holdfast/domain/catalog/variant";
import { type Uuid, uuidV7 } from "@holdfast/domain/kernel/id";
import { accept, type Result, refuse } from "@holdfast/domain/kernel/result";
import { decimalToText, parseDecimal } from "@holdfast/domain/money/decimal";
import type { TaxId } from "@holdfast/domain/tax/tax";
import { codeCharsMax } from "@holdfast/protocol/limits";
import { packMax } from "@holdfast/protocol/office/limits";
import type { CatalogOptions, Product, SaveProductRequest } from "@holdfast/protocol/office/products";

/** A product as somebody types it: everything is text until it is whole. */
export type ProductDraft = {
  readonly variant: VariantId;
  readonly product: ProductId;
  readonly name: string;
  readonly sku: string;
  readonly category: string;
  readonly unit: string;
  readonly scale: number;
  readonly taxes: readonly TaxId[];
  readonly stocked: boolean;
  readonly archived: boolean;
  /** One a line, a pack's size after a blank. */
  readonly barcodes: string;
  readonly prices: readonly DraftPrice[];
  /** What was edited: 0 for a new product. */
  readonly rev: number;
  /** The name of the family, which stays while only this variant of it is renamed. */
  readonly productName: string | null;
};

export type DraftPrice = { readonly priceList: Uuid; readonly text: string; readonly per: number };

export type DraftFault = {
  readonly field: "name" | "sku" | "barcodes" | `price ${string}`;
  readonly word: "required" | "barcodesWrong" | "priceWrong";
};

export function draftOf(product: Product, { priceLists }: CatalogOptions): ProductDraft {
  const { variant, product: family, name, productName, sku, category, unit, taxes, stocked, archived, rev } = product;
  return {
    ...{ variant, product: family, name, sku, taxes, stocked, archived, rev },
    category: category ?? "",
    unit: unit.unit,
    scale: unit.scale,
    barcodes: product.barcodes.map(({ code, pack }) => (pack === 1 ? code : `${code} ${pack}`)).join("\n"),
    prices: priceLists.map(({ priceList }) => {
      const price = product.prices.find((each) => each.priceList === priceList)?.price ?? null;
      return { priceList, text: price === null ? "" : decimalToText(price), per: price?.per ?? 1 };
    }),
    productName: productName === name ? null : productName,
  };
}

/** @param random twenty random bytes: ids come from whoever makes a thing, so that a retry makes no second one */
export function emptyDraft({ priceLists, taxes }: CatalogOptions, nowMs: number, random: Uint8Array): ProductDraft {
  return {
    variant: uuidV7(nowMs, random.subarray(0, 10)) as VariantId,
    product: uuidV7(nowMs, random.subarray(10, 20)) as ProductId,
    ...{ name: "", sku: "", category: "", barcodes: "", unit: "each", scale: 0, rev: 0, productName: null },
    ...{ stocked: true, archived: false },
    taxes: taxes.slice(0, 1).map(({ tax }) => tax),
    prices: priceLists.map(({ priceList }) => ({ priceList, text: "", per: 1 })),
  };
}

/** The request that saves the draft, or everything that is wrong with it. */
export function requestOf(draft: ProductDraft): Result<SaveProductRequest, readonly DraftFault[]> {
  const faults: DraftFault[] = [];
  const [name, sku] = [draft.name.trim(), draft.sku.trim()];
  if (name === "") faults.push({ field: "name", word: "required" });
  if (sku === "") faults.push({ field: "sku", word: "required" });
  const barcodes = barcodesOf(draft.barcodes);
  if (barcodes === null) faults.push({ field: "barcodes", word: "barcodesWrong" });
  const prices = draft.prices.map(({ priceList, text, per }) => ({ priceList, price: priceOf(text, per) }));
  for (const { priceList, price } of prices) {
    if (price === undefined) faults.push({ field: `price ${priceList}`, word: "priceWrong" });
  }
  if (faults.length > 0 || barcodes === null) return refuse(faults);
  const { product, unit, scale, taxes, stocked, archived, rev, category, productName } = draft;
  return accept({
    ...{ product, productName: productName ?? name, name, sku, stocked, archived, rev, barcodes },
    category: category.trim() === "" ? null : category.trim(),
    unit: { unit, scale },
    taxes: [...taxes],
    prices: prices.map(({ priceList, price = null }) => ({ priceList, price })),
  });
}

/** Null for none; undefined for what is no price. A comma is as good as a point. */
function priceOf(text: string, per: number): UnitPrice | null | undefined {
  if (text.trim() === "") return null;
  const price = parseDecimal(text.trim().replace(",", "."));
  return price === null || price.units < 0 ? undefined : { ...price, per };
}

function barcodesOf(text: string): SaveProductRequest["barcodes"] | null {
  const lines = text.split("\n").flatMap((line) => (line.trim() === "" ? [] : [line.trim().split(/\s+/)]));
  const barcodes = lines.map(([code = "", pack = "1", ...rest]) => ({
    code,
    pack: Number(pack),
    isOver: rest.length > 0,
  }));
  const isWrong = barcodes.some(
    ({ code, pack, isOver }) =>
      isOver || code.length > codeCharsMax || !Number.isInteger(pack) || pack < 1 || pack > packMax,
  );
  return isWrong ? null : barcodes.map(({ code, pack }) => ({ code, pack }));
}
