import { type Dashboard, dashboardSchema } from "@holdfast/protocol/office/dashboard";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { enrolKey, entryMaker, newId, newKey } from "../testing/entry-maker.ts";
import { enrolHeadless, type HeadlessTerminal } from "../testing/headless-terminal.ts";
import { cash, sell, shopOf } from "../testing/make-sale.ts";
import { type OfficeClient, signInOffice } from "../testing/office-client.ts";
import { openOtherShop } from "../testing/office-people.ts";
import { startTestServer, type TestServer } from "../testing/test-server.ts";

let server: TestServer;
let office: OfficeClient;
let terminal: HeadlessTerminal;
let hill: HeadlessTerminal;

const DAY_MS = 86_400_000;

beforeAll(async () => {
  server = await startTestServer();
  office = await signInOffice(`http://127.0.0.1:${server.ports[0]}`);
  terminal = await enrolHeadless({ baseUrl: server.baseUrl, enrolmentCode: await server.codeFor(0) });
  hill = await enrolHeadless({ baseUrl: server.baseUrl, enrolmentCode: await server.codeFor(2) });
  for (const each of [terminal, hill]) {
    each.loop.wake();
    await each.settled();
  }
  const { variants } = shopOf(terminal);
  const [bread, beans] = [variants[0], variants.find(({ unit }) => unit.unit === "each" && unit.scale === 0)];
  if (bread === undefined || beans === undefined) throw new Error("the demo shop has goods");
  const card = (total: number): object => ({
    kind: "card",
    amount: total,
    reader: "standalone",
    reference: "1",
    state: "approved",
    attempt: newId(),
  });
  await sell(terminal, { lines: [{ variant: bread, units: 1 }], tenders: (total) => [cash(total + 10)], at: at(0) });
  await sell(terminal, {
    lines: [{ variant: bread, units: 2 }],
    tenders: (total) => [card(total) as never],
    at: at(0),
  });
  await sell(hill, { lines: [{ variant: beans, units: 1 }], at: at(0) });
  await sell(terminal, { lines: [{ variant: bread, units: 1 }], at: at(7 * DAY_MS + 60_000) });
  await sell(terminal, { lines: [{ variant: bread, units: 1 }], at: at(3 * DAY_MS) });
  await Promise.all([terminal.settled(), hill.settled()]);
});

afterAll(async () => {
  terminal?.loop.stop();
  hill?.loop.stop();
  await server?.stop();
});

/** A wall clock in Vienna, that long ago. */
function at(agoMs: number): string {
  const local = new Date(Date.now() - agoMs);
  const offset = viennaOffset(local);
  return `${new Date(local.getTime() + offset * 3_600_000).toISOString().slice(0, -1)}+0${offset}:00`;
}

function viennaOffset(moment: Date): number {
  const hour = (timeZone: string): number =>
    Number(new Intl.DateTimeFormat("en-GB", { hour: "2-digit", hour12: false, timeZone }).format(moment));
  return (hour("Europe/Vienna") - hour("UTC") + 24) % 24;
}

async function dashboard(query = ""): Promise<Dashboard> {
  return await office.get(`/dashboard${query}`, dashboardSchema);
}

const totalOf = (rows: readonly { readonly total: number }[]): number => rows.reduce((sum, row) => sum + row.total, 0);

test("every part of today comes to the same sum", async () => {
  const { today, byBranch, byHour, byTender, topProducts, lastDays } = await dashboard();
  expect(today.sales).toBe(3);
  expect(today.total).toBeGreaterThan(0);
  expect(totalOf(byBranch)).toBe(today.total);
  expect(totalOf(byHour)).toBe(today.total);
  expect(totalOf(topProducts)).toBe(today.total);
  expect(byTender.reduce((sum, { amount }) => sum + amount, 0)).toBe(today.total);
  expect(lastDays.at(-1)).toMatchObject({ sales: 3, total: today.total });
});

test("change is taken off the cash it was given from", async () => {
  const { byTender, today } = await dashboard();
  const cashTaken = byTender.find(({ kind }) => kind === "cash")?.amount ?? 0;
  const cardTaken = byTender.find(({ kind }) => kind === "card")?.amount ?? 0;
  expect(cashTaken + cardTaken).toBe(today.total);
  expect(cardTaken).toBeGreaterThan(0);
});

test("last week counts up to this time of day, and each of the seven days for itself", async () => {
  const { weekBefore, lastDays } = await dashboard();
  expect(weekBefore.sales).toBe(1);
  expect(lastDays).toHaveLength(7);
  expect(lastDays.map(({ sales }) => sales)).toEqual([0, 0, 0, 1, 0, 0, 3]);
});

test("one branch alone, and a branch of another shop not at all", async () => {
  const mine = await dashboard(`?branch=${hill.identity.branch}`);
  expect(mine.today.sales).toBe(1);
  expect(mine.byBranch).toHaveLength(1);
  const other = await openOtherShop(server.context);
  const foreign = await dashboard(`?branch=${other.branch}`);
  expect(foreign).toMatchObject({ today: { sales: 0, total: 0 }, byBranch: [] });
});

test("says which terminals were not heard of lately", async () => {
  expect((await dashboard()).completeness.silent).toEqual([]);
  await sql`UPDATE terminal SET last_seen_at = now() - interval '16 minutes' WHERE merchant = ${server.merchant}
            AND terminal = ${hill.identity.terminal}`.execute(server.context.db);
  const { silent } = (await dashboard()).completeness;
  expect(silent).toMatchObject([{ name: "Hill 1", unsent: 0 }]);
});

test("says how many records exist on a terminal only, and which cannot be booked", async () => {
  const keys = newKey();
  const identity = await enrolKey(server.baseUrl, await server.codeFor(1), keys.key);
  const push = async (entries: readonly object[]): Promise<void> => {
    const body = entries.map((entry) => JSON.stringify(entry)).join("\n");
    const headers = { authorization: `Bearer ${identity.token}` };
    expect((await fetch(`${server.baseUrl}/v1/log`, { method: "POST", body, headers })).status).toBe(200);
  };
  const first = entryMaker(keys);
  await push([first.open(identity.terminal), first.next("made-later", { text: "of a newer build" })]);
  const later = entryMaker(keys);
  const after = { stream: first.stream, seq: 6, hash: "ab".repeat(32) };
  await push([later.open(identity.terminal, { after })]);
  const { missing, quarantined, openCases } = (await dashboard()).completeness;
  expect(missing).toMatchObject([{ name: "Harbour 2", count: 5 }]);
  expect(quarantined).toBe(1);
  expect(openCases).toBe(1);
});
