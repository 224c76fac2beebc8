import type { Page } from "@playwright/test";
import { enrolHeadless } from "../../apps/server/src/testing/headless-terminal.ts";
import { BrowserProcess } from "../../tests/e2e/support/browser-process.ts";
import { FaultProxy } from "../../tests/e2e/support/fault-proxy.ts";
import { type LabServer, openLab, startLab } from "../browser/open-lab.ts";
import { type Bootstrap, type ColdStart, TillWindow } from "../browser/till-window.ts";
import { quantileOf, spreadOf, spreadText } from "../measure/figures.ts";
import { printSides, printTargets, type Target } from "../measure/print.ts";
import { inTurns, ratioOf, type Side, type SideResult } from "../measure/rounds.ts";
import { type LargeShop, openLargeShop, priceOfNth } from "../shop/large-shop.ts";
import type { Suite, SuiteOptions } from "./suite.ts";

const SIZE = 100_000;
const QUICK_SIZE = 5_000;
const LOOKUPS = 200;
const SCANS = 60;
const BURST = { scans: 100, perSecond: 20 };
/** Found thousands of times, found a few times, and with a letter that is wrong. */
const WORDS = { common: "bio", rare: "quinoa", typo: "chocolta" } as const;
const PEERS = ["raw", "rx", "pouch"] as const;
type Peer = (typeof PEERS)[number];
const NAMES: Readonly<Record<Peer, string>> = {
  raw: "one record for each of the goods in IndexedDB",
  rx: "RxDB with Dexie",
  pouch: "PouchDB",
};

type World = {
  readonly shop: LargeShop;
  readonly lab: LabServer;
  readonly browser: BrowserProcess;
  readonly size: number;
};

/** A large catalogue in a browser: fetched, opened with no line, scanned and searched; ours in the terminal as it is built. */
export const catalogueSuite: Suite = async (options) => {
  const size = options.quick ? QUICK_SIZE : SIZE;
  const shop = await openLargeShop(size, options.log);
  const lab = await startLab(await whatPeersFetch(shop));
  const browser = await BrowserProcess.start();
  try {
    const world = { shop, lab, browser, size };
    const peers = await openLab(browser, lab);
    const targets = [
      ...(await measureBootstrap(world, peers, options)),
      ...(await measureTill(world, peers, options)),
      ...(await measureSearch(peers, options)),
    ];
    return { isVoid: targets.some(({ found }) => Number.isNaN(found)), targetsMet: printTargets(targets, options.log) };
  } finally {
    await browser.dispose();
    await lab.stop();
    await shop.server.stop();
  }
};

/** The goods as plain records for the peers, and as chunks for ours. */
async function whatPeersFetch({ server, goods, newCode }: LargeShop): Promise<Map<string, string | Uint8Array>> {
  const records = goods.map(({ barcodes, name, sku, category }, index) => ({
    ...{ code: barcodes[0]?.code ?? "", name, sku, category, price: priceOfNth(index) },
  }));
  const served = new Map<string, string | Uint8Array>([["/goods.json", JSON.stringify(records)]]);
  const { wire } = await enrolHeadless({ baseUrl: server.baseUrl, enrolmentCode: await newCode() });
  const names: string[] = [];
  for (const { sha256 } of (await wire.manifest("m"))?.chunks ?? []) {
    served.set(`/chunk/${sha256}`, await wire.chunk(sha256));
    names.push(`/chunk/${sha256}`);
  }
  return served.set("/chunks.json", JSON.stringify(names));
}

/** A device that was just let in, until it has everything on its disk and could sell without a line. */
async function measureBootstrap({ shop, size }: World, peers: Page, options: SuiteOptions): Promise<Target[]> {
  const taken: Bootstrap[] = [];
  // Closed only by the next round: what a process used is known as long as it is there.
  let open: TillWindow | null = null;
  const ours: Side = {
    name: "Holdfast: goods, prices and stock, from the server to the disk",
    unit: "good",
    run: async () => {
      await open?.close();
      open = await TillWindow.open(shop.server.baseUrl);
      const bootstrap = await open.enrol(await shop.newCode());
      taken.push(bootstrap);
      return { units: size, seconds: bootstrap.seconds };
    },
  };
  // The first terminal of a shop waits for the snapshot to be made as well.
  const { seconds } = await ours.run(0);
  options.log(`the first terminal of all, for which the snapshots are made: ${seconds?.toFixed(2)} s`);
  taken.length = 0;
  const results = await inTurns([ours, ...PEERS.map((peer) => loading(peers, peer))], options);
  await (open as TillWindow | null)?.close();
  printSides(results, options.log);
  const [mine, , rx, pouch] = results as [SideResult, SideResult, SideResult, SideResult];
  const tooFew = results.some(({ rounds }) => rounds.some(({ run }) => run.units < size));
  const bytes = Math.max(...taken.map(({ wireBytes }) => wireBytes));
  return [
    { what: "seconds of a bootstrap", found: tooFew ? Number.NaN : secondsOf(mine), atMost: 2 },
    { what: "megabytes of a bootstrap on the wire", found: bytes / 1e6, atMost: 8 },
    { what: "speed of a bootstrap to RxDB's", found: ratioOf(mine, rx).median, atLeast: 10 },
    { what: "speed of a bootstrap to PouchDB's", found: ratioOf(mine, pouch).median, atLeast: 20 },
    {
      what: "longest block of the main thread meanwhile, ms",
      found: Math.max(...taken.map(({ longestBlockMs }) => longestBlockMs)),
      atMost: 50,
    },
  ];
}

function loading(page: Page, peer: Peer): Side {
  const run = async () => ({ units: await page.evaluate((name) => lab[name].load(), peer) });
  return { name: `${NAMES[peer]}: goods alone`, unit: "good", run };
}

function secondsOf({ rounds }: SideResult): number {
  return spreadOf(rounds.map(({ seconds }) => seconds)).median;
}

/** The terminal as it is built, its line cut. */
async function measureTill({ shop }: World, peers: Page, options: SuiteOptions): Promise<Target[]> {
  const line = await FaultProxy.start(shop.server.baseUrl);
  const till = await TillWindow.open(line.url);
  try {
    await till.enrol(await shop.newCode());
    await till.unlock();
    await till.isAtRest();
    line.add({ path: /./, fault: { kind: "cut" } });
    const codes = shop.goods.map(({ barcodes }) => barcodes[0]?.code ?? "");
    return [
      ...(await measureColdStart(till, { peers, code: codes[1] ?? "" }, options)),
      ...(await measureScans(till, { peers, codes }, options)),
      { what: "heap of the page, MB", found: (await till.heapBytes()) / 1e6, atMost: 100 },
    ];
  } finally {
    await till.close();
    await line.stop();
  }
}

type ColdPlace = { readonly peers: Page; readonly code: string };

async function measureColdStart(
  till: TillWindow,
  { peers, code }: ColdPlace,
  options: SuiteOptions,
): Promise<Target[]> {
  const starts: ColdStart[] = [];
  const ours: Side = {
    name: "Holdfast: from the navigation until a scan would be taken",
    unit: "start",
    run: async () => {
      const start = await till.coldStart(code);
      starts.push(start);
      return { units: 1, seconds: start.locked / 1_000 };
    },
  };
  const theirs = PEERS.map((peer): Side => {
    const run = async () => {
      await peers.reload({ waitUntil: "commit" });
      const ms = await peers.evaluate(
        async ({ peer, code }) => {
          while (!("lab" in globalThis)) await new Promise((resolve) => setTimeout(resolve, 1));
          await lab[peer].open();
          await lab[peer].byCode(code);
          return performance.now();
        },
        { peer, code },
      );
      return { units: 1, seconds: ms / 1_000 };
    };
    return { name: `${NAMES[peer]}: from the navigation to the first lookup, without an app`, unit: "start", run };
  });
  const results = await inTurns([ours, ...theirs], options);
  printSides(results, options.log);
  const part = (of: (start: ColdStart) => number): string => spreadText(spreadOf(starts.map(of)), " ms");
  options.log(
    `cold start: lock and catalogue there after ${part(({ locked }) => locked)}, a PIN typed and checked after ${part(({ unlocked }) => unlocked)}, the first scan in the cart after ${part(({ scanned }) => scanned)}`,
  );
  const [mine, , rx] = results as [SideResult, SideResult, SideResult];
  return [
    { what: "seconds of a cold start until a scan would be taken", found: secondsOf(mine), atMost: 0.5 },
    { what: "speed of a cold start to RxDB's first lookup", found: ratioOf(mine, rx).median, atLeast: 2 },
  ];
}

type ScanPlace = { readonly peers: Page; readonly codes: readonly string[] };

async function measureScans(till: TillWindow, { peers, codes }: ScanPlace, options: SuiteOptions): Promise<Target[]> {
  const ours: Side = {
    name: "Holdfast: last key of the scanner until the line is painted",
    unit: "scan",
    run: async (round) => {
      const latenciesMs = await till.scanEach(codes.slice(round * SCANS, (round + 1) * SCANS));
      await till.pay();
      return { units: SCANS, latenciesMs };
    },
  };
  // What is only made at the first scan of all is not measured with the others.
  await ours.run(-1);
  const asked = codes.slice(-LOOKUPS);
  await peers.evaluate(async () => {
    await lab.ours.open();
    for (const each of [lab.raw, lab.rx, lab.pouch]) await each.open();
  });
  const lookups = (["ours", ...PEERS] as const).map((peer): Side => {
    const run = async () => {
      const latenciesMs = await peers.evaluate(
        async ({ peer, asked }) => {
          const latencies: number[] = [];
          for (const code of asked) {
            const askedAt = performance.now();
            const name = peer === "ours" ? lab.ours.byCode(code) : await lab[peer].byCode(code);
            latencies.push(performance.now() - askedAt);
            if (name === undefined) throw new Error(`${peer} does not know ${code}`);
          }
          return latencies;
        },
        { peer, asked },
      );
      return { units: asked.length, seconds: sum(latenciesMs) / 1_000, latenciesMs };
    };
    return { name: peer === "ours" ? "Holdfast: lookup alone" : `${NAMES[peer]}: lookup alone`, unit: "lookup", run };
  });
  const results = await inTurns([ours, ...lookups], options);
  printSides(results, options.log);
  const [painted, own, raw, rx] = results as [SideResult, SideResult, SideResult, SideResult];
  const burst = codes.slice(0, BURST.scans);
  const cents = await till.scanBurst(burst, BURST.perSecond);
  await till.pay();
  const expected = sum(burst.map((_, index) => priceOfNth(index)));
  options.log(`${BURST.scans} scans at ${BURST.perSecond} a second come to ${cents} of ${expected} cents`);
  return [
    { what: "p50 from the last key to the painted line, ms", found: latencyOf(painted, 0.5), atMost: 17 },
    { what: "p99 from the last key to the painted line, ms", found: latencyOf(painted, 0.99), atMost: 50 },
    { what: "p50 of a lookup, ms", found: latencyOf(own, 0.5), atMost: 0.02 },
    { what: "speed of a lookup to one record for each", found: ratioOf(own, raw).median, atLeast: 15 },
    { what: "speed of a lookup to RxDB's", found: ratioOf(own, rx).median, atLeast: 30 },
    { what: `scans lost of ${BURST.perSecond} a second, in cents`, found: Math.abs(expected - cents), atMost: 0 },
  ];
}

async function measureSearch(peers: Page, options: SuiteOptions): Promise<Target[]> {
  const searches = options.quick ? 5 : 100;
  const slow = options.quick ? 1 : 5;
  const sides = (["ours", "raw", "rx"] as const).flatMap((peer) =>
    (["common", "rare"] as const).map((kind) => ({ peer, kind })),
  );
  const results = await inTurns(
    [...sides, { peer: "ours", kind: "typo" } as const].map(({ peer, kind }): Side => {
      const run = async () => {
        const times = peer === "rx" ? slow : searches;
        const latenciesMs = await peers.evaluate(searchInPage, { peer, word: WORDS[kind], times });
        return { units: times, seconds: sum(latenciesMs) / 1_000, latenciesMs };
      };
      const name = peer === "ours" ? "Holdfast" : NAMES[peer];
      return { name: `${name}: a ${kind === "typo" ? "misspelt" : kind} word, first twenty`, unit: "answer", run };
    }),
    options,
  );
  printSides(results, options.log);
  const [common, rare, , rawRare, , rxRare, typo] = results as SideResult[] as [
    ...[SideResult, SideResult, SideResult, SideResult, SideResult, SideResult, SideResult],
  ];
  return [
    { what: "p99 of a search for a common word, ms", found: latencyOf(common, 0.99), atMost: 5 },
    { what: "p99 of a search for a rare word, ms", found: latencyOf(rare, 0.99), atMost: 5 },
    { what: "p99 of a search for a misspelt word, ms", found: latencyOf(typo, 0.99), atMost: 5 },
    { what: "speed of a search for a rare word to RxDB's", found: ratioOf(rare, rxRare).median, atLeast: 500 },
    { what: "speed of a search for a rare word to a word index", found: ratioOf(rare, rawRare).median, atLeast: 0.2 },
  ];
}

type Search = { readonly peer: "ours" | "raw" | "rx"; readonly word: string; readonly times: number };

async function searchInPage({ peer, word, times }: Search): Promise<number[]> {
  const latencies: number[] = [];
  for (let count = 0; count < times; count += 1) {
    const askedAt = performance.now();
    const found = await lab[peer].search(word);
    latencies.push(performance.now() - askedAt);
    if (found === 0) throw new Error(`${peer} finds nothing for ${word}`);
  }
  return latencies;
}

/** Over all rounds together. */
function latencyOf({ rounds }: SideResult, share: number): number {
  return quantileOf(
    rounds.flatMap(({ run: { latenciesMs = [] } }) => [...latenciesMs]),
    share,
  );
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
