import fc from "fast-check";
import { expect } from "vitest";
import type { VariantId } from "../catalog/variant.ts";
import type { JournalEntry } from "../ledger/journal-entry.ts";
import { type Amount, add, amount, ZERO } from "../money/amount.ts";
import type { Sale } from "../sale/sale.ts";
import { saleMovements } from "../sale/sale-movements.ts";
import { deliver, EMPTY_POOL, issue, type Pool } from "../stock/valuation.ts";
import { quantity, testCart, testId, testLine, testSale } from "../testing/build.ts";
import { property, sayHowToRepeat } from "../testing/property.ts";
import { postSale, postSaleCosts } from "./sale-posting.ts";

sayHowToRepeat();

type Delivery = { readonly kind: "delivery"; readonly units: number; readonly value: number };
type Sold = { readonly kind: "sale"; readonly sale: Sale };
type Fact = Delivery | Sold;

const SALES_MAX = 8;

function soldPieces(pieces: number, number: number): Sold {
  const goods = {
    quantity: quantity(String(pieces)),
    stockQuantity: quantity(String(pieces)),
    variant: testId<VariantId>(1),
  };
  return { kind: "sale", sale: testSale(testCart({ sale: testId(1_000 + number), lines: [testLine(goods)] })) };
}

const anyPieces = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: SALES_MAX });
const anyDeliveries = fc.array(fc.record({ units: fc.integer({ min: 1, max: 20 }), value: fc.nat(9_999) }), {
  maxLength: 4,
});

/** Two terminals and the stockroom, and two orders in which the server may get to know of what they did. */
const anyBranch = fc.tuple(anyPieces, anyPieces, anyDeliveries).chain(([first, second, deliveries]) => {
  const one = first.map((pieces, index): Fact => soldPieces(pieces, index));
  const other = second.map((pieces, index): Fact => soldPieces(pieces, SALES_MAX + index));
  const goods = deliveries.map((delivery): Fact => ({ kind: "delivery", ...delivery }));
  const streams = [one, other, goods];
  return fc.tuple(interleaved(streams), interleaved(streams));
});

/** Each stream keeps its own order; how they fall together is chance. */
function interleaved(streams: readonly (readonly Fact[])[]): fc.Arbitrary<Fact[]> {
  const turns = streams.flatMap((stream, index) => stream.map(() => index));
  return fc.shuffledSubarray(turns, { minLength: turns.length, maxLength: turns.length }).map((order) => {
    const places = streams.map(() => 0);
    return order.map((stream) => {
      const place = places[stream] as number;
      places[stream] = place + 1;
      return streams[stream]?.[place] as Fact;
    });
  });
}

type Books = {
  readonly pool: Pool;
  readonly entries: ReadonlyMap<string, JournalEntry>;
  readonly issued: Amount;
  readonly corrected: Amount;
  readonly delivered: Amount;
};

/** What a server does with facts in the order it gets them; one it knows already has no effect. */
function accept(facts: readonly Fact[]): Books {
  const entries = new Map<string, JournalEntry>();
  let [pool, issued, corrected, delivered] = [EMPTY_POOL, ZERO, ZERO, ZERO];
  for (const fact of facts) {
    if (fact.kind === "delivery") {
      const made = deliver(pool, fact.units, amount(fact.value));
      pool = made.pool;
      delivered = add(delivered, amount(fact.value));
      for (const each of made.corrections) corrected = add(corrected, each.amount);
      continue;
    }
    const revenue = postSale(fact.sale);
    if (revenue === null || entries.has(revenue.key)) continue;
    entries.set(revenue.key, revenue);
    for (const movement of saleMovements(fact.sale)) {
      const made = issue(pool, -movement.units, fact.sale.sale);
      pool = made.pool;
      issued = add(issued, made.cost);
      const costs = postSaleCosts(fact.sale, new Map([[movement.line, made.cost]]));
      if (costs !== null) entries.set(costs.key, costs);
    }
  }
  return { pool, entries, issued, corrected, delivered };
}

function revenueOf({ entries }: Books): (readonly [string, JournalEntry])[] {
  return [...entries].filter(([key]) => key.endsWith(":rev")).sort(([a], [b]) => (a < b ? -1 : 1));
}

property(
  "in whatever order facts arrive, revenue, tax, tenders and quantities are the same",
  anyBranch,
  ([one, other]) => {
    const [a, b] = [accept(one), accept(other)];
    expect(revenueOf(b)).toEqual(revenueOf(a));
    expect(b.pool.units).toBe(a.pool.units);
  },
);

property("the order moves cents between cost and stock, and creates none", anyBranch, (orders) => {
  for (const facts of orders) {
    const { pool, issued, corrected, delivered } = accept(facts);
    expect(pool.value + issued + corrected).toBe(delivered);
  }
});

const replayed = anyBranch.chain(([facts]) => {
  const sales = facts.filter((fact) => fact.kind === "sale");
  return fc.tuple(fc.constant(sales), fc.nat(sales.length));
});

property("replaying any part of what was sent changes nothing", replayed, ([sales, length]) => {
  const once = accept(sales);
  const twice = accept([...sales.slice(0, length), ...sales]);
  expect(twice).toEqual(once);
});
