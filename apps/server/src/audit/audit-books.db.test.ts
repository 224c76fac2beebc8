import type { Sale } from "@holdfast/domain/sale/sale";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { enrolHeadless, type HeadlessTerminal } from "../testing/headless-terminal.ts";
import { sell, shopOf } from "../testing/make-sale.ts";
import { startTestServer, type TestServer } from "../testing/test-server.ts";
import { auditBooks } from "./audit-books.ts";

let server: TestServer;
let terminal: HeadlessTerminal;
let owner: pg.Client;
let sale: Sale;

beforeAll(async () => {
  server = await startTestServer({ extras: true });
  terminal = await enrolHeadless({ baseUrl: server.baseUrl, enrolmentCode: await server.codeFor(0) });
  terminal.loop.wake();
  await terminal.settled();
  const [variant] = shopOf(terminal).variants.filter(({ stocked }) => stocked);
  if (variant === undefined) throw new Error("the demo shop has goods");
  sale = await sell(terminal, { lines: [{ variant, units: 2 * 10 ** variant.unit.scale }] });
  await sell(terminal, { lines: [{ variant, units: 10 ** variant.unit.scale }] });
  await terminal.settled();
  owner = new pg.Client({ connectionString: server.database.ownerUrl });
  await owner.connect();
});

afterAll(async () => {
  terminal?.loop.stop();
  await owner?.end();
  await server?.stop();
});

/** What the checks say of books in which this was changed by hand, past the code; the books are whole again afterwards. */
async function findingsAfter(change: string, undo: string): Promise<string[]> {
  await owner.query(change);
  try {
    const findings = await auditBooks(server.database.ownerUrl, server.merchant);
    return findings.map(({ check, query }) => `${check} ${query}`);
  } finally {
    await owner.query(undo);
  }
}

test("books that were only ever written by the server hold", async () => {
  expect(await auditBooks(server.database.ownerUrl, server.merchant)).toEqual([]);
});

test.each<[string, (id: string) => [change: string, undo: string], string[]]>([
  [
    "a sum of an account",
    () => [
      "UPDATE account_balance SET debit = debit + 1 WHERE account = 'till-cash'",
      "UPDATE account_balance SET debit = debit - 1 WHERE account = 'till-cash'",
    ],
    ["1 balances"],
  ],
  [
    "what a sale comes to",
    (id) => [
      `UPDATE sale SET ex_tax = ex_tax + 1, total = total + 1 WHERE sale = '${id}'`,
      `UPDATE sale SET ex_tax = ex_tax - 1, total = total - 1 WHERE sale = '${id}'`,
    ],
    ["2 sales", "2 lines", "4 settled"],
  ],
  [
    "what was tendered",
    (id) => [
      `UPDATE sale_tender SET amount = amount + 1 WHERE sale = '${id}'`,
      `UPDATE sale_tender SET amount = amount - 1 WHERE sale = '${id}'`,
    ],
    ["4 settled", "4 cash"],
  ],
  [
    "what is on hand",
    () => ["UPDATE stock_balance SET units = units + 1", "UPDATE stock_balance SET units = units - 1"],
    ["6 stock"],
  ],
  [
    "what the stock is worth",
    () => ["UPDATE stock_balance SET value = value + 1", "UPDATE stock_balance SET value = value - 1"],
    ["7 value"],
  ],
  [
    "what a movement cost",
    (id) => [
      `UPDATE stock_movement SET cost = cost + 1 WHERE document = '${id}'`,
      `UPDATE stock_movement SET cost = cost - 1 WHERE document = '${id}'`,
    ],
    ["8 sales"],
  ],
  [
    "what a card holds",
    () => [
      "UPDATE stored_value SET available = available + 1 WHERE kind = 'gift-card'",
      "UPDATE stored_value SET available = available - 1 WHERE kind = 'gift-card'",
    ],
    ["9 giftCards", "9 cardsBySum"],
  ],
  [
    "the number of a receipt",
    (id) => [
      `UPDATE sale SET number = number + 9 WHERE sale = '${id}'`,
      `UPDATE sale SET number = number - 9 WHERE sale = '${id}'`,
    ],
    ["11 receipts"],
  ],
  [
    "the text of an entry",
    (id) => [
      `UPDATE log_entry SET raw = replace(raw, '"training":false', '"training":true ') WHERE event = '${id}'`,
      `UPDATE log_entry SET raw = replace(raw, '"training":true ', '"training":false') WHERE event = '${id}'`,
    ],
    ["11 chains", "11 signatures"],
  ],
  [
    "an entry's cause",
    (id) => [
      `UPDATE journal_entry SET source = 'ffffffff-ffff-7fff-bfff-ffffffffffff' WHERE source = '${id}' AND kind = 'cogs'`,
      `UPDATE journal_entry SET source = '${id}' WHERE source = 'ffffffff-ffff-7fff-bfff-ffffffffffff'`,
    ],
    ["8 sales", "12 uncosted", "12 causeless"],
  ],
])("%s changed by hand is found", async (_what, changeOf, expected) => {
  expect(await findingsAfter(...changeOf(sale.sale))).toEqual(expected);
});
