import type { VariantId } from "@holdfast/domain/catalog/variant";
import type { VariantDocument } from "@holdfast/protocol/documents";
import type { ChannelCopy } from "@holdfast/sync/channel-copy";
import { codeKey } from "./code-index.ts";
import { foldText } from "./fold.ts";
import { type Hit, search } from "./search.ts";
import { type Shelf, shelfOfChanges, shelfOfChunk } from "./shelf.ts";

/** What a code stands for: one scan of it is so many units. */
export type CodeHit = { readonly variant: VariantDocument; readonly pack: number };

/** The goods of a category. */
export type CategoryGoods = { readonly variants: VariantDocument[]; readonly of: number };

/** The goods of the shop, to be found by code, by words, by category. */
export class Catalogue {
  /** What changed lately first. */
  readonly #shelves: readonly Shelf[];
  readonly #copy: ChannelCopy;
  readonly #goods = new Map<string | null, Goods>();

  constructor(copy: ChannelCopy) {
    this.#copy = copy;
    this.#shelves = [shelfOfChanges(copy), ...copy.base("variant").map(shelfOfChunk)];
  }

  get(variant: VariantId): VariantDocument | null {
    const body = this.#copy.get("variant", variant)?.body as VariantDocument | undefined;
    return body === undefined || body.archived === true ? null : body;
  }

  /** Everything that a scanned or typed code may mean: mostly one. */
  byCode(code: string): CodeHit[] {
    return this.#shelves.flatMap((shelf) =>
      shelf
        .rowsOf(code)
        .filter(shelf.isCurrent)
        .map((row) => codeHit(shelf.variantAt(row), code)),
    );
  }

  search(text: string, max: number): VariantDocument[] {
    const typed = text.trim();
    const byCode = [...this.byCode(typed).map(({ variant }) => variant), ...this.#codesBeginning(typed, max)];
    const known = new Set(byCode.map(({ variant }) => variant));
    const codes = byCode.filter(({ variant }, index) => byCode.findIndex((each) => each.variant === variant) === index);
    if (codes.length >= max) return codes.slice(0, max);
    const found = search(this.#shelves, typed, max).map(variantOf);
    return [...codes, ...found.filter(({ variant }) => !known.has(variant))].slice(0, max);
  }

  /** Somebody types the digits of a code that does not scan. */
  #codesBeginning(typed: string, max: number): VariantDocument[] {
    if (!CODE_BEGINNING.test(typed)) return [];
    const found: VariantDocument[] = [];
    for (const shelf of this.#shelves) {
      if (found.length >= max) break;
      const spellings = [...new Set([typed, typed.toUpperCase()])];
      const rows = spellings.flatMap((code) => shelf.rowsBeginning(code, max - found.length));
      found.push(...rows.filter(shelf.isCurrent).map(shelf.variantAt));
    }
    return found;
  }

  /** Whether the words of all goods can be searched; until then a search finds only some. */
  get isSearchable(): boolean {
    return this.#shelves.every(({ words }) => words !== null);
  }

  /** In the order of the alphabet. */
  categories(): string[] {
    const names = new Set<string>();
    for (const shelf of this.#shelves) {
      for (const [category, rows] of shelf.rowsByCategory()) {
        if (category !== null && !names.has(category) && rows.some(shelf.isCurrent)) names.add(category);
      }
    }
    return [...names].sort(COLLATOR.compare);
  }

  /** The goods of a category by name, all if null; at most so many. */
  inCategory(category: string | null, max: number): CategoryGoods {
    const goods = this.#goods.get(category) ?? this.#goodsOf(category);
    this.#goods.set(category, goods);
    return { variants: goods.first.slice(0, max).map(variantOf), of: goods.of };
  }

  #goodsOf(category: string | null): Goods {
    const hits: Hit<Shelf>[] = [];
    let of = 0;
    for (const shelf of this.#shelves) {
      const byCategory = shelf.rowsByCategory();
      for (const rows of category === null ? byCategory.values() : [byCategory.get(category) ?? []]) {
        for (const row of rows) {
          if (!shelf.isCurrent(row)) continue;
          of += 1;
          if (hits.length < SORTED_MAX) hits.push({ shelf, row });
        }
      }
    }
    return { first: byName(hits), of };
  }
}

type Goods = { readonly first: readonly Hit<Shelf>[]; readonly of: number };

/** At least four letters and digits in one, with a digit among them. */
const CODE_BEGINNING = /^(?=\S*\d)[0-9A-Za-z._/-]{4,}$/;
const COLLATOR = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });
/** So many are sorted as a dictionary does, which takes its time; more of them by their folded letters. */
const COLLATED_MAX = 1_000;
/** Whoever has more than this in one category searches: only the first so many are shown, by name among themselves. */
const SORTED_MAX = 5_000;

function byName(hits: readonly Hit<Shelf>[]): Hit<Shelf>[] {
  const isFew = hits.length <= COLLATED_MAX;
  const named = hits.map((hit) => {
    const name = hit.shelf.nameAt(hit.row);
    return { hit, name: isFew ? name : foldText(name) };
  });
  const compare = isFew ? COLLATOR.compare : (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
  return named.sort((a, b) => compare(a.name, b.name)).map(({ hit }) => hit);
}

function variantOf({ shelf, row }: Hit<Shelf>): VariantDocument {
  return shelf.variantAt(row);
}

function codeHit(variant: VariantDocument, code: string): CodeHit {
  const key = codeKey(code);
  return { variant, pack: variant.barcodes.find((barcode) => codeKey(barcode.code) === key)?.pack ?? 1 };
}
