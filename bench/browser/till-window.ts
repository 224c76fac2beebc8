import type { CDPSession, Page } from "@playwright/test";
import { DEMO_STAFF } from "../../apps/server/src/seed/open-demo.ts";
import { BrowserProcess } from "../../tests/e2e/support/browser-process.ts";
import { standInPage } from "./in-page.ts";

export type Sold = { readonly durableMs: number; readonly paintedMs: number };

/** From the navigation on, in milliseconds. */
export type ColdStart = {
  /** The lock shows who may log in, and every code can be looked up. */
  readonly locked: number;
  /** Somebody has typed a PIN, without a moment's thought; checking it takes its time on purpose. */
  readonly unlocked: number;
  /** A scan is in the cart, as seen. */
  readonly scanned: number;
};

/** The terminal as it is built, in a Chromium of its own, driven from inside its page so that the driving costs little. */
export class TillWindow {
  readonly browser: BrowserProcess;
  readonly page: Page;
  readonly devtools: CDPSession;
  readonly #url: string;

  private constructor({
    browser,
    page,
    devtools,
    url,
  }: Pick<TillWindow, "browser" | "page" | "devtools"> & { url: string }) {
    this.browser = browser;
    this.page = page;
    this.devtools = devtools;
    this.#url = url;
  }

  /** @param hurry how many times faster time passes for the app */
  static async open(url: string, { hurry = 1 }: { readonly hurry?: number } = {}): Promise<TillWindow> {
    const browser = await BrowserProcess.start();
    await browser.context.addInitScript(standInPage, hurry);
    const page = await browser.newPage();
    const devtools = await browser.context.newCDPSession(page);
    return new TillWindow({ browser, page, devtools, url });
  }

  async close(): Promise<void> {
    await this.browser.dispose();
  }

  /** @returns seconds from the confirmed enrolment to a copy that is on the disk and sold from, and what that took */
  async enrol(code: string): Promise<Bootstrap> {
    await this.page.goto(`${this.#url}/#enrol=${code}`);
    return await this.page.evaluate(async (cashier) => {
      const isLocked = (): boolean => document.body.textContent.includes(cashier);
      const copiedAt = await bench.painted(isLocked);
      const entries = performance.getEntriesByType("resource") as PerformanceResourceTiming[];
      const enrolled = entries.find(({ name }) => name.endsWith("/terminals/enrol"));
      const from = enrolled?.responseEnd ?? Number.NaN;
      const wire = entries.filter(({ name, startTime }) => startTime >= from && name.includes("/v1/"));
      const blocks = bench.longTasks.filter(({ at, ms }) => at + ms > from).map(({ ms }) => ms);
      return {
        seconds: (copiedAt - from) / 1_000,
        wireBytes: wire.reduce((sum, { transferSize }) => sum + transferSize, 0),
        longestBlockMs: Math.max(0, ...blocks),
      };
    }, CASHIER.name);
  }

  async unlock(): Promise<void> {
    await this.page.evaluate(typePin, CASHIER);
    const open = this.page.getByRole("button", { name: "Open the shift" });
    await open.or(this.page.getByRole("searchbox")).waitFor();
    if (!(await open.isVisible())) return;
    await this.page.getByLabel("Cash in the drawer").fill("100");
    await open.click();
    await this.page.getByRole("searchbox").waitFor();
  }

  /** What follows a first start has been done: the app is on the device, and so is what it makes of the goods. */
  async isAtRest(): Promise<void> {
    await this.page.evaluate(async () => {
      await navigator.serviceWorker.ready;
      let still = 0;
      for (let known = ""; still < 8; ) {
        await new Promise((resolve) => setTimeout(resolve, 500));
        const { usage = 0 } = await navigator.storage.estimate();
        still = known === String(usage) ? still + 1 : 0;
        known = String(usage);
      }
    });
  }

  /** Loads the page again in the running browser. */
  async coldStart(code: string): Promise<ColdStart> {
    await this.page.reload({ waitUntil: "commit" });
    const locked = await this.page.evaluate(
      (cashier) => bench.painted(() => document.body.textContent.includes(cashier)),
      CASHIER.name,
    );
    await this.page.evaluate(typePin, CASHIER);
    const unlocked = await this.page.evaluate(() =>
      bench.painted(() => document.querySelector("[role=searchbox], input[type=search]") !== null),
    );
    const scanned = await this.page.evaluate(async (scanned) => {
      const total = (): string => document.querySelector("[data-testid=total]")?.textContent ?? "";
      const before = total();
      bench.scan(scanned);
      return await bench.painted(() => total() !== before);
    }, code);
    return { locked, unlocked, scanned };
  }

  /** @returns for each code how long after its last key the line was painted */
  async scanEach(codes: readonly string[]): Promise<number[]> {
    return await this.page.evaluate(async (codes) => {
      const total = (): string => document.querySelector("[data-testid=total]")?.textContent ?? "";
      const latencies: number[] = [];
      for (const code of codes) {
        const before = total();
        const lastKeyAt = bench.scan(code);
        latencies.push((await bench.painted(() => total() !== before)) - lastKeyAt);
      }
      return latencies;
    }, codes);
  }

  /** Scans at a fixed rate, whether or not the last one is shown. @returns what the cart comes to afterwards, in cents */
  async scanBurst(codes: readonly string[], perSecond: number): Promise<number> {
    return await this.page.evaluate(
      async ({ codes, everyMs }) => {
        const startedAt = bench.now();
        for (const [index, code] of codes.entries()) {
          const dueIn = startedAt + index * everyMs - bench.now();
          if (dueIn > 0) await new Promise((resolve) => setTimeout(resolve, dueIn));
          bench.scan(code);
        }
        const text = (): string => document.querySelector("[data-testid=total]")?.textContent ?? "";
        for (let still = text(), frames = 0; frames < 30; frames += 1) {
          await new Promise(requestAnimationFrame);
          if (text() !== still) [still, frames] = [text(), 0];
        }
        return Number(text().replaceAll(/\D/g, ""));
      },
      { codes, everyMs: 1_000 / perSecond },
    );
  }

  /** Pays for what is in the cart in cash, and goes on to the next customer. */
  async pay(): Promise<Sold> {
    return await this.page.evaluate(async () => {
      const button = (): HTMLButtonElement | null => document.querySelector("[aria-label='Cash, quickly'] button");
      document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "F9", bubbles: true, cancelable: true }));
      await bench.painted(() => button()?.disabled === false);
      const durableBefore = bench.durable.length;
      const tappedAt = bench.now();
      button()?.click();
      const paintedAt = await bench.painted(() => document.querySelector("#paid-title") !== null);
      const durableAt = bench.durable[durableBefore] ?? Number.NaN;
      const next = (): HTMLButtonElement | undefined =>
        [...document.querySelectorAll("button")].find(
          ({ textContent, disabled }) => textContent.includes("Next customer") && !disabled,
        );
      await bench.painted(() => next() !== undefined);
      next()?.click();
      await bench.painted(() => document.querySelector("#paid-title") === null);
      return { durableMs: durableAt - tappedAt, paintedMs: paintedAt - tappedAt };
    });
  }

  /** Bytes on the heap of the page once what nobody needs is gone. */
  async heapBytes(): Promise<number> {
    await this.devtools.send("HeapProfiler.collectGarbage");
    const { usedSize } = await this.devtools.send("Runtime.getHeapUsage");
    return usedSize;
  }

  /** What the origin holds on the disk, as the browser counts it. */
  async diskBytes(): Promise<number> {
    return await this.page.evaluate(async () => (await navigator.storage.estimate()).usage ?? 0);
  }

  /** How many times slower than this machine the page runs; 1 for not at all. */
  async slowDown(times: number): Promise<void> {
    await this.devtools.send("Emulation.setCPUThrottlingRate", { rate: times });
  }
}

export type Bootstrap = { readonly seconds: number; readonly wireBytes: number; readonly longestBlockMs: number };

const CASHIER = DEMO_STAFF[0] ?? { name: "", pin: "" };

/** As quick fingers would: who it is, the digits, and the key. */
async function typePin({ name, pin }: { readonly name: string; readonly pin: string }): Promise<void> {
  const button = (text: string): HTMLButtonElement | undefined =>
    [...document.querySelectorAll("button")].find(({ textContent }) => textContent.includes(text));
  button(name)?.click();
  const key = (digit: string): HTMLButtonElement | undefined =>
    [...document.querySelectorAll("button")].find(({ textContent }) => textContent === digit);
  await bench.painted(() => key(pin[0] ?? "") !== undefined);
  for (const digit of pin) key(digit)?.click();
  await bench.painted(() => button("Unlock")?.disabled === false);
  button("Unlock")?.click();
}
