import fc from "fast-check";
import { expect, test } from "vitest";
import { ChannelCopy } from "./channel-copy.ts";
import { documentAt, encodeChunk, fieldAt, type OpenChunk, openChunk, rowOf } from "./chunk.ts";
import type { CachedDocument } from "./ports.ts";

function document(id: string, body: object, rev = 1): CachedDocument {
  return { kind: "variant", id, rev, body };
}

function opened(documents: readonly CachedDocument[]): OpenChunk {
  return openChunk(JSON.stringify(encodeChunk(documents[0]?.kind ?? "variant", documents)));
}

/** Sorted by id, as a chunk is. */
function roundTrip(documents: readonly CachedDocument[]): CachedDocument[] {
  const chunk = opened(documents);
  return Array.from({ length: chunk.count }, (_, row) => documentAt(chunk, row));
}

function byId(a: CachedDocument, b: CachedDocument): number {
  return a.id < b.id ? -1 : 1;
}

/** JSON knows no minus zero. */
function asOnTheWire(body: object): object {
  return JSON.parse(JSON.stringify(body)) as object;
}

const anyBody = fc.dictionary(fc.constantFrom("name", "sku", "category", "unit", "archived"), fc.jsonValue(), {
  noNullPrototype: true,
});
const anyBarcodes = fc.array(
  fc.record({ code: fc.string({ minLength: 1 }), pack: fc.integer({ min: 1, max: 99 }) }, { noNullPrototype: true }),
);

test("documents come back as they were, whatever their fields", () => {
  const bodies = fc.uniqueArray(fc.tuple(fc.uuid(), anyBody, fc.option(anyBarcodes, { nil: undefined })), {
    minLength: 1,
    selector: ([id]) => id,
  });
  fc.assert(
    fc.property(bodies, (rows) => {
      const documents = rows.map(([id, body, barcodes], index) =>
        document(id, asOnTheWire({ ...body, variant: id, ...(barcodes === undefined ? {} : { barcodes }) }), index + 1),
      );
      expect(roundTrip(documents)).toEqual(documents.toSorted(byId));
    }),
  );
});

test("null and a missing field stay two things", () => {
  const documents = [document("a", { category: null }), document("b", {})];
  expect(roundTrip(documents)).toEqual(documents);
});

test("prices come back plain or not", () => {
  const plain = { price: { units: 1299, scale: 2, per: 1 }, from: null, to: null, minQuantity: 0 };
  const prices = [
    [plain],
    [],
    [{ ...plain, price: { units: 5, scale: 3, per: 100 } }],
    [plain, { ...plain, minQuantity: 12 }],
  ];
  const documents = prices.map((each, index) => ({
    kind: "price",
    id: String(index),
    rev: 1,
    body: { variant: String(index), prices: each },
  }));
  expect(roundTrip(documents)).toEqual(documents);
});

const three = ["b", "a", "c"].map((id, index) => document(id, { name: `n${id}` }, 10 * (index + 1)));

test("a row is found by its id, whatever the order in which the documents were given", () => {
  const chunk = opened(three);
  for (const { id, rev } of three) {
    const row = rowOf(chunk, id);
    expect(row).not.toBeNull();
    expect(fieldAt(chunk, row as number, "name")).toBe(`n${id}`);
    expect(documentAt(chunk, row as number).rev).toBe(rev);
  }
  expect([rowOf(chunk, ""), rowOf(chunk, "aa"), rowOf(chunk, "z")]).toEqual([null, null, null]);
  expect(fieldAt(chunk, 0, "nothing of that name")).toBeUndefined();
});

test("texts with line breaks in them come back as well", () => {
  const documents = ["one\ntwo", "", "\n", "three"].map((name, index) => document(`v${index}`, { name }));
  expect(roundTrip(documents)).toEqual(documents);
});

test("what a damaged disk changed is not opened", () => {
  const json = JSON.stringify(encodeChunk("variant", three));
  const damaged = [json.replace('"v":2', '"v":1'), json.replace("a\\nb", "b\\na"), json.replace("na\\nnb", "na nb")];
  for (const each of damaged) {
    expect(each).not.toBe(json);
    expect(() => openChunk(each)).toThrow();
  }
});

test("a copy counts every document once and sums its revision, as chunk or as change", () => {
  const copy = new ChannelCopy();
  copy.addChunk(opened(three));
  copy.addChunk(opened([document("d", { name: "nd" }, 40)]));
  expect(copy.figures()).toEqual({ count: 4, revSum: 100n });
  copy.put(document("a", { name: "changed" }, 50));
  copy.put(document("a", { name: "changed again" }, 51));
  copy.put(document("e", {}, 52));
  expect(copy.figures()).toEqual({ count: 5, revSum: 183n });
  expect(copy.get("variant", "a")?.body).toEqual({ name: "changed again" });
  expect(copy.remove("variant", "d")).toBe(true);
  expect(copy.remove("variant", "e")).toBe(false);
  expect(copy.figures()).toEqual({ count: 3, revSum: 91n });
  expect([...copy.all("variant")].map(({ id }) => id).sort()).toEqual(["a", "b", "c"]);
  expect(copy.get("variant", "d")).toBeUndefined();
  expect(copy.get("stock", "a")).toBeUndefined();
});
