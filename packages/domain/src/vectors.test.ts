import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { afterAll, describe, expect, test } from "vitest";
import type { Adapters } from "./testing/vector/adapter.ts";
import { BARCODE_ADAPTERS } from "./testing/vector/barcode.ts";
import { booksAdapters } from "./testing/vector/books.ts";
import { MONEY_ADAPTERS } from "./testing/vector/money.ts";
import { STOCK_ADAPTERS } from "./testing/vector/stock.ts";
import { TAX_ADAPTERS } from "./testing/vector/tax.ts";

/*
 * Figures of public sources, each with its source in its file. Every kind either runs through the product's own functions
 * or is named here as not built, so that none is passed over in silence.
 */
const ADAPTERS: Adapters = {
  ...MONEY_ADAPTERS,
  ...TAX_ADAPTERS,
  ...STOCK_ADAPTERS,
  ...BARCODE_ADAPTERS,
  ...booksAdapters((text) => createHash("sha256").update(text, "utf8").digest("hex")),
};

const NOT_BUILT: Readonly<Record<string, string>> = {
  "loyalty.revenue": "no loyalty programme in this version",
};

type Vector = {
  readonly id: string;
  readonly kind: string;
  readonly input: unknown;
  readonly expected: Readonly<Record<string, unknown>>;
};

const FOLDER = new URL("../vectors/", import.meta.url);
const sets = readdirSync(FOLDER)
  .filter((file) => file.endsWith(".json") && file !== "journals.json")
  .map((file) => ({ file, vectors: vectorsIn(file) }));
const counts = new Map<string, { ran: number; "not built yet": number }>();

function vectorsIn(file: string): readonly Vector[] {
  return (JSON.parse(readFileSync(new URL(file, FOLDER), "utf8")) as { vectors: Vector[] }).vectors;
}

afterAll(() => {
  console.table(Object.fromEntries([...counts].sort(([a], [b]) => a.localeCompare(b))));
  const ran = [...counts.values()].reduce((sum, count) => sum + count.ran, 0);
  const notBuilt = [...counts.values()].reduce((sum, count) => sum + count["not built yet"], 0);
  console.log(`vectors: ${ran} ran, ${notBuilt} not built yet`);
});

describe.each(sets)("$file", ({ vectors }) => {
  test.each(vectors)("$id", ({ kind, input, expected }) => {
    const count = counts.get(kind) ?? { ran: 0, "not built yet": 0 };
    counts.set(kind, count);
    const adapt = ADAPTERS[kind];
    if (adapt === undefined) {
      expect(Object.keys(NOT_BUILT), "a kind without an adapter says why").toContain(kind);
      count["not built yet"] += 1;
      return;
    }
    count.ran += 1;
    const actual = adapt(input, expected);
    expect(Object.fromEntries(Object.keys(expected).map((field) => [field, actual[field]]))).toEqual(expected);
  });
});

test("all 315 vectors are there", () => {
  expect(sets.reduce((sum, { vectors }) => sum + vectors.length, 0)).toBe(315);
});
