import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { BrowserProcess } from "../../tests/e2e/support/browser-process.ts";
import { openLab, startLab } from "../browser/open-lab.ts";
import { type Sold, TillWindow } from "../browser/till-window.ts";
import { quantileOf, spreadOf, spreadText } from "../measure/figures.ts";
import { printSides, printTargets, type Target } from "../measure/print.ts";
import { inTurns, ratioOf, type Side, type SideResult } from "../measure/rounds.ts";
import { type LargeShop, openLargeShop } from "../shop/large-shop.ts";
import type { Suite, SuiteOptions } from "./suite.ts";

const SIZE = 100_000;
const QUICK_SIZE = 2_000;
const SALES = 20;
const LINES = 3;
const THROTTLED = { times: 4, sales: 10 };
const SOAK = { sales: 5_000, edge: 500 };
const QUICK_SOAK = { sales: 60, edge: 20 };
/** The kinds of sale that a peer would store as one document. */
const DOCUMENT = {
  lines: Array.from({ length: LINES }, (_, line) => ({ line, name: "Bench goods", units: 1, price: 199 })),
};

/** A cashier's work at the terminal as it is built, a hundred thousand goods on its shelves: paying, and a long day of it. */
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
    const targets = [
      ...(await measurePay(seller, peers, options)),
      ...(await measureThrottled(seller, options)),
      ...(await soak(seller, options)),
    ];
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

/** Rings up three goods and takes cash for them, again and again, each time others. */
class Seller {
  readonly till: TillWindow;
  readonly #codes: readonly string[];
  sold = 0;

  constructor(till: TillWindow, { goods }: LargeShop) {
    this.till = till;
    this.#codes = goods.map(({ barcodes }) => barcodes[0]?.code ?? "");
  }

  async sell(): Promise<Sold> {
    const from = (this.sold * LINES) % (this.#codes.length - LINES);
    await this.till.scanEach(this.#codes.slice(from, from + LINES));
    this.sold += 1;
    return await this.till.pay();
  }

  async sellMany(count: number): Promise<Sold[]> {
    const all: Sold[] = [];
    for (let index = 0; index < count; index += 1) all.push(await this.sell());
    return all;
  }
}

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

/** A day of many thousand sales: the last must be as quick as the first, and nothing may pile up. */
async function soak(seller: Seller, { quick, log }: SuiteOptions): Promise<Target[]> {
  const { sales, edge } = quick ? QUICK_SOAK : SOAK;
  const before = { heap: await seller.till.heapBytes(), disk: await seller.till.diskBytes() };
  const first = await seller.sellMany(edge);
  await seller.sellMany(sales - 2 * edge);
  const last = await seller.sellMany(edge);
  const after = { heap: await seller.till.heapBytes(), disk: await seller.till.diskBytes() };
  const p99 = (sold: readonly Sold[]): number =>
    quantileOf(
      sold.map(({ durableMs }) => durableMs),
      0.99,
    );
  const p50 = (sold: readonly Sold[]): number =>
    quantileOf(
      sold.map(({ durableMs }) => durableMs),
      0.5,
    );
  log(
    `soak of ${sales} sales: durable p50 ${p50(first).toFixed(1)} → ${p50(last).toFixed(1)} ms, p99 ${p99(first).toFixed(1)} → ${p99(last).toFixed(1)} ms`,
  );
  return [
    { what: `p99 of the last ${edge} to the first ${edge}`, found: p99(last) / p99(first), atMost: 1.2 },
    { what: "heap that a sale leaves, kB", found: (after.heap - before.heap) / sales / 1_000, atMost: 1 },
    { what: "disk that a sale takes, kB", found: (after.disk - before.disk) / sales / 1_000, atMost: 3 },
  ];
}

const ARRIVED_WITHIN_S = 60;

/** Sales in the books, once as many as were made are there, or nothing more comes. */
async function inBooks({ server, merchant }: LargeShop, made: number): Promise<number> {
  for (let second = 0; ; second += 1) {
    const { rows } = await server.context.pool.query<{ count: number }>(
      "SELECT count(*)::int AS count FROM sale WHERE merchant = $1",
      [merchant],
    );
    const count = rows[0]?.count ?? 0;
    if (count >= made || second >= ARRIVED_WITHIN_S) return count;
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
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
