import {
  type AccountLines,
  accountLinesSchema,
  entriesSchema,
  type TrialBalance,
  trialBalanceSchema,
} from "@holdfast/protocol/office/ledger";
import { afterAll, beforeAll, expect, test } from "vitest";
import { enrolHeadless, type HeadlessTerminal } from "../testing/headless-terminal.ts";
import { sell, shopOf } from "../testing/make-sale.ts";
import { type OfficeClient, signInOffice } from "../testing/office-client.ts";
import { openOtherShop } from "../testing/office-people.ts";
import { startTestServer, type TestServer } from "../testing/test-server.ts";

let server: TestServer;
let office: OfficeClient;
const terminals: HeadlessTerminal[] = [];
const totals: number[] = [];

beforeAll(async () => {
  server = await startTestServer();
  office = await signInOffice(`http://127.0.0.1:${server.ports[0]}`);
  for (const index of [0, 2]) {
    const terminal = await enrolHeadless({ baseUrl: server.baseUrl, enrolmentCode: await server.codeFor(index) });
    terminal.loop.wake();
    await terminal.settled();
    terminals.push(terminal);
    const variant = shopOf(terminal).variants[index];
    if (variant === undefined) throw new Error("the demo shop has goods");
    for (const day of [1, 2, 3]) {
      const units = variant.unit.scale === 3 ? 500 * day : day;
      const sale = await sell(terminal, { lines: [{ variant, units }], at: `2026-03-0${day}T10:00:00.000+01:00` });
      totals.push(sale.totals.total);
    }
    await terminal.settled();
  }
});

afterAll(async () => {
  for (const terminal of terminals) terminal.loop.stop();
  await server?.stop();
});

async function trialBalance(query: string): Promise<TrialBalance> {
  return await office.get(`/ledger/trial-balance?${query}`, trialBalanceSchema);
}

async function lines(account: string, query = ""): Promise<AccountLines> {
  return await office.get(`/ledger/accounts/${account}?${query}`, accountLinesSchema);
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const accountOf = (balance: TrialBalance, account: string): TrialBalance["accounts"][number] | undefined =>
  balance.accounts.find((each) => each.account === account);

test("debits equal credits, for the shop and for each branch, on every day", async () => {
  const branches = terminals.map(({ identity }) => identity.branch);
  for (const scope of ["", ...branches.map((branch) => `&branch=${branch}`)]) {
    for (const day of ["2026-02-28", "2026-03-01", "2026-03-02", "2030-01-01"]) {
      const { debit, credit, accounts } = await trialBalance(`day=${day}${scope}`);
      expect(debit).toBe(credit);
      expect(sum(accounts.map((row) => row.debit))).toBe(debit);
    }
  }
});

test("the balance of a day has what was posted up to it, and branches add up to the shop", async () => {
  const till = async (query: string): Promise<number> => accountOf(await trialBalance(query), "till-cash")?.debit ?? 0;
  expect(await till("day=2026-02-28")).toBe(0);
  expect(await till("day=2026-03-01")).toBe((totals[0] ?? 0) + (totals[3] ?? 0));
  expect(await till("day=2026-03-03")).toBe(sum(totals));
  const [first, second] = terminals.map(({ identity }) => `day=2026-03-03&branch=${identity.branch}`);
  expect((await till(first ?? "")) + (await till(second ?? ""))).toBe(sum(totals));
  const { accounts } = await trialBalance("day=2026-03-03");
  expect(accounts.map(({ code }) => code)).toEqual([...accounts.map(({ code }) => code)].sort());
});

test("an account's lines come to its balance, newest first, page by page, each with its sale", async () => {
  const whole = await lines("till-cash");
  expect(whole.account).toMatchObject({ code: "1020", name: "Till cash", type: "asset" });
  expect(sum(whole.lines.map(({ debit, credit }) => debit - credit))).toBe(sum(totals));
  expect(whole.lines.map(({ postingDay }) => postingDay)).toEqual(
    whole.lines
      .map(({ postingDay }) => postingDay)
      .toSorted()
      .toReversed(),
  );
  expect(whole.lines.every(({ sale }) => sale !== null)).toBe(true);
  const seen: unknown[] = [];
  let after = "";
  do {
    const page = await lines("till-cash", `limit=2${after}`);
    seen.push(...page.lines);
    after = page.next === null ? "" : `&after=${page.next}`;
  } while (after !== "");
  expect(seen).toEqual(whole.lines);
});

test("days and a branch narrow an account's lines", async () => {
  expect((await lines("till-cash", "from=2026-03-02&to=2026-03-02")).lines).toHaveLength(2);
  expect((await lines("till-cash", `branch=${terminals[0]?.identity.branch}`)).lines).toHaveLength(3);
  expect((await lines("bank")).lines).toEqual([]);
});

test("what is behind a line that is no sale can be looked at too", async () => {
  const delivery = (await lines("goods-received-not-invoiced")).lines[0];
  expect(delivery).toMatchObject({ kind: "delivery", sale: null });
  const { entries, sale } = await office.get(`/ledger/entries/${delivery?.source}`, entriesSchema);
  expect(entries).toMatchObject([
    { kind: "delivery", lines: [{ account: "inventory" }, { credit: delivery?.credit }] },
  ]);
  expect(sale).toBeNull();
});

test("the entries of a sale name its receipt", async () => {
  const line = (await lines("till-cash")).lines[0];
  const { sale } = await office.get(`/ledger/entries/${line?.source}`, entriesSchema);
  expect(sale).toEqual(line?.sale);
  expect(sale).not.toBeNull();
});

test.each([
  ["/ledger/accounts/no-such-account", 404],
  ["/ledger/entries/00000000-0000-7000-8000-000000000000", 404],
  ["/ledger/trial-balance", 400],
  ["/ledger/trial-balance?day=yesterday", 400],
  ["/ledger/trial-balance?day=2026-03-01&branch=x", 400],
])("%s answers %d", async (path, status) => {
  expect((await office.send("GET", path)).status).toBe(status);
});

test("the books of another shop are closed", async () => {
  const other = await openOtherShop(server.context);
  const stranger = await signInOffice(`http://127.0.0.1:${server.ports[0]}`, other.owner);
  const source = (await lines("till-cash")).lines[0]?.source;
  expect((await stranger.send("GET", `/ledger/entries/${source}`)).status).toBe(404);
  expect((await stranger.get("/ledger/accounts/till-cash", accountLinesSchema)).lines).toEqual([]);
  expect(await stranger.get("/ledger/trial-balance?day=2030-01-01", trialBalanceSchema)).toMatchObject({
    accounts: [],
    debit: 0,
    credit: 0,
  });
  const ours = `day=2030-01-01&branch=${terminals[0]?.identity.branch}`;
  expect(await stranger.get(`/ledger/trial-balance?${ours}`, trialBalanceSchema)).toMatchObject({ accounts: [] });
});
