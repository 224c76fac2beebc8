import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { BrowserProcess } from "../../tests/e2e/support/browser-process.ts";
import { openLab, startLab } from "../browser/open-lab.ts";
import { inBooks, Seller } from "../browser/seller.ts";
import { TillWindow } from "../browser/till-window.ts";
import { quantileOf, spreadOf, spreadText } from "../measure/figures.ts";
import { printSides, printTargets, type Target } from "../measure/print.ts";
import { inTurns, ratioOf, type Side, type SideResult } from "../measure/rounds.ts";
import { openLargeShop } from "../shop/large-shop.ts";
import type { Suite, SuiteOptions } from "./suite.ts";

const SIZE = 100_000;
const QUICK_SIZE = 2_000;
const SALES = 20;
const THROTTLED = { times: 4, sales: 10 };
/** The kinds of sale that a peer would store as one document. */
const DOCUMENT = {
  lines: Array.from({ length: 3 }, (_, line) => ({ line, name: "Bench goods", units: 1, price: 199 })),
};

/** A cashier's work at the terminal as it is built, a hundred thousand goods on its shelves: paying. */
export const terminalSuite: Suite = async (options) => {
  const shop = await openLargeShop(options.quick ? QUICK_SIZE : SIZE, options.log);
  const lab = await startLab(new Map());
  const browser = await BrowserProcess.start();
  const till = await TillWindow.open(shop.server.baseUrl);
  try {
    const peers = await openLab(browser, lab);
    await till.enrol(await shop.newCode());
    await till.unlock();
    await till.isAtRest();
    const seller = new Seller(till, shop);
    const targets = [...(await measurePay(seller, peers, options)), ...(await measureThrottled(seller, options))];
    const books = await inBooks(shop, seller.sold);
    options.log(`sales made: ${seller.sold}; in the books: ${books}`);
    return { isVoid: books !== seller.sold, targetsMet: printTargets(targets, options.log) };
  } finally {
    await till.close();
    await browser.dispose();
    await lab.stop();
    await shop.server.stop();
  }
};

async function measurePay(seller: Seller, peers: Page, options: SuiteOptions): Promise<Target[]> {
  const painted: number[] = [];
  const ours: Side = {
    name: "Holdfast: from the tap on cash to sale, stock, outbox and draft on the disk, sealed and signed",
    unit: "sale",
    run: async () => {
      const sold = await seller.sellMany(SALES);
      painted.push(...sold.map(({ paintedMs }) => paintedMs));
      return timed(sold.map(({ durableMs }) => durableMs));
    },
  };
  const storing = (name: string, how: "put" | "insert"): Side => ({
    name,
    unit: "sale",
    run: async () => {
      const sales = Array.from({ length: SALES }, () => randomUUID());
      return timed(await peers.evaluate(storeInPage, { sales, body: DOCUMENT, how }));
    },
  });
  // Neither side's first time counts: databases are made then.
  await seller.sellMany(2);
  for (const how of ["put", "insert"] as const)
    await peers.evaluate(storeInPage, { sales: [randomUUID()], body: DOCUMENT, how });
  const sides = [
    ours,
    storing("limit: one strict put of a document", "put"),
    storing("RxDB with Dexie: one document, not strict", "insert"),
  ];
  const results = await inTurns(sides, options);
  printSides(results, options.log);
  const [mine, limit, rxdb] = results as [SideResult, SideResult, SideResult];
  const p50s = [mine, limit, rxdb].map((side) => `${p(side, 0.5).toFixed(2)} (p99 ${p(side, 0.99).toFixed(2)}) ms`);
  options.log(`durable within ${p50s[0]}; a strict put ${p50s[1]}; RxDB ${p50s[2]}`);
  options.log(`the receipt painted within ${spreadText(spreadOf(painted), " ms")} of the tap`);
  return [
    { what: "p50 of a durable sale to a strict put", found: p(mine, 0.5) / p(limit, 0.5), atMost: 1.5 },
    { what: "p99 of a durable sale, ms", found: p(mine, 0.99), atMost: 5 },
    { what: "speed of a durable sale to RxDB's insert", found: ratioOf(mine, rxdb).median, atLeast: 1 },
    { what: "p50 from the tap to the painted receipt, ms", found: quantileOf(painted, 0.5), atMost: 33 },
    { what: "p99 from the tap to the painted receipt, ms", found: quantileOf(painted, 0.99), atMost: 100 },
  ];
}

type Stored = { readonly sales: readonly string[]; readonly body: object; readonly how: "put" | "insert" };

async function storeInPage({ sales, body, how }: Stored): Promise<number[]> {
  const latencies: number[] = [];
  for (const sale of sales) {
    const startedAt = performance.now();
    if (how === "put") await lab.puts.put(sale, body);
    else await lab.rx.insertSale(sale, body);
    latencies.push(performance.now() - startedAt);
  }
  return latencies;
}

/** A quarter of this machine's speed stands for a cheap tablet. */
async function measureThrottled(seller: Seller, { log }: SuiteOptions): Promise<Target[]> {
  await seller.till.slowDown(THROTTLED.times);
  const sold = await seller.sellMany(THROTTLED.sales);
  await seller.till.slowDown(1);
  const painted = sold.map(({ paintedMs }) => paintedMs);
  log(
    `with the processor ${THROTTLED.times} times slower: receipt painted within ${spreadText(spreadOf(painted), " ms")}`,
  );
  return [
    {
      what: `p99 to the painted receipt, ${THROTTLED.times} times slower, ms`,
      found: quantileOf(painted, 0.99),
      atMost: 200,
    },
  ];
}

function timed(latenciesMs: readonly number[]): { units: number; seconds: number; latenciesMs: readonly number[] } {
  return { units: latenciesMs.length, seconds: latenciesMs.reduce((sum, ms) => sum + ms, 0) / 1_000, latenciesMs };
}

function p({ rounds }: SideResult, share: number): number {
  return quantileOf(
    rounds.flatMap(({ run: { latenciesMs = [] } }) => [...latenciesMs]),
    share,
  );
}
