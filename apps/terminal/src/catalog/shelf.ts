import type { VariantDocument } from "@holdfast/protocol/documents";
import type { BaseChunk, ChannelCopy } from "@holdfast/sync/channel-copy";
import { documentAt, fieldAt, type OpenChunk, packedAt } from "@holdfast/sync/chunk";
import { indexAt } from "@holdfast/sync/texts";
import { type CodeIndex, codeKey, makeCodeIndex, rowsOfKey } from "./code-index.ts";
import { makeWordIndex, type WordIndex } from "./word-index.ts";

/** Goods by row, each field for itself: a hundred thousand of them are never put together only to be looked through. */
type Rows = {
  readonly count: number;
  readonly variantAt: (row: number) => VariantDocument;
  readonly nameAt: (row: number) => string;
  readonly skuAt: (row: number) => string;
  readonly codesAt: (row: number) => readonly string[];
  readonly categoryAt: (row: number) => string | null;
};

/** Goods and what they are found by. */
export type Shelf = Rows & {
  /** Not replaced by a newer document, and still sold. */
  readonly isCurrent: (row: number) => boolean;
  readonly rowsOf: (code: string) => number[];
  /** Rows with a code that begins so, in their order; at most so many. */
  readonly rowsBeginning: (code: string, max: number) => number[];
  readonly rowsByCategory: () => RowsByCategory;
  /** Null while they are being made beside this thread. */
  readonly words: WordIndex | null;
};

type RowsByCategory = ReadonlyMap<string | null, readonly number[]>;

/** What is made over a chunk's goods. It never changes, since the chunk never does. */
export type GoodsIndex = { readonly codes: CodeIndex; words: WordIndex | null; categories?: RowsByCategory };

const indexes = new WeakMap<OpenChunk, GoodsIndex>();

/** Keeps what another thread made, for as long as the chunk is there. */
export function keepIndex(chunk: OpenChunk, index: GoodsIndex): void {
  indexes.set(chunk, index);
}

export function forgetIndex(chunk: OpenChunk): void {
  indexes.delete(chunk);
}

export function codesOfChunk(chunk: OpenChunk): CodeIndex {
  return makeCodeIndex(chunk.count, scannable(rowsOfChunk(chunk)));
}

export function wordsOfChunk(chunk: OpenChunk): WordIndex {
  return wordsOfRows(rowsOfChunk(chunk));
}

/** The goods as the snapshot brought them. */
export function shelfOfChunk({ chunk, replaced }: BaseChunk): Shelf {
  const rows = rowsOfChunk(chunk);
  const known = indexes.get(chunk);
  const index = known ?? { codes: codesOfChunk(chunk), words: wordsOfChunk(chunk) };
  if (known === undefined) keepIndex(chunk, index);
  const hasArchived = "archived" in chunk.columns;
  return {
    ...rows,
    isCurrent: (row) => !replaced.has(row) && (!hasArchived || packedAt(chunk, row, "archived") !== true),
    rowsOf: (code) => rowsWithCode(rows, index.codes, code),
    rowsBeginning: (code, max) => rowsWithBeginning(chunk, code, max),
    rowsByCategory: () => {
      index.categories ??= byCategory(rows);
      return index.categories;
    },
    get words() {
      return index.words;
    },
  };
}

/** What came after the snapshot; all of the goods where there is none. Its indexes are made when someone first asks. */
export function shelfOfChanges(copy: ChannelCopy): Shelf {
  const variants = [...copy.changed("variant")].map(({ body }) => body as VariantDocument);
  const at = (row: number): VariantDocument => variants[row] as VariantDocument;
  const rows: Rows = {
    count: variants.length,
    variantAt: at,
    nameAt: (row) => at(row).name,
    skuAt: (row) => at(row).sku,
    categoryAt: (row) => at(row).category,
    codesAt: (row) => at(row).barcodes.map(({ code }) => code),
  };
  let codes: CodeIndex | null = null;
  let words: WordIndex | null = null;
  let categories: RowsByCategory | null = null;
  const own = scannable(rows);
  return {
    ...rows,
    isCurrent: (row) => at(row).archived !== true,
    rowsOf: (code) => {
      codes ??= makeCodeIndex(rows.count, own);
      return rowsWithCode(rows, codes, code);
    },
    rowsBeginning: (code, max) => {
      const found: number[] = [];
      for (let row = 0; row < rows.count && found.length < max; row += 1) {
        if (own(row).some((each) => each.startsWith(code))) found.push(row);
      }
      return found;
    },
    rowsByCategory: () => {
      categories ??= byCategory(rows);
      return categories;
    },
    get words() {
      words ??= wordsOfRows(rows);
      return words;
    },
  };
}

function rowsOfChunk(chunk: OpenChunk): Rows {
  const text = (row: number, name: string): string => (packedAt(chunk, row, name) as string | undefined) ?? "";
  return {
    count: chunk.count,
    variantAt: (row) => documentAt(chunk, row).body as VariantDocument,
    nameAt: (row) => text(row, "name"),
    skuAt: (row) => text(row, "sku"),
    categoryAt: (row) => (packedAt(chunk, row, "category") as string | null | undefined) ?? null,
    codesAt: (row) => ((fieldAt(chunk, row, "barcodes") as VariantDocument["barcodes"] | undefined) ?? []).map(codeOf),
  };
}

function codeOf({ code }: VariantDocument["barcodes"][number]): string {
  return code;
}

function scannable({ codesAt, skuAt }: Rows): (row: number) => readonly string[] {
  return (row) => [...codesAt(row), skuAt(row)];
}

function wordsOfRows({ count, nameAt }: Rows): WordIndex {
  return makeWordIndex(Array.from({ length: count }, (_, row) => nameAt(row)));
}

function rowsWithCode(rows: Rows, codes: CodeIndex, code: string): number[] {
  const key = codeKey(code);
  const own = scannable(rows);
  return rowsOfKey(codes, key).filter((row) => own(row).some((each) => codeKey(each) === key));
}

function byCategory({ count, categoryAt }: Rows): RowsByCategory {
  const rows = new Map<string | null, number[]>();
  for (let row = 0; row < count; row += 1) {
    const category = categoryAt(row);
    const known = rows.get(category);
    if (known === undefined) rows.set(category, [row]);
    else known.push(row);
  }
  return rows;
}

/** Looks through the codes as they are kept, without cutting any of them out. */
function rowsWithBeginning(chunk: OpenChunk, code: string, max: number): number[] {
  const rows = [...rowsContaining(chunk, "barcodes", { code, max }), ...rowsContaining(chunk, "sku", { code, max })];
  return [...new Set(rows)].sort((a, b) => a - b).slice(0, max);
}

type Wanted = { readonly code: string; readonly max: number };

function rowsContaining(chunk: OpenChunk, name: string, { code, max }: Wanted): number[] {
  const found: number[] = [];
  const column = chunk.columns[name];
  if (column?.kind !== "texts") {
    for (let row = 0; row < chunk.count && found.length < max; row += 1) {
      if (JSON.stringify(packedAt(chunk, row, name) ?? "").includes(`"${code}`)) found.push(row);
    }
    return found;
  }
  const { texts } = column;
  for (let at = texts.text.indexOf(code); at >= 0 && found.length < max; at = texts.text.indexOf(code, at + 1)) {
    // Codes stand after one another with a space between, texts with a line break.
    if (at === 0 || /\s/.test(texts.text.charAt(at - 1))) found.push(indexAt(texts, at));
  }
  return found;
}
