import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { VariantDocument } from "@holdfast/protocol/documents";
import pg from "pg";
import { pino } from "pino";
import { expect, onTestFinished, test } from "vitest";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "../db/embedded/embedded-postgres.ts";
import { APP_ROLE, migrate } from "../db/migrate.ts";
import { createEnrolmentCode } from "../party/enrol.ts";
import { openDemo } from "../seed/open-demo.ts";
import { type Serving, serve } from "../serve.ts";
import { enrolHeadless, type HeadlessTerminal } from "../testing/headless-terminal.ts";
import { sell, shopOf } from "../testing/make-sale.ts";
import { temporaryFolder } from "../testing/temporary-folder.ts";

const DEATHS = 3;
const SALES_EACH = 30;
const PASSWORD = "of-this-test";
const UPLOAD = /\/v1\/log$/;

/** A database of its own that can be crashed, with a server on it that is never restarted. */
async function openShop(): Promise<{ database: Crashable; serving: Serving }> {
  const folder = await temporaryFolder("holdfast-dies-");
  const database = await Crashable.start(join(folder, "postgres"));
  await migrate(database.url, PASSWORD);
  const appUrl = new URL(database.url);
  appUrl.username = APP_ROLE;
  appUrl.password = PASSWORD;
  const log = pino({ level: "silent" });
  const serving = await serve({ appUrl: appUrl.href, host: "127.0.0.1", ports: [0, 0], siteDir: "", log });
  onTestFinished(async () => {
    await serving.stop();
    await database.crash();
    await rm(folder, { recursive: true, force: true });
  });
  return { database, serving };
}

class Crashable {
  readonly #dataDir: string;
  #server: EmbeddedPostgres;

  private constructor(dataDir: string, server: EmbeddedPostgres) {
    this.#dataDir = dataDir;
    this.#server = server;
  }

  static async start(dataDir: string): Promise<Crashable> {
    return new Crashable(dataDir, await startEmbeddedPostgres({ dataDir, log: () => undefined }));
  }

  get url(): string {
    return this.#server.url;
  }

  async crash(): Promise<void> {
    await this.#server.stop("immediate");
  }

  async recover(): Promise<void> {
    const { port } = this.#server;
    this.#server = await startEmbeddedPostgres({ dataDir: this.#dataDir, port, log: () => undefined });
  }
}

async function asked<Row extends pg.QueryResultRow>(url: string, text: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(text)).rows;
  } finally {
    await client.end();
  }
}

async function sellSome(terminal: HeadlessTerminal): Promise<string[]> {
  const shop = shopOf(terminal);
  const milk = shop.variants.find(({ name }) => name.startsWith("Whole milk")) as VariantDocument;
  const sold: string[] = [];
  for (let each = 0; each < SALES_EACH; each += 1)
    sold.push((await sell(terminal, { shop, lines: [{ variant: milk, units: 1 }] })).sale);
  return sold;
}

test("the database crashes while an upload is under way, again and again: what was confirmed is there, and everything once", async () => {
  const { database, serving } = await openShop();
  const merchant = await openDemo(serving.context);
  const [row] = await asked<{ terminal: HeadlessTerminal["identity"]["terminal"] }>(
    database.url,
    "SELECT terminal FROM terminal ORDER BY terminal LIMIT 1",
  );
  if (row === undefined) throw new Error("the demo shop has terminals");
  const { code } = await createEnrolmentCode(serving.context, { merchant, terminal: row.terminal });
  let isLineUp = true;
  let onUpload: (() => void) | null = null;
  let refused = 0;
  const line: typeof fetch = async (url, options) => {
    if (!isLineUp) throw new TypeError("the line is down");
    const answer = fetch(url, options);
    if (!UPLOAD.test(String(url))) return await answer;
    onUpload?.();
    const { ok } = await answer;
    if (!ok) refused += 1;
    return await answer;
  };
  const baseUrl = `http://127.0.0.1:${serving.ports[1]}`;
  const terminal = await enrolHeadless({ baseUrl, enrolmentCode: code, fetch: line });
  onTestFinished(() => terminal.loop.stop());
  terminal.loop.wake();
  await terminal.settled();

  const sold: string[] = [];
  for (let death = 0; death < DEATHS; death += 1) {
    isLineUp = false;
    sold.push(...(await sellSome(terminal)));
    const crashed = new Promise<void>((resolve) => {
      onUpload = () => {
        onUpload = null;
        resolve(database.crash());
      };
    });
    isLineUp = true;
    terminal.loop.wake();
    await crashed;
    await database.recover();
    terminal.loop.wake();
    await terminal.settled(60_000);
  }

  expect(refused, "an upload met the crash").toBeGreaterThan(0);
  const booked = await asked<{ sale: string }>(database.url, "SELECT sale FROM sale ORDER BY sale");
  expect(booked.map(({ sale }) => sale)).toEqual(sold.sort());
  const books = await asked(
    database.url,
    `SELECT (SELECT count(*)::int FROM stock_movement WHERE cause = 'sale') AS movements,
            (SELECT count(*)::int FROM event WHERE status = 'quarantined') AS held,
            (SELECT sum(debit) = sum(credit) FROM journal_line) AS balanced`,
  );
  expect(books).toEqual([{ movements: sold.length, held: 0, balanced: true }]);
}, 180_000);
