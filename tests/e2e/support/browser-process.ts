import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { type Browser, type BrowserContext, chromium, type Page } from "@playwright/test";
import { findChromium } from "../../../scripts/chromium.ts";

const START_LIMIT_MS = 30_000;
/** Whatever cannot be clicked by then is not there. */
const ACT_LIMIT_MS = 60_000;

/**
 * Chromium with a profile of its own, started by us so that we can kill it: everything about durability needs a profile that
 * stays, and a process that can be taken away.
 */
export class BrowserProcess {
  readonly profile: string;
  #child: ChildProcess | null = null;
  #browser: Browser | null = null;
  readonly #extraArgs: readonly string[];

  private constructor(profile: string, extraArgs: readonly string[]) {
    this.profile = profile;
    this.#extraArgs = extraArgs;
  }

  static async start(
    options: { readonly profile?: string; readonly args?: readonly string[] } = {},
  ): Promise<BrowserProcess> {
    const profile = options.profile ?? (await mkdtemp(join(tmpdir(), "holdfast-profile-")));
    const browser = new BrowserProcess(profile, options.args ?? []);
    await browser.up();
    return browser;
  }

  get context(): BrowserContext {
    const context = this.#browser?.contexts()[0];
    if (context === undefined) throw new Error("the browser is not running");
    return context;
  }

  async newPage(): Promise<Page> {
    const page = await this.context.newPage();
    page.setDefaultTimeout(ACT_LIMIT_MS);
    return page;
  }

  async up(): Promise<void> {
    const executable = findChromium();
    if (executable === undefined) throw new Error("Chromium is missing: apt-get install chromium");
    await rm(join(this.profile, "DevToolsActivePort"), { force: true });
    const isRoot = process.getuid?.() === 0;
    const child = spawn(
      executable,
      [
        "--headless=new",
        `--user-data-dir=${this.profile}`,
        "--remote-debugging-port=0",
        ...["--window-size=1366,768", "--force-prefers-reduced-motion"],
        ...["--disable-gpu", "--disable-quic", "--no-first-run", "--no-default-browser-check"],
        ...["--disable-background-networking", "--disable-component-update", "--disable-sync"],
        ...(isRoot ? ["--no-sandbox"] : []),
        ...this.#extraArgs,
        "about:blank",
      ],
      { detached: true, stdio: "ignore" },
    );
    this.#child = child;
    this.#browser = await chromium.connectOverCDP(`http://127.0.0.1:${await this.#debuggingPort(child)}`);
  }

  /** Takes the whole process group away at once, as a crash does. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (child === null || child.pid === undefined) return;
    this.#child = null;
    const exited = child.exitCode === null ? once(child, "exit") : Promise.resolve();
    process.kill(-child.pid, "SIGKILL");
    await exited;
    await this.#browser?.close().catch(() => undefined);
    this.#browser = null;
  }

  async dispose(): Promise<void> {
    await this.kill();
    await rm(this.profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }

  async #debuggingPort(child: ChildProcess): Promise<string> {
    const deadline = Date.now() + START_LIMIT_MS;
    for (;;) {
      const file = await readFile(join(this.profile, "DevToolsActivePort"), "utf8").catch(() => "");
      const [port] = file.split("\n");
      if (port !== undefined && port !== "") return port;
      if (child.exitCode !== null || Date.now() > deadline) throw new Error("Chromium did not start");
      await delay(20);
    }
  }
}
