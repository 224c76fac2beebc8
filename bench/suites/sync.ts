import { logSlope, quantileOf, spreadOf } from "../measure/figures.ts";
import { printRatio, printSides, printTargets, type Target } from "../measure/print.ts";
import { inTurns, ratioOf, type SideResult } from "../measure/rounds.ts";
import { startBenchServer } from "../shop/bench-server.ts";
import { checkBooks } from "../shop/books.ts";
import { openShop } from "../shop/open-shop.ts";
import { startProcess } from "../shop/start-process.ts";
import { type DrainWorld, drain, drainSides } from "./drain.ts";
import { liveSides } from "./live.ts";
import { offered } from "./open-loop.ts";
import { uploadsAtOnce } from "./server.ts";
import type { Suite, SuiteOptions, Verdict } from "./suite.ts";

const SIZE = { branches: 10, devices: 100, goods: 1_000 };
const OFFERED = { perSecond: 1_000, seconds: 5 };
const BACKLOGS = [100, 300, 1_000, 3_000, 10_000];
const CLIENTS = [1, 5, 20, 100];
const PER_CLIENT = 50;

/** What goes up from devices that were offline, what is confirmed while they are not, and what comes down. */
export const syncSuite: Suite = async (options) => {
  const server = await startBenchServer(options);
  const noop = await startProcess("noop-process.ts");
  try {
    const shop = await openShop(server.context, SIZE);
    const world = { server, shop, noopUrl: `http://127.0.0.1:${noop.ports.noop}` };
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

async function measureDrain(world: DrainWorld, options: SuiteOptions): Promise<Target[]> {
  const results = await inTurns(drainSides(world, 1_000), options);
  printSides(results, options.log);
  const [ours, rxdb, raw] = results as [SideResult, SideResult, SideResult];
  const toRxdb = ratioOf(ours, rxdb);
  options.log("");
  printRatio("1,000 sales into posted books, to RxDB to nothing", toRxdb, options.log);
  printRatio("the same, to JSON to nothing", ratioOf(ours, raw), options.log);
  const points: [number, number][] = [];
  for (const backlog of BACKLOGS) {
    const { seconds = 0 } = await drain(world, backlog);
    points.push([backlog, seconds]);
    options.log(`  a backlog of ${backlog}: ${seconds.toFixed(2)} s`);
  }
  const drained = spreadOf(ours.rounds.map(({ seconds }) => seconds));
  return [
    { what: "speed of a drain of 1,000 to RxDB's", found: toRxdb.median, atLeast: 1 },
    { what: "seconds of a drain of 1,000", found: drained.median, atMost: 0.7 },
    { what: "seconds of a drain of 10,000", found: points.at(-1)?.[1] ?? Number.NaN, atMost: 5 },
    { what: "slope of a drain's time with its backlog", found: logSlope(points), atMost: 1.05 },
  ];
}

async function measureSingles({ server, shop }: DrainWorld, options: SuiteOptions): Promise<Target[]> {
  const name = `single sales from 100 terminals, ${OFFERED.perSecond} a second offered`;
  const run = () => offered(server.baseUrl, shop.devices, OFFERED);
  const [result] = await inTurns([{ name, unit: "sale", run }], options);
  const { rounds } = result as SideResult;
  printSides([result as SideResult], options.log);
  const quantiles = (share: number) =>
    spreadOf(rounds.map(({ run: { latenciesMs = [] } }) => quantileOf(latenciesMs, share)));
  const [p50, p99, p999] = [quantiles(0.5), quantiles(0.99), quantiles(0.999)];
  options.log(
    `confirmed within ${p50.median.toFixed(1)} (p50), ${p99.median.toFixed(1)} (p99), ${p999.median.toFixed(1)} ms (p99.9); p99 ${p99.min.toFixed(1)}–${p99.max.toFixed(1)}`,
  );
  return [{ what: `p99 of a single sale at ${OFFERED.perSecond}/s, ms`, found: p99.median, atMost: 50 }];
}

async function measureLive(world: DrainWorld, options: SuiteOptions): Promise<Target[]> {
  const { sides, close } = await liveSides(world);
  const results = await inTurns(sides, options);
  close();
  printSides(results, options.log);
  const [ours, plain] = results.map(({ rounds }) =>
    spreadOf(rounds.map(({ run: { latenciesMs = [] } }) => quantileOf(latenciesMs, 0.99))),
  );
  options.log(
    `p99 ${ours?.median.toFixed(0)} ms (${ours?.min.toFixed(0)}–${ours?.max.toFixed(0)}); plain writes ${plain?.median.toFixed(0)} ms`,
  );
  return [{ what: "p99 of a price change to 1,000 terminals, ms", found: ours?.median ?? Number.NaN, atMost: 500 }];
}

/** More terminals at once must not lower what the server takes in, and neither must all of them selling the same goods. */
async function measureCrowds({ server, shop }: DrainWorld, { log }: SuiteOptions): Promise<Target[]> {
  const rates: number[] = [];
  for (const clients of CLIENTS) {
    const { units, seconds = 1 } = await uploadsAtOnce(
      server,
      shop.devices.slice(0, clients),
      (PER_CLIENT * 100) / Math.max(clients, 20),
    );
    rates.push(units / seconds);
    log(`  ${clients} terminals at once: ${Math.round(units / seconds)} sales/s`);
  }
  const spread = await uploadsAtOnce(server, shop.devices, PER_CLIENT);
  for (const device of shop.devices) device.sellOnly(shop.goods.slice(0, 3));
  const hot = await uploadsAtOnce(server, shop.devices, PER_CLIENT);
  const [spreadRate, hotRate] = [spread, hot].map(({ units, seconds = 1 }) => units / seconds) as [number, number];
  log(`  all sell the same goods: ${Math.round(hotRate)} sales/s; each its own: ${Math.round(spreadRate)}`);
  return [
    { what: "100 terminals to the best number of them", found: (rates.at(-1) ?? 0) / Math.max(...rates), atLeast: 0.9 },
    { what: "the same goods everywhere to different ones", found: hotRate / spreadRate, atLeast: 0.5 },
  ];
}
