import type { VariantDocument } from "@holdfast/protocol/documents";
import type { ChannelCopy } from "@holdfast/sync/channel-copy";
import type { Table } from "@holdfast/sync/chunk";

/** Goods by row, each field for itself: a hundred thousand of them are never put together only to be looked through. */
export type Shelf = {
  readonly count: number;
  /** Not replaced by a newer document, and still sold. */
  readonly isCurrent: (row: number) => boolean;
  readonly variantAt: (row: number) => VariantDocument;
  readonly nameAt: (row: number) => string;
  readonly skuAt: (row: number) => string;
  readonly categoryAt: (row: number) => string | null;
  readonly codesAt: (row: number) => readonly string[];
};

/** The goods as the snapshot brought them. */
export function shelfOfSnapshot(table: Table, holds: (row: number) => boolean): Shelf {
  const textAt = (row: number, name: string): string => (table.valueAt(row, name) as string | undefined) ?? "";
  return {
    count: table.count,
    isCurrent: (row) => holds(row) && table.valueAt(row, "archived") !== true,
    variantAt: (row) => table.documentAt(row).body as VariantDocument,
    nameAt: (row) => textAt(row, "name"),
    skuAt: (row) => textAt(row, "sku"),
    categoryAt: (row) => (table.valueAt(row, "category") as string | null | undefined) ?? null,
    codesAt: (row) => ((table.valueAt(row, "barcodes") as VariantDocument["barcodes"] | undefined) ?? []).map(codeOf),
  };
}

/** What came after the snapshot; all of the goods where there is none. */
export function shelfOfChanges(copy: ChannelCopy): Shelf {
  const variants = [...copy.changed("variant")].map(({ body }) => body as VariantDocument);
  const at = (row: number): VariantDocument => variants[row] as VariantDocument;
  return {
    count: variants.length,
    isCurrent: (row) => at(row).archived !== true,
    variantAt: at,
    nameAt: (row) => at(row).name,
    skuAt: (row) => at(row).sku,
    categoryAt: (row) => at(row).category,
    codesAt: (row) => at(row).barcodes.map(codeOf),
  };
}

function codeOf({ code }: VariantDocument["barcodes"][number]): string {
  return code;
}
