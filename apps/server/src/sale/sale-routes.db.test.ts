import type { Uuid } from "@holdfast/domain/kernel/id";
import { day } from "@holdfast/domain/kernel/instant";
import type { Amount } from "@holdfast/domain/money/amount";
import { receiptNumberToText } from "@holdfast/domain/sale/receipt-number";
import type { Sale } from "@holdfast/domain/sale/sale";
import { type SaleList, saleDetailSchema, saleListSchema } from "@holdfast/protocol/office/sales";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { enrolHeadless, type HeadlessTerminal } from "../testing/headless-terminal.ts";
import { cash, type Shop, sell, shopOf } from "../testing/make-sale.ts";
import { type OfficeClient, signInOffice } from "../testing/office-client.ts";
import { openOtherShop } from "../testing/office-people.ts";
import { startTestServer, type TestServer } from "../testing/test-server.ts";

let server: TestServer;
let office: OfficeClient;
let terminal: HeadlessTerminal;
let shop: Shop;
const sold: Sale[] = [];

beforeAll(async () => {
  server = await startTestServer();
  office = await signInOffice(`http://127.0.0.1:${server.ports[0]}`);
  terminal = await enrolHeadless({ baseUrl: server.baseUrl, enrolmentCode: await server.codeFor(0) });
  terminal.loop.wake();
  await terminal.settled();
  shop = shopOf(terminal);
  for (let index = 0; index < 5; index += 1) sold.push(await sellOne(index));
  await terminal.settled();
});

afterAll(async () => {
  terminal?.loop.stop();
  await server?.stop();
});

/** Loaves of bread, one more each time, on five days at the same hour. */
async function sellOne(index: number): Promise<Sale> {
  const bread = shop.variants.find(({ name }) => name.startsWith("Sourdough"));
  if (bread === undefined) throw new Error("the demo shop sells bread");
  return await sell(terminal, {
    lines: [{ variant: bread, units: index + 1 }],
    tenders: (total) => [cash(Math.ceil(total / 1000) * 1000)],
    at: `2026-03-0${index + 1}T10:00:00.000+01:00`,
  });
}

async function list(query: string): Promise<SaleList> {
  return await office.get(`/sales?${query}`, saleListSchema);
}

async function found(query: string): Promise<string[]> {
  return (await list(query)).sales.map(({ sale }) => sale);
}

const idsOf = (sales: readonly (Sale | undefined)[]): (Uuid | undefined)[] => sales.map((sale) => sale?.sale);

describe("the list of sales", () => {
  test("shows the newest first, with the sum of all on the first page", async () => {
    const { sales, sum, next } = await list("");
    expect(sales.map(({ sale }) => sale)).toEqual(idsOf(sold.toReversed()));
    expect(sales[0]).toMatchObject({ total: 5 * 490, lines: 1, tenders: ["cash"], terminalName: "Harbour 1" });
    expect(sum).toEqual({ sales: 5, total: (1 + 2 + 3 + 4 + 5) * 490 });
    expect(next).toBeNull();
  });

  test("goes on page by page and misses none, whatever the size of a page", async () => {
    for (const limit of [1, 2, 4]) {
      const seen: string[] = [];
      let after = "";
      for (let page = 0; page < 9; page += 1) {
        const { sales, next, sum } = await list(`limit=${limit}${after}`);
        expect(sum === null).toBe(page > 0);
        seen.push(...sales.map(({ sale }) => sale));
        if (next === null) break;
        after = `&after=${next}`;
      }
      expect(seen).toEqual(idsOf(sold.toReversed()));
    }
  });

  test("finds by day, place and amount", async () => {
    expect(await found("from=2026-03-02&to=2026-03-03")).toEqual(idsOf([sold[2], sold[1]]));
    expect(await found(`branch=${terminal.identity.branch}&amount=${2 * 490}`)).toEqual(idsOf([sold[1]]));
    expect(await found(`terminal=${terminal.identity.terminal}&from=2026-03-05`)).toEqual(idsOf([sold[4]]));
    expect(await found(`terminal=${server.terminals[1]}`)).toEqual([]);
    expect(await list("from=2027-01-01")).toEqual({ sales: [], next: null, sum: { sales: 0, total: 0 } });
  });

  test("finds a number as somebody reads it off the paper", async () => {
    const third = sold[2] as Sale;
    const whole = receiptNumberToText(third.number);
    for (const text of [whole, whole.toLowerCase(), ` ${whole} `, "T1-3", "t1-000003", "3", "000003"]) {
      expect(await found(`number=${encodeURIComponent(text)}`), text).toEqual([third.sale]);
    }
    expect(await found("number=T1")).toHaveLength(5);
    expect(await found("number=T1-")).toHaveLength(5);
    expect(await found("number=T9")).toEqual([]);
    expect(await found(`number=${encodeURIComponent("%' OR 1=1 --")}`)).toEqual([]);
    expect(await found("number=999999999999")).toEqual([]);
  });
});

describe("one sale", () => {
  test("shows what was sold, what left the stock, what was posted, and the record that holds", async () => {
    const last = sold[4] as Sale;
    const detail = await office.get(`/sales/${last.sale}`, saleDetailSchema);
    expect(detail.sale).toEqual(last);
    expect(detail).toMatchObject({
      branchName: "Harbour Street",
      terminalName: "Harbour 1",
      timeZone: "Europe/Vienna",
      taxNumber: "ATU00000000",
      receiptFooter: expect.stringContaining("30 days"),
    });
    expect(detail.movements).toMatchObject([{ line: 1, cause: "sale", units: -5, cost: 5 * 210, sku: "1001" }]);
    const [revenue, cost] = detail.entries;
    expect(revenue).toMatchObject({ kind: "rev", postingDay: "2026-03-05" });
    expect(cost).toMatchObject({ kind: "cogs" });
    for (const entry of detail.entries) {
      const sum = (side: "debit" | "credit"): number => entry.lines.reduce((total, line) => total + line[side], 0);
      expect(sum("debit")).toBe(sum("credit"));
      expect(entry.lines.every(({ name, code }) => name !== "" && /^\d{4}$/.test(code))).toBe(true);
    }
    expect(revenue?.lines.find(({ account }) => account === "till-cash")?.debit).toBe(last.totals.total);
    expect(detail.signed.checks).toEqual({ hash: true, signature: true, parent: true });
    expect(JSON.parse(detail.signed.raw)).toMatchObject({ type: "sale-completed", event: last.sale });
    expect(detail.signed.courier).toBeNull();
  });

  test("says so when somebody changed the stored record", async () => {
    const first = sold[0] as Sale;
    const owner = new pg.Client({ connectionString: server.database.ownerUrl });
    await owner.connect();
    await owner.query("UPDATE log_entry SET raw = replace(raw, 'Sourdough', 'Sawdust') WHERE event = $1", [first.sale]);
    await owner.end();
    const detail = await office.get(`/sales/${first.sale}`, saleDetailSchema);
    expect(detail.sale.lines[0]?.name).toContain("Sawdust");
    expect(detail.signed.checks).toEqual({ hash: false, signature: false, parent: true });
  });

  test("shows the open cases about it, with the figures that come out otherwise", async () => {
    const misprinted: Sale = {
      ...(sold[1] as Sale),
      sale: terminal.newId(),
      businessDay: day("2026-04-01"),
      lines: (sold[1] as Sale).lines.map((line) => ({ ...line, extended: (line.extended + 7) as Amount })),
    };
    await terminal.log.append({
      build: () => ({ events: [{ event: misprinted.sale, type: "sale-completed", body: misprinted }], value: null }),
    });
    terminal.loop.wake();
    await terminal.settled();
    const { cases } = await office.get(`/sales/${misprinted.sale}`, saleDetailSchema);
    expect(cases).toMatchObject([
      {
        kind: "calc-difference",
        about: receiptNumberToText(misprinted.number),
        details: { differences: [{ field: "lines.1.extended", recorded: 2 * 490 + 7, recomputed: 2 * 490 }] },
      },
    ]);
    expect((await office.get(`/sales/${sold[1]?.sale}`, saleDetailSchema)).cases).toEqual([]);
    await office.send("POST", `/cases/${cases[0]?.case}/close`, { note: "an old build" });
    expect((await office.get(`/sales/${misprinted.sale}`, saleDetailSchema)).cases).toEqual([]);
  });

  test("of another shop is not there", async () => {
    const other = await openOtherShop(server.context);
    const stranger = await signInOffice(`http://127.0.0.1:${server.ports[0]}`, other.owner);
    expect((await stranger.send("GET", `/sales/${sold[0]?.sale}`)).status).toBe(404);
    expect(await stranger.get("/sales", saleListSchema)).toMatchObject({ sales: [], sum: { sales: 0 } });
    const ours = `branch=${terminal.identity.branch}&terminal=${terminal.identity.terminal}`;
    expect((await stranger.get(`/sales?${ours}`, saleListSchema)).sales).toEqual([]);
  });

  test.each(["00000000-0000-7000-8000-000000000000", "x", "%27"])(
    "an id that is none (%s) is not found",
    async (id) => {
      const { status } = await office.send("GET", `/sales/${id}`);
      expect(status).toBe(id.length === 36 ? 404 : 400);
    },
  );
});

test("training is listed and never summed, and moves and posts nothing", async () => {
  const before = (await list("")).sum;
  const played: Sale = { ...(sold[1] as Sale), sale: terminal.newId(), training: true };
  await terminal.log.append({
    build: () => ({ events: [{ event: played.sale, type: "sale-completed", body: played }], value: null }),
  });
  terminal.loop.wake();
  await terminal.settled();
  expect((await list("from=2026-03-02&to=2026-03-02")).sales.map(({ training }) => training).sort()).toEqual([
    false,
    true,
  ]);
  expect((await list("")).sum).toEqual(before);
  expect(await office.get(`/sales/${played.sale}`, saleDetailSchema)).toMatchObject({ entries: [], movements: [] });
});
