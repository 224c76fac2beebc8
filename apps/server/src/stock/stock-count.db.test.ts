import { amount } from "@holdfast/domain/money/amount";
import { currencyCode } from "@holdfast/domain/money/currency";
import type { BranchId } from "@holdfast/domain/party/merchant";
import type { StaffId } from "@holdfast/domain/staff/staff";
import type { VariantDocument } from "@holdfast/protocol/documents";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { auditBooks } from "../audit/audit-books.ts";
import { enrolHeadless, type HeadlessTerminal } from "../testing/headless-terminal.ts";
import { sell, shopOf } from "../testing/make-sale.ts";
import { nowOf, report, todayOf } from "../testing/report-event.ts";
import { startTestServer, type TestServer } from "../testing/test-server.ts";

let server: TestServer;
let one: HeadlessTerminal;
let two: HeadlessTerminal;

beforeAll(async () => {
  server = await startTestServer({ extras: true });
  one = await enrolHeadless({ baseUrl: server.baseUrl, enrolmentCode: await server.codeFor(0) });
  two = await enrolHeadless({ baseUrl: server.baseUrl, enrolmentCode: await server.codeFor(1) });
  for (const terminal of [one, two]) terminal.loop.wake();
  await Promise.all([one.settled(), two.settled()]);
});

afterAll(async () => {
  for (const terminal of [one, two]) terminal?.loop.stop();
  await server?.stop();
});

function goods(name: string): VariantDocument {
  const found = shopOf(one).variants.find((variant) => variant.name.startsWith(name));
  if (found === undefined) throw new Error(`the demo shop has no ${name}`);
  return found;
}

async function onHand({ variant }: VariantDocument): Promise<number | undefined> {
  const { rows } = await sql<{ units: number }>`
    SELECT units FROM stock_balance WHERE merchant = ${server.merchant} AND variant = ${variant}
      AND branch = ${one.identity.branch}`.execute(server.context.db);
  return rows[0]?.units;
}

async function causesOf({ variant }: VariantDocument): Promise<string[]> {
  const { rows } = await sql<{ text: string }>`
    SELECT cause || ' ' || units AS text FROM stock_movement WHERE merchant = ${server.merchant} AND variant = ${variant}
      AND branch = ${one.identity.branch} AND cause <> 'delivery' ORDER BY rev, abs(line), line DESC`.execute(
    server.context.db,
  );
  return rows.map(({ text }) => text);
}

const document = (terminal: HeadlessTerminal, at = nowOf()) => ({
  ...{ branch: terminal.identity.branch as BranchId, businessDay: todayOf(), currency: currencyCode("EUR") },
  ...{ by: shopOf(terminal).cashier.staff as StaffId, at },
});

async function count(
  terminal: HeadlessTerminal,
  { variant }: VariantDocument,
  units: number,
  at = nowOf(),
): Promise<void> {
  const lines = [{ variant, units, scale: 0 }];
  await report(terminal, "stock-counted", { count: terminal.newId(), ...document(terminal, at), lines, note: "" });
}

const minutesAgo = (minutes: number) => nowOf(Date.now() - minutes * 60_000);

test("a count finds what is missing, at its cost", async () => {
  const lemon = goods("Lemon");
  await count(one, lemon, 38);
  await one.settled();
  expect(await onHand(lemon)).toBe(38);
  const { rows } = await sql<{ account: string; debit: number }>`
    SELECT account, debit FROM journal_line WHERE merchant = ${server.merchant} AND kind LIKE 'count:%' AND debit > 0`.execute(
    server.context.db,
  );
  expect(rows).toEqual([{ account: "stock-count-variance", debit: 60 }]);
});

test("a sale after the count, at a till that had not heard of it, is not lost in it", async () => {
  const avocado = goods("Avocado");
  await sell(two, { lines: [{ variant: avocado, units: 3 }] });
  await count(one, avocado, 40, minutesAgo(30));
  await Promise.all([one.settled(), two.settled()]);
  // 40 were there half an hour ago, and three have been sold since, whichever record came first.
  expect(await onHand(avocado)).toBe(37);
});

test("a sale that comes in late and had happened before the count was found by it, and changes nothing", async () => {
  const soap = goods("Dish soap");
  await count(one, soap, 35);
  await one.settled();
  await sell(two, { lines: [{ variant: soap, units: 5 }], at: minutesAgo(60) });
  await two.settled();
  expect(await onHand(soap)).toBe(35);
  expect(await causesOf(soap)).toEqual(["count -5", "sale -5", "absorbed-by-count 5"]);
});

test("an older count that comes in after a newer one says nothing of today", async () => {
  const cookie = goods("Salted caramel cookie");
  await count(one, cookie, 30);
  await one.settled();
  await count(two, cookie, 33, minutesAgo(120));
  await two.settled();
  expect(await onHand(cookie)).toBe(30);
});

test("a delivery taken in at the till raises the stock, and corrects what was sold before it came", async () => {
  const bag = goods("Tote bag");
  await sell(one, { lines: [{ variant: bag, units: 42 }] });
  await one.settled();
  expect(await onHand(bag)).toBe(-2);
  const lines = [{ variant: bag.variant, units: 10, scale: 0, value: amount(2_500) }];
  await report(one, "goods-received", {
    delivery: one.newId(),
    ...document(one),
    supplier: "Weaver",
    reference: "77",
    lines,
  });
  await one.settled();
  expect(await onHand(bag)).toBe(8);
  // Two bags went out at 2.10 and really cost 2.50.
  const { rows } = await sql<{ debit: number }>`
    SELECT debit FROM journal_line WHERE merchant = ${server.merchant} AND account = 'oversell-correction'`.execute(
    server.context.db,
  );
  expect(rows).toEqual([{ debit: 80 }]);
});

test("goods without a price on their paper come in at what such goods are known to cost", async () => {
  const butter = goods("Salted butter");
  const lines = [{ variant: butter.variant, units: 10, scale: 0, value: null }];
  const delivery = one.newId();
  await report(one, "goods-received", { delivery, ...document(one), supplier: "", reference: "", lines });
  await one.settled();
  const { rows } = await sql<{ cost: number }>`SELECT cost FROM stock_movement WHERE document = ${delivery}`.execute(
    server.context.db,
  );
  expect(rows).toEqual([{ cost: 2_400 }]);
});

test("after all of it the books hold", async () => {
  expect(await auditBooks(server.database.ownerUrl, server.merchant)).toEqual([]);
});
