import { inBooks, Seller } from "../browser/seller.ts";
import { type Sold, TillWindow } from "../browser/till-window.ts";
import { quantileOf } from "../measure/figures.ts";
import { printTargets } from "../measure/print.ts";
import { openLargeShop } from "../shop/large-shop.ts";
import type { Suite } from "./suite.ts";

const GOODS = 1_000;
const DAY = { sales: 5_000, edge: 500 };
const QUICK_DAY = { sales: 60, edge: 20 };
/** Between two customers nothing happens for so many times less time than at a counter. */
const HURRY = 20;

/** A day of many thousand sales: the last must be as quick as the first, and nothing may pile up. */
export const soakSuite: Suite = async ({ quick, log }) => {
  const { sales, edge } = quick ? QUICK_DAY : DAY;
  const shop = await openLargeShop(GOODS, log);
  const till = await TillWindow.open(shop.server.baseUrl, { hurry: HURRY });
  try {
    await till.enrol(await shop.newCode());
    await till.unlock();
    await till.isAtRest();
    const seller = new Seller(till, shop);
    // What is made once, and what the engine has still to learn, is not what piles up.
    await seller.sellMany(edge);
    const before = { heap: await till.heapBytes(), disk: await till.diskBytes() };
    const first = await seller.sellMany(edge);
    await seller.sellMany(sales - 3 * edge);
    const last = await seller.sellMany(edge);
    const after = { heap: await till.heapBytes(), disk: await till.diskBytes() };
    const between = sales - edge;
    log(
      `${sales} sales: durable p50 ${part(first, 0.5)} → ${part(last, 0.5)} ms, p99 ${part(first, 0.99)} → ${part(last, 0.99)} ms`,
    );
    const books = await inBooks(shop, seller.sold);
    log(`sales made: ${seller.sold}; in the books: ${books}`);
    const targets = [
      { what: `p50 of the last ${edge} to the first`, found: durable(last, 0.5) / durable(first, 0.5), atMost: 1.2 },
      { what: `p99 of the last ${edge} to the first`, found: durable(last, 0.99) / durable(first, 0.99), atMost: 1.2 },
      { what: "heap that a sale leaves, kB", found: (after.heap - before.heap) / between / 1_000, atMost: 1 },
      { what: "disk that a sale takes, kB", found: (after.disk - before.disk) / between / 1_000, atMost: 3 },
    ];
    return { isVoid: books !== seller.sold, targetsMet: printTargets(targets, log) };
  } finally {
    await till.close();
    await shop.server.stop();
  }
};

function durable(sold: readonly Sold[], share: number): number {
  return quantileOf(
    sold.map(({ durableMs }) => durableMs),
    share,
  );
}

function part(sold: readonly Sold[], share: number): string {
  return durable(sold, share).toFixed(1);
}
