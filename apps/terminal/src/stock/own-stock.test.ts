import type { VariantId } from "@holdfast/domain/catalog/variant";
import type { Uuid } from "@holdfast/domain/kernel/id";
import { amount } from "@holdfast/domain/money/amount";
import type { Decimal } from "@holdfast/domain/money/decimal";
import { quantity, testCart, testLine, testSale } from "@holdfast/domain/testing/build";
import type { StoredEntry } from "@holdfast/sync/ports";
import { beforeEach, expect, test } from "vitest";
import { OwnSales } from "../sale/own-sales.ts";
import { OwnTenders } from "../tender/own-tenders.ts";
import { newTestId } from "../testing/test-log.ts";
import { OwnStock } from "./own-stock.ts";

const LINE = testLine({ quantity: quantity("2") });
const TEA = LINE.variant as VariantId;
const [REFUSED, ANEW] = [newTestId(), newTestId()];
const SALE = testSale(
  testCart({ lines: [LINE], tenders: [{ kind: "gift-card", card: "GC-1", amount: amount(2_400) }] }),
);

const settled = new Map<Uuid, number>();
let base: Decimal;
let sales: OwnSales;
let stock: OwnStock;
let tenders: OwnTenders;

beforeEach(() => {
  settled.clear();
  base = { units: 10, scale: 0 };
  const settledSeq = (stream: Uuid): number => settled.get(stream) ?? -1;
  stock = new OwnStock({ baseOf: () => base, settledSeq });
  tenders = new OwnTenders({ settledSeq });
  sales = new OwnSales({
    streams: () => [REFUSED, ANEW].map((stream) => ({ stream, tip: { seq: 1, hash: "" } })),
    entries: async (stream, from) => (from > 1 ? [] : [entry(stream)]),
    onSale: (placed) => {
      stock.note(placed);
      tenders.note(placed);
    },
  });
});

function entry(stream: Uuid): StoredEntry {
  const at = SALE.completedAt;
  const place = { v: 1, stream, seq: 1, prev: "ab".repeat(32), event: SALE.sale, type: "sale-completed", tv: 1, at };
  const raw = JSON.stringify({ ...place, seen: {}, body: SALE });
  return { raw, sig: "", stream, seq: 1, hash: "", event: SALE.sale, type: "sale-completed", at };
}

function shown(): readonly [onHand: number | undefined, spent: number] {
  return [stock.onHand(TEA)?.units, tenders.spentOf("GC-1")];
}

/** The server's figures contain the sale, and say so of the stream that it came in. */
function serverCounts(stream: Uuid): void {
  base = { units: 8, scale: 0 };
  settled.set(stream, 1);
}

test("a sale that was written anew counts once, before the server has it and after", () => {
  sales.note([entry(REFUSED)]);
  expect(shown()).toEqual([8, 2_400]);
  sales.note([entry(ANEW)]);
  expect(shown()).toEqual([8, 2_400]);
  serverCounts(ANEW);
  expect(shown()).toEqual([8, 0]);
});

test("a sale that the server took from the first stream after all is contained, wherever else it stands", () => {
  sales.note([entry(REFUSED)]);
  serverCounts(REFUSED);
  sales.note([entry(ANEW)]);
  expect(shown()).toEqual([8, 0]);
});

test("read from the log after a start it counts once as well, and lives where it was written last", async () => {
  await sales.load();
  expect(shown()).toEqual([8, 2_400]);
  expect(sales.briefs.get().map(({ stream }) => stream)).toEqual([ANEW]);
  serverCounts(ANEW);
  expect(shown()).toEqual([8, 0]);
});

test("a sale that is written anew while the till is used is shown where it stands now", () => {
  sales.note([entry(REFUSED)]);
  sales.note([entry(ANEW)]);
  expect(sales.briefs.get().map(({ stream }) => stream)).toEqual([ANEW]);
});
