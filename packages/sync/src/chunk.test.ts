import fc from "fast-check";
import { expect, test } from "vitest";
import { chunkSchema, encodeChunk, Table } from "./chunk.ts";
import type { CachedDocument } from "./ports.ts";

function document(id: string, body: object, rev = 1): CachedDocument {
  return { kind: "variant", id, rev, body };
}

function roundTrip(documents: readonly CachedDocument[]): CachedDocument[] {
  const table = new Table(documents[0]?.kind ?? "variant");
  const chunk = chunkSchema.parse(JSON.parse(JSON.stringify(encodeChunk(table.kind, documents))));
  table.add(chunk);
  return documents.map((_, row) => table.documentAt(row));
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
  const bodies = fc.array(fc.tuple(fc.uuid(), anyBody, fc.option(anyBarcodes, { nil: undefined })), { minLength: 1 });
  fc.assert(
    fc.property(bodies, (rows) => {
      const documents = rows.map(([id, body, barcodes], index) =>
        document(id, asOnTheWire({ ...body, variant: id, ...(barcodes === undefined ? {} : { barcodes }) }), index + 1),
      );
      expect(roundTrip(documents)).toEqual(documents);
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

test("a table finds its rows across chunks", () => {
  const table = new Table("variant");
  for (const first of [0, 3, 6]) {
    table.add(
      encodeChunk(
        "variant",
        [0, 1, 2].map((place) => document(`v${first + place}`, { name: `n${first + place}` }, first + place + 1)),
      ),
    );
  }
  expect(table.count).toBe(9);
  for (let row = 0; row < 9; row += 1) {
    expect(table.idAt(row)).toBe(`v${row}`);
    expect(table.revAt(row)).toBe(row + 1);
    expect(table.valueAt(row, "name")).toBe(`n${row}`);
  }
  expect(() => table.idAt(9)).toThrow("no row 9");
});
