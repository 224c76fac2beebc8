import { randomBytes } from "node:crypto";
import { uuidV7 } from "@holdfast/domain/kernel/id";
import type { EnrolReply } from "@holdfast/protocol/enrol";
import { enrolmentCodeSchema } from "@holdfast/protocol/office/terminals";
import { enrolHeadless, type HeadlessTerminal } from "../../../apps/server/src/testing/headless-terminal.ts";
import { sell, shopOf } from "../../../apps/server/src/testing/make-sale.ts";
import { signInOffice } from "../../../apps/server/src/testing/office-client.ts";
import { expectBalanced, query } from "../support/books.ts";
import type { FaultProxy, FiredRule } from "../support/fault-proxy.ts";
import { expect, type Shop, test } from "../support/shop.ts";

/** A small backlog at every run, the large one when asked for. */
const IS_LARGE = process.env.HOLDFAST_FAULT_ROUNDS !== undefined;
const ONE_TILL_SALES = IS_LARGE ? 10_000 : 1_200;
const TILLS = IS_LARGE ? 100 : 5;
const SALES_EACH = IS_LARGE ? 100 : 40;
/** Of so many answers one is lost: 20 %. */
const LOST_EVERY = 5;
const DEATHS = 3;
const LIMIT_MS = IS_LARGE ? 3_600_000 : 300_000;

/** A terminal that the back office has just added. */
async function newTerminal(shop: Shop, line: FaultProxy, known: EnrolReply): Promise<HeadlessTerminal> {
  const office = await signInOffice(shop.server.officeUrl);
  const terminal = uuidV7(Date.now(), randomBytes(10));
  await office.send("POST", "/terminals", { terminal, branch: known.branch, name: `Till ${terminal.slice(-6)}` });
  const { body } = await office.send("POST", `/terminals/${terminal}/code`);
  return await enrolHeadless({ baseUrl: line.url, enrolmentCode: enrolmentCodeSchema.parse(body).code });
}

/** Sells with the line down: nothing of it leaves the till. */
async function sellAlone(terminal: HeadlessTerminal, count: number): Promise<string[]> {
  const shop = shopOf(terminal);
  const [first] = shop.variants;
  if (first === undefined) throw new Error("the demo shop sells something");
  const sales: string[] = [];
  for (let each = 0; each < count; each += 1)
    sales.push((await sell(terminal, { shop, lines: [{ variant: first, units: 1 + (each % 3) }] })).sale);
  return sales;
}

/** The line heals once a try has been cut. */
async function letCut(cut: FiredRule): Promise<void> {
  await expect.poll(cut.fired).toBeGreaterThan(0);
  cut.remove();
}

/** Lets the backlog go up through a line that loses every fifth answer, to a server that dies three times before it answers. */
async function drain(shop: Shop, line: FaultProxy, terminals: readonly HeadlessTerminal[]): Promise<void> {
  const lossy = line.add({ path: /^\/v1\/log$/, fault: { kind: "drop-reply" }, every: LOST_EVERY });
  let turn = Promise.resolve();
  const restart = (): Promise<void> => {
    turn = turn.then(() => shop.server.kill()).then(() => shop.server.up());
    return turn;
  };
  const deaths = line.add({ path: /^\/v1\/log$/, times: DEATHS, fault: { kind: "drop-reply", after: restart } });
  for (const { loop } of terminals) loop.wake();
  await expect.poll(deaths.fired, { timeout: LIMIT_MS }).toBe(DEATHS);
  await turn;
  for (const terminal of terminals) {
    terminal.loop.wake();
    await terminal.settled(LIMIT_MS);
  }
  lossy.remove();
}

async function expectExactly(shop: Shop, sold: readonly string[]): Promise<void> {
  const url = shop.server.database.ownerUrl;
  const booked = await query<{ sale: string }>(url, "SELECT sale::text AS sale FROM sale ORDER BY sale");
  expect(booked.map(({ sale }) => sale)).toEqual([...sold].sort());
  await expectBalanced(url);
}

test("a backlog of one till goes up once, through lost answers and a server that dies three times", async ({
  shop,
}) => {
  test.setTimeout(LIMIT_MS);
  const line = await shop.line();
  const terminal = await enrolHeadless({ baseUrl: line.url, enrolmentCode: shop.server.enrolmentCode(0) });
  terminal.loop.wake();
  await terminal.settled();
  const cut = line.add({ path: /^\/v1\//, fault: { kind: "cut" } });
  const sold = await sellAlone(terminal, ONE_TILL_SALES);
  await letCut(cut);
  await drain(shop, line, [terminal]);
  terminal.loop.stop();
  await expectExactly(shop, sold);
});

test("backlogs of many tills go up once, all at the same time", async ({ shop }) => {
  test.setTimeout(LIMIT_MS);
  const line = await shop.line();
  const first = await enrolHeadless({ baseUrl: line.url, enrolmentCode: shop.server.enrolmentCode(0) });
  const terminals = [first];
  while (terminals.length < TILLS) terminals.push(await newTerminal(shop, line, first.identity));
  for (const terminal of terminals) {
    terminal.loop.wake();
    await terminal.settled();
  }
  const cut = line.add({ path: /^\/v1\//, fault: { kind: "cut" } });
  const sold: string[] = [];
  for (const terminal of terminals) sold.push(...(await sellAlone(terminal, SALES_EACH)));
  await letCut(cut);
  await drain(shop, line, terminals);
  for (const { loop } of terminals) loop.stop();
  await expectExactly(shop, sold);
});
