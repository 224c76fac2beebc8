import fc from "fast-check";
import { expect } from "vitest";
import { addReturnLines } from "../cart/add-returns.ts";
import type { PricedLine } from "../cart/line.ts";
import { priceCart } from "../cart/price-cart.ts";
import { type Amount, sumBy } from "../money/amount.ts";
import { postSale } from "../posting/sale-posting.ts";
import { anyPartition, anySale } from "../testing/arbitraries.ts";
import { accepted, TEST_NOW, testCart, testCircumstances, testId, testSale } from "../testing/build.ts";
import { property, sayHowToRepeat } from "../testing/property.ts";
import { checkSale, findFault } from "./check-sale.ts";
import { postVoid } from "./post-void.ts";
import { returnLines, unitsReturned } from "./return-lines.ts";
import type { Sale } from "./sale.ts";
import { saleMovements } from "./sale-movements.ts";

sayHowToRepeat();

/** Takes back so many units of every line in one sale. */
function takeBack(sale: Sale, part: (line: PricedLine) => number, later: readonly Sale[]): Sale | null {
  const requests = sale.lines.flatMap((line) => {
    const units = part(line);
    const quantity = { ...line.quantity, units };
    return units > 0 ? [{ line: line.line, quantity, reason: "wrong colour", restock: true }] : [];
  });
  if (requests.length === 0) return null;
  const made = returnLines(sale, requests, { returned: unitsReturned(sale, later), known: "own" });
  const empty = testCart({ sale: testId(100 + later.length), lines: [], rules: sale.rules }, []);
  return testSale(accepted(addReturnLines(empty, accepted(made))));
}

/** A sale, and for each of its lines a way to bring it back in parts. */
const partitioned = anySale().chain((sale) =>
  fc.tuple(...sale.lines.map((line) => anyPartition(line.quantity.units))).map((partitions) => ({
    sale,
    partitions: new Map(sale.lines.map((line, index) => [line.line, partitions[index] ?? []])),
  })),
);

function takeBackInParts({ sale, partitions }: { sale: Sale; partitions: Map<number, number[]> }): Sale[] {
  const rounds = Math.max(...[...partitions.values()].map((parts) => parts.length));
  const returns: Sale[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const back = takeBack(sale, (line) => partitions.get(line.line)?.[round] ?? 0, returns);
    if (back !== null) returns.push(back);
  }
  return returns;
}

const FIGURES: readonly (readonly [string, (line: PricedLine) => Amount])[] = [
  ["extended", (line) => line.extended],
  ["discount", (line) => sumBy(line.discountAmounts, (each) => each)],
  ["orderDiscount", (line) => line.orderDiscount],
  ["amount", (line) => line.amount],
  ["exTax", (line) => line.exTax],
  ["incTax", (line) => line.incTax],
];

property(
  "however a sale comes back in parts, the parts sum to it in every figure and every tax",
  partitioned,
  (given) => {
    const { sale } = given;
    const back = takeBackInParts(given).flatMap((each) => each.lines);
    for (const line of sale.lines) {
      const own = back.filter((each) => each.original?.line === line.line);
      for (const [name, pick] of FIGURES) expect([name, -sumBy(own, pick) + 0]).toEqual([name, pick(line) + 0]);
      for (const { tax, amount } of line.lineTaxes) {
        const returned = own.flatMap((each) => each.lineTaxes).filter((each) => each.tax === tax);
        expect(-sumBy(returned, (each) => each.amount) + 0).toBe(amount + 0);
      }
      const stock = own.reduce((sum, each) => sum + (each.stockQuantity?.units ?? 0), 0);
      expect(-stock).toBe(line.stockQuantity?.units);
    }
  },
);

property("every part is a sound sale that the server makes again", partitioned, (given) => {
  for (const back of takeBackInParts(given)) {
    expect(checkSale(back)).toEqual([]);
    expect(findFault(back)).toBeNull();
  }
});

property("nothing that came back can come back again", partitioned, (given) => {
  const returns = takeBackInParts(given);
  for (const line of given.sale.lines) {
    const request = { line: line.line, quantity: { ...line.quantity, units: 1 }, reason: "again", restock: true };
    const made = returnLines(given.sale, [request], { returned: unitsReturned(given.sale, returns), known: "own" });
    expect(made).toMatchObject({ ok: false, refusal: { kind: "more-than-sold", left: { units: 0 } } });
  }
});

property("a return of everything takes back every cent and all the stock", anySale(), (sale) => {
  const back = takeBack(sale, (line) => line.quantity.units, []) as Sale;
  expect(-back.totals.total + 0).toBe(sale.totals.total + 0);
  expect(-back.totals.tax + 0).toBe(sale.totals.tax + 0);
  const moved = [...saleMovements(sale), ...saleMovements(back)].reduce((sum, each) => sum + each.units, 0);
  expect(moved).toBe(0);
});

property("a post-void mirrors the entry of its sale, account by account", anySale(), (sale) => {
  const act = testCircumstances({ number: { ...sale.number, number: 2 } });
  const undone = { ...act, sale: testId(3), startedAt: TEST_NOW, reason: "wrong customer", later: [] };
  const made = accepted(postVoid(sale, undone));
  expect(checkSale(made)).toEqual([]);
  expect(findFault(made)).toBeNull();
  const swapped = (side: string): string => (side === "debit" ? "credit" : "debit");
  const there = (postSale(sale)?.lines ?? []).map((line) => ({ ...line, side: swapped(line.side) }));
  expect(postSale(made)?.lines ?? []).toEqual(there);
});

property("pricing a cart of returns never prices them anew", anySale(), (sale) => {
  const back = takeBack(sale, (line) => line.quantity.units, []) as Sale;
  const other = { ...sale.rules, taxRounding: "line" as const, rounding: "down" as const };
  const cart = testCart({ lines: [], rules: other }, []);
  const request = sale.lines.map((line) => ({ line: line.line, quantity: line.quantity, reason: "x", restock: true }));
  const made = returnLines(sale, request, { returned: new Map(), known: "verified" });
  const filled = accepted(addReturnLines(cart, accepted(made)));
  expect(priceCart(filled).totals).toEqual(back.totals);
});
