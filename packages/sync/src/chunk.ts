import { assert } from "@holdfast/domain/kernel/assert";
import { type Ids, idAt, openIds, rowOfId } from "./ids.ts";
import { packField, unpackField } from "./pack-field.ts";
import type { CachedDocument } from "./ports.ts";
import { joinTexts, openTexts, type Texts, textAt } from "./texts.ts";

/** Raised when chunks are written in another way; what was kept of the old ones is fetched anew. */
export const CHUNK_FORMAT = 2;

/**
 * A chunk of a snapshot as it travels and is stored: documents of one kind, sorted by id, by columns. Names of fields stand
 * once, values that repeat stand once, texts are one text, and a document is only put together when someone asks for it: a
 * hundred thousand of them open in a fraction of a second.
 */
export type Chunk = {
  readonly v: typeof CHUNK_FORMAT;
  readonly kind: string;
  readonly count: number;
  readonly ids: string;
  /** The first revision, then by how much each differs from the one before it. */
  readonly revs: readonly number[];
  readonly columns: Readonly<Record<string, Column>>;
};

type Column =
  /** The field only repeats the id. */
  | { readonly id: true }
  | { readonly text: string }
  | { readonly dict: readonly unknown[]; readonly at: readonly number[] }
  | { readonly values: readonly unknown[] };

/** A column whose values repeat more than this many times each, on average, is told by its distinct values. */
const REPEATS_MIN = 4;
/** In a column, a field that a document does not have; null is a value like any other. */
const ABSENT = "\u0000";

/** @param documents of one kind */
export function encodeChunk(kind: string, documents: readonly CachedDocument[]): Chunk {
  const sorted = documents.toSorted((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  const ids = joinTexts(sorted.map(({ id }) => id));
  assert(ids !== null, "an id has no line break");
  const names = new Set<string>();
  for (const { body } of sorted) for (const name of Object.keys(body as object)) names.add(name);
  const columns: Record<string, Column> = {};
  for (const name of [...names].sort()) {
    const isId = sorted.every(({ id, body }) => (body as Record<string, unknown>)[name] === id);
    columns[name] = isId ? { id: true } : encodeColumn(sorted.map((document) => packedField(kind, name, document)));
  }
  const revs = sorted.map(({ rev }, index) => rev - (sorted[index - 1]?.rev ?? 0));
  return { v: CHUNK_FORMAT, kind, count: sorted.length, ids, revs, columns };
}

function packedField(kind: string, name: string, { body }: CachedDocument): unknown {
  const value = (body as Record<string, unknown>)[name];
  return value === undefined ? ABSENT : packField(kind, name, value);
}

function encodeColumn(values: readonly unknown[]): Column {
  const texts = values.map((value) => JSON.stringify(value));
  const distinct = new Map<string, number>();
  for (const text of texts) if (!distinct.has(text)) distinct.set(text, distinct.size);
  if (distinct.size * REPEATS_MIN <= values.length) {
    return {
      dict: [...distinct.keys()].map((text) => JSON.parse(text) as unknown),
      at: texts.map((text) => distinct.get(text) as number),
    };
  }
  const text = joinTexts(values);
  return text === null ? { values: [...values] } : { text };
}

type OpenColumn =
  | { readonly kind: "id" }
  | { readonly kind: "texts"; readonly texts: Texts }
  | { readonly kind: "dict"; readonly dict: readonly unknown[]; readonly at: Uint32Array<ArrayBuffer> }
  | { readonly kind: "values"; readonly values: readonly unknown[] };

/** A chunk ready to be looked into: plain data, cheap to hand from one thread to another. */
export type OpenChunk = {
  readonly kind: string;
  readonly count: number;
  readonly ids: Ids;
  readonly revs: Float64Array<ArrayBuffer>;
  readonly revSum: number;
  readonly columns: Readonly<Record<string, OpenColumn>>;
};

/** @param json what `encodeChunk` made; its bytes were compared with their hash when they came */
export function openChunk(json: string): OpenChunk {
  const { kind, count, ids, revs, columns } = readChunk(JSON.parse(json));
  const summed = new Float64Array(count);
  let rev = 0;
  let revSum = 0;
  for (const [row, more] of revs.entries()) {
    rev += more;
    summed[row] = rev;
    revSum += rev;
  }
  const byName = Object.entries(columns).map(([name, column]) => [name, openColumn(column, count)] as const);
  return { kind, count, ids: openIds(ids, count), revs: summed, revSum, columns: Object.fromEntries(byName) };
}

/** By hand: a schema would look at each of a hundred thousand values, which takes longer than to read them. */
function readChunk(value: Chunk): Chunk {
  const { v, count, ids, revs, columns } = value;
  assert(v === CHUNK_FORMAT && typeof ids === "string" && Array.isArray(revs), "a chunk of another format");
  assert(revs.length === count && typeof columns === "object", "a chunk has as many rows as it says");
  return value;
}

function openColumn(column: Column, count: number): OpenColumn {
  if ("id" in column) return { kind: "id" };
  if ("text" in column) return { kind: "texts", texts: openTexts(column.text, count) };
  const rows = "values" in column ? column.values : column.at;
  assert(rows.length === count, "a column has a value for each row");
  if ("values" in column) return { kind: "values", values: column.values };
  return { kind: "dict", dict: column.dict, at: Uint32Array.from(column.at) };
}

/** One field of one document; undefined where it has none. */
export function fieldAt(chunk: OpenChunk, row: number, name: string): unknown {
  const packed = packedAt(chunk, row, name);
  return packed === ABSENT || packed === undefined ? undefined : unpackField(chunk.kind, name, packed);
}

/** The same as it is kept, for whoever reads a hundred thousand of them. */
export function packedAt(chunk: OpenChunk, row: number, name: string): unknown {
  const column = chunk.columns[name];
  switch (column?.kind) {
    case undefined:
      return undefined;
    case "id":
      return idAt(chunk.ids, row);
    case "texts":
      return textAt(column.texts, row);
    case "dict":
      return column.dict[column.at[row] ?? 0];
    case "values":
      return column.values[row];
  }
}

export function documentAt(chunk: OpenChunk, row: number): CachedDocument {
  const body: Record<string, unknown> = {};
  for (const name of Object.keys(chunk.columns)) {
    const value = fieldAt(chunk, row, name);
    if (value !== undefined) body[name] = value;
  }
  return { kind: chunk.kind, id: idAt(chunk.ids, row), rev: chunk.revs[row] as number, body };
}

/** Null where the chunk has no such document. */
export function rowOf(chunk: OpenChunk, id: string): number | null {
  return rowOfId(chunk.ids, chunk.count, id);
}
