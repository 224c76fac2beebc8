import { logSlope, quantileOf, spreadText } from "../measure/figures.ts";
import { printRatio, printSides, printTargets, type Target } from "../measure/print.ts";
import { inTurns, type Run, ratioOf, type Side, type SideResult } from "../measure/rounds.ts";
import { type BenchServer, startBenchServer } from "../shop/bench-server.ts";
import { checkBooks } from "../shop/books.ts";
import { copyIn, rowsSince, type TableRows } from "../shop/copy-limit.ts";
import { type Device, uploadOf } from "../shop/device.ts";
import { type BenchShop, openShop, type ShopSize } from "../shop/open-shop.ts";
import { openLine } from "../shop/upload.ts";
import type { Suite, SuiteOptions, Verdict } from "./suite.ts";

type Sizes = {
  readonly shop: ShopSize;
  readonly batch: number;
  readonly singlesPerDevice: number;
  /** Sales up to which the history grows. */
  readonly history: number;
};

const FULL: Sizes = {
  shop: { branches: 10, devices: 100, goods: 1_000 },
  batch: 100,
  singlesPerDevice: 20,
  history: 100_000,
};
const QUICK: Sizes = {
  shop: { branches: 2, devices: 20, goods: 50 },
  batch: 20,
  singlesPerDevice: 5,
  history: 2_000,
};
/** Sales that the server commits together at most. */
const GROUP = 1_000;
const SLOPE_MAX = 0.05;

type World = {
  readonly server: BenchServer;
  readonly shop: BenchShop;
  readonly limitUrl: string;
  readonly sizes: Sizes;
};

/** Ingest over HTTP, signatures verified and every sale computed again, against COPY of the rows that come of it. */
export const serverSuite: Suite = async (options) => {
  const { log } = options;
  const server = await startBenchServer(options);
  try {
    const sizes = options.quick ? QUICK : FULL;
    const shop = await openShop(server.context, sizes.shop);
    const world = { server, shop, limitUrl: await server.otherDatabase(), sizes };
    log(`first uploads after migration, server just started: ${Math.round(await firstUploads(world))} sales/s`);
    const results = await inTurns(sidesOf(world), options);
    printSides(results, log);
    const growth = await grow(world, options);
    return await conclude(world, { results, growth }, options);
  } finally {
    await server.stop();
  }
};

async function firstUploads({ server, shop, sizes }: World): Promise<number> {
  const run = await uploadsAtOnce(server, shop.devices.slice(0, 10), sizes.batch);
  return run.units / (run.seconds ?? 1);
}

function sidesOf({ server, shop, limitUrl, sizes }: World): Side[] {
  let rows: TableRows[] = [];
  const copied = (connections: number) => async (): Promise<Run> => {
    // Rows can go in once: each number of connections has its half.
    const half = rows.map(({ table, lines }) => {
      const middle = Math.ceil(lines.length / 2);
      return { table, lines: connections === 1 ? lines.slice(0, middle) : lines.slice(middle) };
    });
    const units = half.find(({ table }) => table === "sale")?.lines.length ?? 0;
    return { units, seconds: await copyIn(limitUrl, half, { connections, perTransaction: GROUP }) };
  };
  return [
    {
      name: `${sizes.shop.devices} terminals × ${sizes.batch} sales at once, in batches of ${sizes.batch}`,
      unit: "sale",
      run: async () => {
        const since = new Date();
        const run = await uploadsAtOnce(server, shop.devices, sizes.batch);
        rows = await rowsSince(server.ownerUrl, { merchant: shop.merchant, since });
        return run;
      },
    },
    { name: "COPY of the same rows, 1 connection", unit: "sale", run: copied(1) },
    { name: "COPY of the same rows, 2 connections", unit: "sale", run: copied(2) },
    {
      name: `single sales from ${sizes.shop.devices} clients, group commit`,
      unit: "sale",
      run: () => singles(server, shop.devices, sizes.singlesPerDevice),
    },
  ];
}

/** Everything is made and packed beforehand; what is timed is the server's work and the wire. */
export async function uploadsAtOnce(
  { baseUrl }: Pick<BenchServer, "baseUrl">,
  devices: readonly Device[],
  perDevice: number,
): Promise<Run> {
  const uploads = devices.map((device) => {
    const entries = device.entries(perDevice);
    return { token: device.token, body: uploadOf(entries), count: entries.length };
  });
  const line = openLine(baseUrl);
  const startedAt = performance.now();
  await Promise.all(uploads.map(line.upload));
  const seconds = (performance.now() - startedAt) / 1_000;
  line.close();
  return { units: devices.length * perDevice, seconds };
}

/** Each client sends its next sale when the last one is confirmed. */
async function singles({ baseUrl }: BenchServer, devices: readonly Device[], perDevice: number): Promise<Run> {
  const queues = devices.map((device) =>
    device.entries(perDevice).map((entry) => ({ token: device.token, body: uploadOf([entry]), count: 1 })),
  );
  const latenciesMs: number[] = [];
  const line = openLine(baseUrl);
  const startedAt = performance.now();
  await Promise.all(
    queues.map(async (queue) => {
      for (const each of queue) {
        const sentAt = performance.now();
        await line.upload(each);
        latenciesMs.push(performance.now() - sentAt);
      }
    }),
  );
  const seconds = (performance.now() - startedAt) / 1_000;
  line.close();
  return { units: latenciesMs.length, seconds, latenciesMs };
}

/** Goes on until the history is as long as wanted, and says what a sale costs at each length. */
async function grow(
  { server, shop, sizes }: World,
  { log }: SuiteOptions,
): Promise<[history: number, secondsEach: number][]> {
  const points: [number, number][] = [];
  for (;;) {
    const history = shop.devices.reduce((sum, { sold }) => sum + sold.count, 0);
    if (history >= sizes.history) return points;
    const run = await uploadsAtOnce(server, shop.devices, sizes.batch);
    points.push([history, (run.seconds ?? 0) / run.units]);
    log(`  after ${history} sales: ${Math.round(run.units / (run.seconds ?? 1))} sales/s`);
  }
}

type Found = { readonly results: readonly SideResult[]; readonly growth: readonly [number, number][] };

async function conclude(
  { server, shop, sizes }: World,
  { results, growth }: Found,
  { log }: SuiteOptions,
): Promise<Verdict> {
  const [batched, one, two, single] = results as readonly [SideResult, SideResult, SideResult, SideResult];
  const [toOne, toTwo] = [ratioOf(batched, one), ratioOf(batched, two)];
  log("");
  printRatio("batches to COPY over 1 connection", toOne, log);
  printRatio("batches to COPY over 2 connections", toTwo, log);
  const latencies = single.rounds.flatMap(({ run }) => run.latenciesMs ?? []);
  const [p50, p99] = [quantileOf(latencies, 0.5), quantileOf(latencies, 0.99)];
  log(`a single sale is confirmed within ${p50.toFixed(1)} ms (p50), ${p99.toFixed(1)} ms (p99)`);
  log(`batches: ${spreadText(batched.cpuMsPerUnit, " ms")} CPU of server and database for each sale`);
  const books = await checkBooks(server.ownerUrl, shop.merchant, shop.devices);
  const right = books.faults.length === 0;
  log(`books of ${books.sales} sales: ${right ? "right" : books.faults.join("; ")}`);
  const targets: Target[] = [
    { what: "batches to the faster COPY", found: Math.min(toOne.median, toTwo.median), atLeast: 0.25 },
    { what: "batches a second", found: batched.perSecond.median, atLeast: 2_500 },
    { what: "later: batches to the faster COPY", found: Math.min(toOne.median, toTwo.median), atLeast: 0.4 },
    { what: "later: batches a second", found: batched.perSecond.median, atLeast: 5_000 },
    { what: `slope of a sale's time up to ${sizes.history} sales`, found: logSlope(growth), atMost: SLOPE_MAX },
  ];
  return { isVoid: !right, targetsMet: printTargets(targets, log) };
}
