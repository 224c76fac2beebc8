import { readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import pg from "pg";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { auditBooks } from "../audit/audit-books.ts";
import { enrolHeadless, type HeadlessTerminal } from "../testing/headless-terminal.ts";
import { sell, shopOf } from "../testing/make-sale.ts";
import { temporaryFolder } from "../testing/temporary-folder.ts";
import { createTestDatabase, type TestDatabase } from "../testing/test-database.ts";
import { startTestServer, type TestServer } from "../testing/test-server.ts";
import { backup } from "./backup.ts";
import { RestoreRefused, restore } from "./restore.ts";

const AT = "2026-11-23T10:00:00.000Z";

let server: TestServer;
let terminal: HeadlessTerminal;
let folder: string;
let file: string;

beforeAll(async () => {
  server = await startTestServer({ extras: true });
  terminal = await enrolHeadless({ baseUrl: server.baseUrl, enrolmentCode: await server.codeFor(0) });
  terminal.loop.wake();
  await terminal.settled();
  const variant = shopOf(terminal).variants.find(({ name }) => name.startsWith("Lemon"));
  if (variant === undefined) throw new Error("the demo shop has lemons");
  await sell(terminal, { lines: [{ variant, units: 2, name: "Lemon\twith a tab, a \\ and\na line" }] });
  await terminal.settled();
  folder = await temporaryFolder("holdfast-backup-");
  file = join(folder, "shop.backup");
  await backup(server.database.ownerUrl, file, AT);
});

afterAll(async () => {
  terminal?.loop.stop();
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

async function emptyDatabase(): Promise<TestDatabase> {
  const database = await createTestDatabase();
  onTestFinished(database.drop);
  return database;
}

async function contentsOf(url: string): Promise<Record<string, unknown[]>> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const contents: Record<string, unknown[]> = {};
    for (const table of [
      "sale",
      "sale_line",
      "log_entry",
      "journal_entry",
      "stock_balance",
      "stored_value",
      "customer",
      "feed",
    ]) {
      const { rows } = await client.query(`SELECT to_jsonb(t) AS row FROM ${table} t ORDER BY to_jsonb(t)::text`);
      contents[table] = rows.map(({ row }) => row);
    }
    return contents;
  } finally {
    await client.end();
  }
}

async function originOf(url: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query("SELECT origin FROM merchant");
  await client.end();
  return rows[0]?.origin;
}

/** The backup with its text changed. */
async function changed(change: (text: string) => string): Promise<string> {
  const other = join(folder, "changed.backup");
  await writeFile(other, gzipSync(change(gunzipSync(await readFile(file)).toString())));
  return other;
}

// INV-13: another origin.
test("a restored server has all of it to the byte, another origin, and books that hold", async () => {
  const database = await emptyDatabase();
  const report = await restore(database.ownerUrl, file, () => "restored1");
  expect(report).toEqual({ madeAt: AT, merchants: 1 });
  expect(await contentsOf(database.ownerUrl)).toEqual(await contentsOf(server.database.ownerUrl));
  expect(await originOf(database.ownerUrl)).toBe("restored1");
  expect(await originOf(server.database.ownerUrl)).not.toBe("restored1");
  expect(await auditBooks(database.ownerUrl, server.merchant)).toEqual([]);
});

test.each<[string, (text: string) => string, string]>([
  ["cut off", (text) => text.slice(0, text.length / 2), "cut off"],
  ["changed by one figure", (text) => text.replace("138", "139"), "checksum"],
  ["of something else", () => "hello\n", "no backup"],
])("a file that was %s is refused before anything is written", async (_what, change, message) => {
  const database = await emptyDatabase();
  await expect(restore(database.ownerUrl, await changed(change), () => "x")).rejects.toThrow(message);
  expect(await originOf(database.ownerUrl)).toBeUndefined();
});

test("a file that is no gzip, or ends in the middle of it, is refused", async () => {
  const database = await emptyDatabase();
  const half = join(folder, "half.backup");
  const whole = await readFile(file);
  await writeFile(half, whole.subarray(0, whole.length / 2));
  await expect(restore(database.ownerUrl, half, () => "x")).rejects.toThrow(RestoreRefused);
});

test("a database with a shop in it is left alone", async () => {
  const before = await originOf(server.database.ownerUrl);
  await expect(restore(server.database.ownerUrl, file, () => "x")).rejects.toThrow("already");
  expect(await originOf(server.database.ownerUrl)).toBe(before);
});

test("nobody but its owner may read a backup: it holds the server's keys", async () => {
  expect((await stat(file)).mode & 0o077).toBe(0);
});
