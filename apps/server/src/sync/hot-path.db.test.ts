import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { enrolHeadless, type HeadlessTerminal } from "../testing/headless-terminal.ts";
import { sell, shopOf } from "../testing/make-sale.ts";
import { startTestServer, type TestServer } from "../testing/test-server.ts";

type Statement = { readonly text: string; readonly values: readonly unknown[] };

let server: TestServer;
let terminal: HeadlessTerminal;

beforeAll(async () => {
  server = await startTestServer();
  terminal = await enrolHeadless({ baseUrl: server.baseUrl, enrolmentCode: await server.codeFor(0) });
  terminal.loop.wake();
  await terminal.settled();
});

afterAll(async () => {
  terminal?.loop.stop();
  await server?.stop();
});

/** What the server says to its database while something is done. */
async function statementsOf(work: () => Promise<void>): Promise<Statement[]> {
  const said: Statement[] = [];
  const plain = pg.Client.prototype.query as (...given: unknown[]) => unknown;
  pg.Client.prototype.query = function listened(this: pg.Client, ...given: unknown[]) {
    const [first, second] = given;
    const query = typeof first === "string" ? { text: first, values: second } : (first as Partial<Statement>);
    said.push({ text: query.text ?? "", values: Array.isArray(query.values) ? query.values : [] });
    return plain.apply(this, given);
  } as typeof pg.Client.prototype.query;
  try {
    await work();
  } finally {
    pg.Client.prototype.query = plain as typeof pg.Client.prototype.query;
  }
  return said;
}

const CONTROL = /^(begin|start transaction|commit|rollback|set |discard plans)/i;
/** Rows that are copied in each start with their merchant. */
const COPY_IN = /^copy \w+ \(merchant, [\s\S]*\) from stdin/i;
/** Who asks is not known before this one: a token names its terminal, and that its merchant. */
const SIGN_IN = /token_hash/;

// INV-14: whoever keeps the merchants on several machines can send each of these to one of them.
test("every statement of an upload, a question and a comparison names the merchant, and only that one", async () => {
  const shop = shopOf(terminal);
  const [first, second] = shop.variants;
  if (first === undefined || second === undefined) throw new Error("the demo shop sells something");
  const said = await statementsOf(async () => {
    for (const variant of [first, second]) await sell(terminal, { shop, lines: [{ variant, units: 1 }] });
    await terminal.settled();
    await terminal.wire.have(["0".repeat(64)]);
    await terminal.wire.pull({ channels: [{ channel: "m", cursor: null }], check: true });
  });
  const hot = said.filter(({ text }) => !CONTROL.test(text.trim()) && !SIGN_IN.test(text));
  const wandering = hot.filter(({ text, values }) => {
    if (COPY_IN.test(text)) return false;
    return !/\bmerchant\b/.test(text) || !values.flat().includes(server.merchant);
  });
  expect(wandering.map(({ text }) => text.replace(/\s+/g, " ").slice(0, 200))).toEqual([]);
  expect(hot.length, "statements that were looked at").toBeGreaterThan(10);
});
