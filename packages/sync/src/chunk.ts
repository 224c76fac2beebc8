import { assert } from "@holdfast/domain/kernel/assert";
import { z } from "zod";
import type { CachedDocument } from "./ports.ts";

/**
 * A chunk of a snapshot: documents of one kind by columns. Names of fields stand once, values that repeat stand once, and a
 * document is only put together when someone asks for it: a hundred thousand of them open in a fraction of a second.
 */
export const chunkSchema = z.object({
  v: z.literal(1),
  kind: z.string(),
  ids: z.array(z.string()),
  revs: z.array(z.int()),
  columns: z.record(
    z.string(),
    z.union([
      z.object({ values: z.array(z.unknown()) }),
      z.object({ dict: z.array(z.unknown()), at: z.array(z.int()) }),
    ]),
  ),
});
export type Chunk = z.infer<typeof chunkSchema>;
type Column = Chunk["columns"][string];

/** A column whose values repeat more than this many times each, on average, is told by its distinct values. */
const REPEATS_MIN = 4;
/** In a column, a field that a document does not have; null is a value like any other. */
const ABSENT = "\u0000";
/** Stands for a document's own id in a column that repeats it. */
const ID = "\u0000id";

/** @param documents of one kind */
export function encodeChunk(kind: string, documents: readonly CachedDocument[]): Chunk {
  const names = new Set<string>();
  for (const { body } of documents) for (const name of Object.keys(body as object)) names.add(name);
  const columns: Record<string, Column> = {};
  for (const name of [...names].sort()) {
    // The field that only repeats the id costs nothing.
    if (documents.every(({ id, body }) => (body as Record<string, unknown>)[name] === id))
      columns[name] = { dict: [ID], at: [] };
    else
      columns[name] = encodeColumn(
        documents.map(({ body }) => pack(kind, name, (body as Record<string, unknown>)[name])),
      );
  }
  return { v: 1, kind, ids: documents.map(({ id }) => id), revs: documents.map(({ rev }) => rev), columns };
}

function encodeColumn(values: readonly unknown[]): Column {
  const texts = values.map((value) => JSON.stringify(value));
  const distinct = new Map<string, number>();
  for (const text of texts) if (!distinct.has(text)) distinct.set(text, distinct.size);
  if (distinct.size * REPEATS_MIN > values.length) return { values: [...values] };
  return {
    dict: [...distinct.keys()].map((text) => JSON.parse(text) as unknown),
    at: texts.map((text) => distinct.get(text) as number),
  };
}

/** Documents of one kind, read from chunks; a row is named by its place. */
export class Table {
  readonly kind: string;
  readonly #chunks: { readonly first: number; readonly chunk: Chunk }[] = [];
  #count = 0;

  constructor(kind: string) {
    this.kind = kind;
  }

  get count(): number {
    return this.#count;
  }

  add(chunk: Chunk): void {
    assert(chunk.kind === this.kind, "a table holds one kind");
    this.#chunks.push({ first: this.#count, chunk });
    this.#count += chunk.ids.length;
  }

  idAt(row: number): string {
    const { chunk, place } = this.#place(row);
    return chunk.ids[place] as string;
  }

  revAt(row: number): number {
    const { chunk, place } = this.#place(row);
    return chunk.revs[place] as number;
  }

  /** One field of one document, without putting the document together. */
  valueAt(row: number, name: string): unknown {
    const { chunk, place } = this.#place(row);
    return valueIn(chunk, name, place);
  }

  documentAt(row: number): CachedDocument {
    const { chunk, place } = this.#place(row);
    const body: Record<string, unknown> = {};
    for (const name of Object.keys(chunk.columns)) {
      const value = valueIn(chunk, name, place);
      if (value !== undefined) body[name] = value;
    }
    return { kind: this.kind, id: chunk.ids[place] as string, rev: chunk.revs[place] as number, body };
  }

  #place(row: number): { chunk: Chunk; place: number } {
    let low = 0;
    let high = this.#chunks.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#chunks[middle]?.first ?? 0) <= row) low = middle;
      else high = middle - 1;
    }
    const found = this.#chunks[low];
    assert(found !== undefined && row < this.#count, `no row ${row} in ${this.kind}`);
    return { chunk: found.chunk, place: row - found.first };
  }
}

function valueIn(chunk: Chunk, name: string, place: number): unknown {
  const value = packedIn(chunk, name, place);
  return value === ABSENT ? undefined : unpack(chunk.kind, name, value);
}

function packedIn(chunk: Chunk, name: string, place: number): unknown {
  const column = chunk.columns[name];
  if (column === undefined) return ABSENT;
  if ("values" in column) return column.values[place];
  return column.dict[0] === ID ? chunk.ids[place] : column.dict[column.at[place] as number];
}

/** Fields that come a hundred thousand times and mostly say something simple are kept in a simple form. */
type Packer = { readonly pack: (value: unknown) => unknown; readonly unpack: (packed: unknown) => unknown };

const PACKERS: Readonly<Record<string, Packer>> = {
  /** `4006381333931 4006381333948*6`: codes with how many one scan means. */
  "variant.barcodes": {
    pack: (value) => {
      const barcodes = value as readonly { readonly code: string; readonly pack: number }[];
      if (!barcodes.every(({ code }) => PLAIN_CODE.test(code))) return value;
      return barcodes.map(({ code, pack: units }) => (units === 1 ? code : `${code}*${units}`)).join(" ");
    },
    unpack: (packed) => {
      if (typeof packed !== "string") return packed;
      return packed === "" ? [] : packed.split(" ").map(parseBarcode);
    },
  },
  /** `1299`: one price in hundredths for one unit, at any time. */
  "price.prices": {
    pack: (value) => {
      const [only, ...rest] = value as readonly PlainPrice[];
      const isPlain = rest.length === 0 && only?.price.scale === 2 && only.price.per === 1;
      return isPlain && only.from === null && only.to === null && only.minQuantity === 0 ? only.price.units : value;
    },
    unpack: (packed) =>
      typeof packed === "number"
        ? [{ price: { units: packed, scale: 2, per: 1 }, from: null, to: null, minQuantity: 0 }]
        : packed,
  },
};

type PlainPrice = {
  readonly price: { readonly units: number; readonly scale: number; readonly per: number };
  readonly from: string | null;
  readonly to: string | null;
  readonly minQuantity: number;
};

/** No space and no star, which part the codes; nearly every real one is like that. */
const PLAIN_CODE = /^[0-9A-Za-z._/-]+$/;

function parseBarcode(text: string): { code: string; pack: number } {
  const [code = "", pack = "1"] = text.split("*");
  return { code, pack: Number(pack) };
}

function pack(kind: string, name: string, value: unknown): unknown {
  if (value === undefined) return ABSENT;
  return PACKERS[`${kind}.${name}`]?.pack(value) ?? value;
}

function unpack(kind: string, name: string, value: unknown): unknown {
  const packer = PACKERS[`${kind}.${name}`];
  return packer === undefined ? value : packer.unpack(value);
}
