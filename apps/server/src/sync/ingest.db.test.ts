import type { Sale } from "@holdfast/domain/sale/sale";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { danglingRows } from "../testing/dangling.ts";
import { enrolHeadless, type HeadlessTerminal } from "../testing/headless-terminal.ts";
import { cash, sell, shopOf } from "../testing/make-sale.ts";
import { startTestServer, type TestServer } from "../testing/test-server.ts";

let server: TestServer;
let harbour1: HeadlessTerminal;
let harbour2: HeadlessTerminal;

beforeAll(async () => {
  server = await startTestServer();
  harbour1 = await enrolHeadless({ baseUrl: server.baseUrl, enrolmentCode: await server.codeFor(0) });
  harbour2 = await enrolHeadless({ baseUrl: server.baseUrl, enrolmentCode: await server.codeFor(1) });
  for (const terminal of [harbour1, harbour2]) terminal.loop.wake();
  await Promise.all([harbour1.settled(), harbour2.settled()]);
});

afterAll(async () => {
  for (const terminal of [harbour1, harbour2]) terminal?.loop.stop();
  await server?.stop();
});

async function rowsOf<Row>(query: ReturnType<typeof sql<Row>>): Promise<Row[]> {
  return (await query.execute(server.context.db)).rows;
}

async function onHand(sale: Sale, line = 0): Promise<number | undefined> {
  const rows = await rowsOf(sql<{ units: number }>`
    SELECT units FROM stock_balance
    WHERE merchant = ${server.merchant} AND branch = ${sale.branch} AND variant = ${sale.lines[line]?.variant}`);
  return rows[0]?.units;
}

function goods(terminal: HeadlessTerminal, name: string) {
  const found = shopOf(terminal).variants.find((variant) => variant.name.startsWith(name));
  if (found === undefined) throw new Error(`the demo shop has no ${name}`);
  return found;
}

test("a sale made on a terminal is in the books once, with its stock movements and balanced entries", async () => {
  const sale = await sell(harbour1, {
    lines: [
      { variant: goods(harbour1, "Avocado"), units: 2 },
      {
        variant: goods(harbour1, "Cola"),
        units: 1,
        discounts: [{ kind: "percent", percentPpm: 100_000, reason: "dented" }],
      },
    ],
    tenders: (total) => [cash(Math.ceil(total / 1000) * 1000)],
  });
  await harbour1.settled();

  expect(await onHand(sale, 0)).toBe(38);
  expect(await onHand(sale, 1)).toBe(39);
  const lines = await rowsOf(sql<{ kind: string; account: string; debit: number; credit: number }>`
    SELECT l.kind, a.code AS account, l.debit, l.credit FROM journal_line l JOIN account a USING (merchant, account)
    WHERE l.merchant = ${server.merchant} AND l.source = ${sale.sale} ORDER BY l.kind, a.code, l.debit, l.credit`);
  // 2 × 1.49 at 10 % and 1.79 less 10 % = 1.61 at 20 %: 2.71 + 0.27 and 1.34 + 0.27 (list 1.49 + 0.30).
  expect(lines).toEqual([
    { kind: "cogs", account: "1200", debit: 0, credit: 242 },
    { kind: "cogs", account: "5000", debit: 82, credit: 0 },
    { kind: "cogs", account: "5000", debit: 160, credit: 0 },
    { kind: "rev", account: "1020", debit: 459, credit: 0 },
    { kind: "rev", account: "2100", debit: 0, credit: 27 },
    { kind: "rev", account: "2100", debit: 0, credit: 27 },
    { kind: "rev", account: "4000", debit: 0, credit: 149 },
    { kind: "rev", account: "4000", debit: 0, credit: 271 },
    { kind: "rev", account: "4020", debit: 15, credit: 0 },
  ]);
});

test("what a terminal sold shows on the other terminal's copy of the stock", async () => {
  const sale = await sell(harbour1, { lines: [{ variant: goods(harbour1, "Lemon"), units: 3 }] });
  await harbour1.settled();
  const channel = `b:${sale.branch}`;
  await expect
    .poll(() => harbour2.replica.get(channel, "stock", sale.lines[0]?.variant ?? "")?.body, { timeout: 5_000 })
    .toMatchObject({ units: 37 });
  expect(harbour1.replica.settledSeq(channel, harbour1.log.stream)).toBe(harbour1.log.tip.seq);
});

test("two terminals sell the last unit: both sales stand, stock is −1, and one case is open", async () => {
  const variant = goods(harbour1, "Tote bag");
  await sell(harbour1, { lines: [{ variant, units: 39 }] });
  await harbour1.settled();
  const [first, second] = await Promise.all([
    sell(harbour1, { lines: [{ variant, units: 1 }] }),
    sell(harbour2, { lines: [{ variant, units: 1 }] }),
  ]);
  await Promise.all([harbour1.settled(), harbour2.settled()]);

  const sales = await rowsOf(
    sql`SELECT sale FROM sale WHERE merchant = ${server.merchant} AND sale IN (${first.sale}, ${second.sale})`,
  );
  expect(sales).toHaveLength(2);
  expect(await onHand(first)).toBe(-1);
  const cases = await rowsOf(sql<{ subject: string }>`
      SELECT subject FROM inbox_case WHERE merchant = ${server.merchant} AND kind = 'oversold' AND closed_at IS NULL`);
  expect(cases).toEqual([{ subject: `${first.branch}:${variant.variant}` }]);
});

// INV-04: effects at most once.
test("a batch has its effects once, however often and however many at a time it comes", async () => {
  const before = harbour1.log.tip.seq;
  harbour1.loop.stop();
  for (let i = 0; i < 5; i += 1) await sell(harbour1, { lines: [{ variant: goods(harbour1, "Bagel"), units: 1 }] });
  const entries = (await harbour1.store.entries(harbour1.log.stream, before + 1, 5)).map(({ raw, sig }) => ({
    raw,
    sig,
  }));

  const replies = await Promise.all(Array.from({ length: 20 }, () => harbour1.wire.push(entries)));

  for (const reply of replies) {
    expect(reply.accepted).toBe(5);
    expect(reply.receipts.map(({ seq }) => seq)).toEqual([before + 5]);
    expect(reply.stopped).toEqual([]);
  }
  const events = entries.map(({ raw }) => JSON.parse(raw).event as string);
  const [sales] = await rowsOf(sql<{ count: number }>`
    SELECT count(*) AS count FROM sale WHERE merchant = ${server.merchant} AND event = ANY (${events}::uuid[])`);
  expect(sales?.count).toBe(5);
});

test("the trial balance is zero and stock equals its movements", async () => {
  const [books] = await rowsOf(sql<{ debit: number; credit: number }>`
    SELECT sum(debit)::bigint AS debit, sum(credit)::bigint AS credit FROM account_balance WHERE merchant = ${server.merchant}`);
  expect(books?.debit).toBeGreaterThan(0);
  expect(books?.debit).toBe(books?.credit);
  const drifted = await rowsOf(sql`
    SELECT b.variant FROM stock_balance b
    LEFT JOIN (SELECT branch, variant, sum(units) AS units FROM stock_movement WHERE merchant = ${server.merchant} GROUP BY 1, 2) m
      USING (branch, variant)
    WHERE b.merchant = ${server.merchant} AND b.units <> coalesce(m.units, 0)`);
  expect(drifted).toEqual([]);
});

test("nothing that was taken in points to something that is not there", async () => {
  expect(await danglingRows(server.context.db, server.merchant)).toEqual({});
});
