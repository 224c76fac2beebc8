import { logSlope, quantileOf, spreadOf } from "../measure/figures.ts";
import { printRatio, printSides, printTargets, type Target } from "../measure/print.ts";
import { inTurns, ratioOf, type SideResult } from "../measure/rounds.ts";
import { startBenchServer } from "../shop/bench-server.ts";
import { checkBooks } from "../shop/books.ts";
import { openShop, type ShopSize } from "../shop/open-shop.ts";
import { startProcess } from "../shop/start-process.ts";
import { type DrainWorld, drain, drainSides } from "./drain.ts";
import { type AudienceSize, liveSides } from "./live.ts";
import { type Offer, offered } from "./open-loop.ts";
import { uploadsAtOnce } from "./server.ts";
import type { Suite, SuiteOptions, Verdict } from "./suite.ts";

type Sizes = {
  readonly shop: ShopSize;
  /** Sales of one device that are drained beside what RxDB does with as many. */
  readonly backlog: number;
  readonly backlogs: readonly number[];
  readonly offered: Offer;
  readonly audience: AudienceSize;
  readonly crowds: readonly number[];
  /** Sales of each terminal of the largest crowd; a smaller one sends as many in all, down to a fifth of it. */
  readonly perClient: number;
};

const FULL: Sizes = {
  shop: { branches: 10, devices: 100, goods: 1_000 },
  backlog: 1_000,
  backlogs: [100, 300, 1_000, 3_000, 10_000],
  offered: { perSecond: 1_000, seconds: 5 },
  audience: { connected: 1_000, changes: 5 },
  crowds: [1, 5, 20, 100],
  perClient: 50,
};
const QUICK: Sizes = {
  shop: { branches: 2, devices: 20, goods: 50 },
  backlog: 100,
  backlogs: [50, 100, 200],
  offered: { perSecond: 100, seconds: 1 },
  audience: { connected: 100, changes: 2 },
  crowds: [1, 5, 20],
  perClient: 20,
};

/** What goes up from devices that were offline, what is confirmed while they are not, and what comes down. */
export const syncSuite: Suite = async (options) => {
  const server = await startBenchServer(options);
  const noop = await startProcess("noop-process.ts");
  try {
    const sizes = options.quick ? QUICK : FULL;
    const shop = await openShop(server.context, sizes.shop);
    const world = { server, shop, noopUrl: `http://127.0.0.1:${noop.ports.noop}`, sizes };
    await uploadsAtOnce(server, shop.devices, 20);
    const targets = [
      ...(await measureDrain(world, options)),
      ...(await measureSingles(world, options)),
      ...(await measureLive(world, options)),
      ...(await measureCrowds(world, options)),
    ];
    const books = await checkBooks(server.ownerUrl, shop.merchant, shop.devices);
    const right = books.faults.length === 0;
    options.log(`books of ${books.sales} sales: ${right ? "right" : books.faults.join("; ")}`);
    return { isVoid: !right, targetsMet: printTargets(targets, options.log) } satisfies Verdict;
  } finally {
    await noop.stop();
    await server.stop();
  }
};

type SyncWorld = DrainWorld & { readonly sizes: Sizes };

async function measureDrain(world: SyncWorld, options: SuiteOptions): Promise<Target[]> {
  const { backlog, backlogs } = world.sizes;
  const results = await inTurns(drainSides(world, backlog), options);
  printSides(results, options.log);
  const [ours, rxdb, raw] = results as [SideResult, SideResult, SideResult];
  const toRxdb = ratioOf(ours, rxdb);
  options.log("");
  printRatio(`${backlog} sales into posted books, to RxDB to nothing`, toRxdb, options.log);
  printRatio("the same, to JSON to nothing", ratioOf(ours, raw), options.log);
  const points: [number, number][] = [];
  for (const each of backlogs) {
    const { seconds = 0 } = await drain(world, each);
    points.push([each, seconds]);
    options.log(`  a backlog of ${each}: ${seconds.toFixed(2)} s`);
  }
  const drained = spreadOf(ours.rounds.map(({ seconds }) => seconds));
  return [
    { what: `speed of a drain of ${backlog} to RxDB's`, found: toRxdb.median, atLeast: 1 },
    { what: `seconds of a drain of ${backlog}`, found: drained.median, atMost: 0.7 },
    { what: `seconds of a drain of ${backlogs.at(-1)}`, found: points.at(-1)?.[1] ?? Number.NaN, atMost: 5 },
    { what: "slope of a drain's time with its backlog", found: logSlope(points), atMost: 1.05 },
  ];
}

async function measureSingles({ server, shop, sizes }: SyncWorld, options: SuiteOptions): Promise<Target[]> {
  const { perSecond } = sizes.offered;
  const name = `single sales from ${sizes.shop.devices} terminals, ${perSecond} a second offered`;
  const run = () => offered(server.baseUrl, shop.devices, sizes.offered);
  const [result] = await inTurns([{ name, unit: "sale", run }], options);
  const { rounds } = result as SideResult;
  printSides([result as SideResult], options.log);
  const quantiles = (share: number) =>
    spreadOf(rounds.map(({ run: { latenciesMs = [] } }) => quantileOf(latenciesMs, share)));
  const [p50, p99, p999] = [quantiles(0.5), quantiles(0.99), quantiles(0.999)];
  options.log(
    `confirmed within ${p50.median.toFixed(1)} (p50), ${p99.median.toFixed(1)} (p99), ${p999.median.toFixed(1)} ms (p99.9); p99 ${p99.min.toFixed(1)}–${p99.max.toFixed(1)}`,
  );
  return [{ what: `p99 of a single sale at ${perSecond}/s, ms`, found: p99.median, atMost: 50 }];
}

async function measureLive(world: SyncWorld, options: SuiteOptions): Promise<Target[]> {
  const { sides, fetched, close } = await liveSides(world, world.sizes.audience);
  const results = await inTurns(sides, options);
  close();
  printSides(results, options.log);
  const [ours, plain] = results.map(({ rounds }) =>
    spreadOf(rounds.map(({ run: { latenciesMs = [] } }) => quantileOf(latenciesMs, 0.99))),
  );
  options.log(
    `p99 ${ours?.median.toFixed(0)} ms (${ours?.min.toFixed(0)}–${ours?.max.toFixed(0)}); plain writes ${plain?.median.toFixed(0)} ms; had to fetch: ${fetched()}`,
  );
  return [
    {
      what: `p99 of a price change to ${world.sizes.audience.connected} terminals, ms`,
      found: ours?.median ?? Number.NaN,
      atMost: 500,
    },
  ];
}

/** More terminals at once must not lower what the server takes in, and neither must all of them selling the same goods. */
async function measureCrowds({ server, shop, sizes }: SyncWorld, { log }: SuiteOptions): Promise<Target[]> {
  const rates: number[] = [];
  const most = Math.max(...sizes.crowds);
  for (const clients of sizes.crowds) {
    const each = (sizes.perClient * most) / Math.max(clients, most / 5);
    const { units, seconds = 1 } = await uploadsAtOnce(server, shop.devices.slice(0, clients), Math.round(each));
    rates.push(units / seconds);
    log(`  ${clients} terminals at once: ${Math.round(units / seconds)} sales/s`);
  }
  const spread = await uploadsAtOnce(server, shop.devices, sizes.perClient);
  for (const device of shop.devices) device.sellOnly(shop.goods.slice(0, 3));
  const hot = await uploadsAtOnce(server, shop.devices, sizes.perClient);
  const [spreadRate, hotRate] = [spread, hot].map(({ units, seconds = 1 }) => units / seconds) as [number, number];
  log(`  all sell the same goods: ${Math.round(hotRate)} sales/s; each its own: ${Math.round(spreadRate)}`);
  return [
    {
      what: `${most} terminals to the best number of them`,
      found: (rates.at(-1) ?? 0) / Math.max(...rates),
      atLeast: 0.9,
    },
    { what: "the same goods everywhere to different ones", found: hotRate / spreadRate, atLeast: 0.5 },
  ];
}
