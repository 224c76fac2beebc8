import { parseGtin } from "@holdfast/domain/catalog/barcode/gtin";
import type { VariantId } from "@holdfast/domain/catalog/variant";
import type { VariantDocument } from "@holdfast/protocol/documents";
import type { ChannelCopy } from "@holdfast/sync/channel-copy";
import { SearchIndex } from "./search-index.ts";
import { type Shelf, shelfOfChanges, shelfOfSnapshot } from "./shelf.ts";

/** What a code stands for: one scan of it is so many units. */
export type CodeHit = { readonly variant: VariantDocument; readonly pack: number };

/** The goods of the shop, to be found by code, by words, by category. Nothing of it is made before someone asks. */
export class Catalogue {
  readonly #shelves: readonly IndexedShelf[];
  readonly #copy: ChannelCopy;

  constructor(copy: ChannelCopy) {
    this.#copy = copy;
    const base = copy.base("variant");
    const changes = new IndexedShelf(shelfOfChanges(copy));
    this.#shelves = base === null ? [changes] : [changes, snapshotShelf(base.table, base.isCurrent)];
  }

  get(variant: VariantId): VariantDocument | null {
    const body = this.#copy.get("variant", variant)?.body as VariantDocument | undefined;
    return body === undefined || body.archived === true ? null : body;
  }

  /** Everything that a scanned or typed code may mean: mostly one. */
  byCode(code: string): CodeHit[] {
    return this.#shelves.flatMap((shelf) => shelf.byCode(code));
  }

  search(text: string, max: number): VariantDocument[] {
    const exact = this.byCode(text.trim()).map(({ variant }) => variant);
    const found = this.#shelves.flatMap((shelf) => shelf.search(text, max));
    const known = new Set(exact.map(({ variant }) => variant));
    return [...exact, ...found.filter(({ variant }) => !known.has(variant))].slice(0, max);
  }

  /** In the order of the alphabet. */
  categories(): string[] {
    const names = new Set(this.#shelves.flatMap((shelf) => [...shelf.categories()]));
    return [...names].sort(COLLATOR.compare);
  }

  /** The goods of a category by name, all if null; at most so many. */
  inCategory(category: string | null, max: number): { readonly variants: VariantDocument[]; readonly of: number } {
    const places = this.#shelves.flatMap((shelf) => shelf.rowsIn(category).map((row) => ({ shelf, row })));
    const sorted =
      places.length > SORTED_MAX
        ? places
        : places.sort((a, b) => COLLATOR.compare(a.shelf.nameAt(a.row), b.shelf.nameAt(b.row)));
    return { variants: sorted.slice(0, max).map(({ shelf, row }) => shelf.variantAt(row)), of: places.length };
  }
}

const COLLATOR = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });
/** Whoever has more than this in one category searches. */
const SORTED_MAX = 5_000;

/** A snapshot's goods never change, so what was made over them serves until the next snapshot. */
const snapshotShelves = new WeakMap<object, { shelf: IndexedShelf; isCurrent: (row: number) => boolean }>();

function snapshotShelf(
  table: Parameters<typeof shelfOfSnapshot>[0],
  isCurrent: (row: number) => boolean,
): IndexedShelf {
  const known = snapshotShelves.get(table);
  if (known !== undefined) {
    known.isCurrent = isCurrent;
    known.shelf.forgetRows();
    return known.shelf;
  }
  const made = { isCurrent } as { shelf: IndexedShelf; isCurrent: (row: number) => boolean };
  made.shelf = new IndexedShelf(shelfOfSnapshot(table, (row) => made.isCurrent(row)));
  snapshotShelves.set(table, made);
  return made.shelf;
}

class IndexedShelf {
  readonly #shelf: Shelf;
  #index: SearchIndex | null = null;
  #codes: Map<string, number | number[]> | null = null;
  #rows: Map<string | null, number[]> | null = null;

  constructor(shelf: Shelf) {
    this.#shelf = shelf;
  }

  /** Which rows still hold has changed. */
  forgetRows(): void {
    this.#rows = null;
  }

  variantAt(row: number): VariantDocument {
    return this.#shelf.variantAt(row);
  }

  nameAt(row: number): string {
    return this.#shelf.nameAt(row);
  }

  byCode(code: string): CodeHit[] {
    this.#codes ??= codesOf(this.#shelf);
    const key = codeKey(code);
    const rows = [this.#codes.get(key) ?? []].flat().filter((row) => this.#shelf.isCurrent(row));
    return rows.map((row) => {
      const variant = this.#shelf.variantAt(row);
      return { variant, pack: variant.barcodes.find((barcode) => codeKey(barcode.code) === key)?.pack ?? 1 };
    });
  }

  search(text: string, max: number): VariantDocument[] {
    this.#index ??= new SearchIndex(Array.from({ length: this.#shelf.count }, (_, row) => textAt(this.#shelf, row)));
    return this.#index.find(text, max, this.#shelf.isCurrent).map((row) => this.#shelf.variantAt(row));
  }

  categories(): Iterable<string> {
    return [...this.#rowsByCategory().keys()].filter((name) => name !== null);
  }

  rowsIn(category: string | null): readonly number[] {
    return this.#rowsByCategory().get(category) ?? [];
  }

  /** Under null: all of them. */
  #rowsByCategory(): Map<string | null, number[]> {
    if (this.#rows !== null) return this.#rows;
    const all: number[] = [];
    const rows = new Map<string | null, number[]>([[null, all]]);
    for (let row = 0; row < this.#shelf.count; row += 1) {
      if (!this.#shelf.isCurrent(row)) continue;
      all.push(row);
      const category = this.#shelf.categoryAt(row);
      if (category === null) continue;
      const known = rows.get(category);
      if (known === undefined) rows.set(category, [row]);
      else known.push(row);
    }
    this.#rows = rows;
    return rows;
  }
}

function codesOf(shelf: Shelf): Map<string, number | number[]> {
  const codes = new Map<string, number | number[]>();
  for (let row = 0; row < shelf.count; row += 1) {
    for (const code of new Set([...shelf.codesAt(row), shelf.skuAt(row)].map(codeKey))) {
      const known = codes.get(code);
      if (code !== "") codes.set(code, known === undefined ? row : [known, row].flat());
    }
  }
  return codes;
}

function textAt(shelf: Shelf, row: number): string {
  return `${shelf.nameAt(row)} ${shelf.skuAt(row)} ${shelf.codesAt(row).join(" ")}`;
}

/** A GTIN is the same whether it came with 8, 12, 13 or 14 digits. */
function codeKey(code: string): string {
  return parseGtin(code) ?? code;
}
