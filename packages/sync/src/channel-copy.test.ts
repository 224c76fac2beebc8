import fc from "fast-check";
import { expect, test } from "vitest";
import { ChannelCopy } from "./channel-copy.ts";
import { encodeChunk, openChunk } from "./chunk.ts";
import { idAt } from "./ids.ts";
import type { CachedDocument } from "./ports.ts";

function variant(id: string, rev: number): CachedDocument {
  return { kind: "variant", id, rev, body: { variant: id, name: `${id}@${rev}` } };
}

function copyOf(...documents: CachedDocument[]): ChannelCopy {
  const copy = new ChannelCopy();
  for (let first = 0; first < documents.length; first += 2)
    copy.addChunk(openChunk(JSON.stringify(encodeChunk("variant", documents.slice(first, first + 2)))));
  return copy;
}

test("a newer document lies over the snapshot's, and only it is found", () => {
  const copy = copyOf(variant("a", 1), variant("b", 2), variant("c", 3));
  copy.put(variant("b", 4));
  expect(copy.get("variant", "b")).toEqual(variant("b", 4));
  expect([...copy.all("variant")].filter(({ id }) => id === "b")).toHaveLength(1);
  expect([...copy.changed("variant")]).toEqual([variant("b", 4)]);
});

test("a document that is gone is not found, in the snapshot or over it", () => {
  const copy = copyOf(variant("a", 1));
  copy.put(variant("b", 2));
  expect(copy.remove("variant", "a")).toBe(true);
  expect(copy.remove("variant", "b")).toBe(false);
  expect(copy.remove("variant", "never")).toBe(false);
  expect([...copy.all("variant")]).toEqual([]);
  expect(copy.figures()).toEqual({ count: 0, revSum: 0n });
});

test("an index over the snapshot is told which of its rows still hold", () => {
  const copy = copyOf(variant("a", 1), variant("b", 2), variant("c", 3));
  copy.put(variant("b", 4));
  const current = copy.base("variant").flatMap(({ chunk, replaced }) => {
    const ids = Array.from({ length: chunk.count }, (_, row) => idAt(chunk.ids, row));
    return ids.filter((_, row) => !replaced.has(row));
  });
  expect(current).toEqual(["a", "c"]);
  expect(copy.base("price")).toEqual([]);
});

test("kinds do not get into each other's way", () => {
  const copy = copyOf(variant("a", 1));
  copy.put({ kind: "price", id: "a", rev: 2, body: {} });
  expect(copy.get("variant", "a")).toEqual(variant("a", 1));
  copy.remove("price", "a");
  expect(copy.get("variant", "a")).toEqual(variant("a", 1));
  expect(copy.get("price", "a")).toBeUndefined();
});

const anyStep = fc.record({
  id: fc.constantFrom("a", "b", "c", "d", "e"),
  what: fc.constantFrom("put", "remove"),
});

test("whatever changes, it is a map from id to the latest document", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.constantFrom("a", "b", "c", "d")), fc.array(anyStep), (snapshot, steps) => {
      const documents = snapshot.map((id, index) => variant(id, index + 1));
      const copy = copyOf(...documents);
      const model = new Map(documents.map((document) => [document.id, document]));
      for (const [index, { id, what }] of steps.entries()) {
        const document = variant(id, 100 + index);
        if (what === "put") {
          copy.put(document);
          model.set(id, document);
        } else {
          copy.remove("variant", id);
          model.delete(id);
        }
      }
      const byId = (a: CachedDocument, b: CachedDocument): number => (a.id < b.id ? -1 : 1);
      expect([...copy.all("variant")].sort(byId)).toEqual([...model.values()].sort(byId));
      const revSum = [...model.values()].reduce((sum, { rev }) => sum + BigInt(rev), 0n);
      expect(copy.figures()).toEqual({ count: model.size, revSum });
      for (const id of ["a", "b", "c", "d", "e"]) expect(copy.get("variant", id)).toEqual(model.get(id));
    }),
  );
});
