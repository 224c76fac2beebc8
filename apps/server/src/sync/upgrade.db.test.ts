import type { VariantDocument } from "@holdfast/protocol/documents";
import { caseListSchema, quarantineSchema } from "@holdfast/protocol/office/cases";
import { saleListSchema } from "@holdfast/protocol/office/sales";
import { sql } from "kysely";
import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Serving, serve } from "../serve.ts";
import { enrolHeadless, type HeadlessTerminal } from "../testing/headless-terminal.ts";
import { sell, shopOf } from "../testing/make-sale.ts";
import { type OfficeClient, signInOffice } from "../testing/office-client.ts";
import { asOlderServer } from "../testing/older-server.ts";
import { startTestServer, type TestServer } from "../testing/test-server.ts";

let server: TestServer;
let upgraded: Serving | null = null;
let office: OfficeClient;
let terminal: HeadlessTerminal;
let isLineUp = true;
let upgradeAfterwards: (() => void) | null = null;

beforeAll(async () => {
  server = await startTestServer();
  office = await signInOffice(`http://127.0.0.1:${server.ports[0]}`);
  const line: typeof fetch = async (...asked) => {
    if (!isLineUp) throw new TypeError("the line is down");
    return await fetch(...asked);
  };
  const { baseUrl } = server;
  terminal = await enrolHeadless({ baseUrl, enrolmentCode: await server.codeFor(0), fetch: line });
  terminal.loop.wake();
  await terminal.settled();
});

afterAll(async () => {
  upgradeAfterwards?.();
  terminal?.loop.stop();
  await upgraded?.stop();
  await server?.stop();
});

/** Starts the server's next process on the same database, as an upgrade does. */
async function restart(): Promise<void> {
  await upgraded?.stop();
  const { appUrl } = server.database;
  const log = pino({ level: "error" });
  upgraded = await serve({ appUrl, host: "127.0.0.1", ports: [0, 0], siteDir: "", log });
}

async function held(): Promise<string[]> {
  return (await office.get("/quarantine", quarantineSchema)).records.map(({ type }) => type).sort();
}

// INV-05: no event is lost for its version.
test("what is newer than the server is set aside, waits through its restarts, and is booked after its upgrade, once", async () => {
  isLineUp = false;
  const milk = shopOf(terminal).variants.find(({ name }) => name.startsWith("Whole milk")) as VariantDocument;
  await sell(terminal, { lines: [{ variant: milk, units: 2 }] });
  await sell(terminal, { lines: [{ variant: milk, units: 3 }] });
  const drawer = terminal.newId();
  await terminal.log.append({
    build: () => ({ events: [{ event: drawer, type: "drawer-opened", body: {} as never }], value: null }),
  });
  const upgrade = asOlderServer(["sale-completed"]);
  upgradeAfterwards = asOlderServer(["drawer-opened"]);
  isLineUp = true;
  await terminal.settled();
  const waiting = ["drawer-opened", "sale-completed", "sale-completed"];
  expect(await held()).toEqual(waiting);
  await restart();
  await restart();
  expect(await held()).toEqual(waiting);
  upgrade();
  await restart();
  await expect.poll(held, { timeout: 20_000 }).toEqual(["drawer-opened"]);
  await restart();
  const { sum } = await office.get("/sales", saleListSchema);
  expect(sum?.sales).toBe(2);
  const { rows } = await sql<{ units: number }>`
    SELECT sum(units)::int AS units FROM stock_movement
    WHERE merchant = ${server.merchant} AND variant = ${milk.variant} AND cause = 'sale'`.execute(server.context.db);
  expect(rows).toEqual([{ units: -5 }]);
  const closed = (await office.get("/cases?state=closed", caseListSchema)).cases;
  expect(closed.map(({ kind, resolution }) => [kind, resolution?.by])).toEqual([
    ["quarantined", null],
    ["quarantined", null],
  ]);
});

test("a terminal that is too old to read is told so, and what it brings is taken all the same", async () => {
  const headers = { authorization: `Bearer ${terminal.identity.token}`, "holdfast-protocol": "-1" };
  const feed = await fetch(`${server.baseUrl}/v1/feed?c=m@0`, { headers });
  expect([feed.status, ((await feed.json()) as { error: { code: string } }).error.code]).toEqual([
    426,
    "update_needed",
  ]);
  for (const path of ["snapshot/m", `chunk/${"ab".repeat(32)}`, "live?c=m"])
    expect((await fetch(`${server.baseUrl}/v1/${path}`, { headers })).status).toBe(426);
  const { writer } = await terminal.store.read();
  const entries = writer === null ? [] : await terminal.store.entries(writer.stream, 0, 10);
  const body = entries.map(({ raw, sig }) => JSON.stringify({ raw, sig })).join("\n");
  const log = await fetch(`${server.baseUrl}/v1/log`, { method: "POST", headers, body });
  expect([log.status, await log.json()]).toMatchObject([200, { accepted: entries.length, stopped: [] }]);
});
