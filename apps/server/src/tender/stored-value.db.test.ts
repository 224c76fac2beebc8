import { present } from "@holdfast/domain/kernel/assert";
import type { Uuid } from "@holdfast/domain/kernel/id";
import { amount } from "@holdfast/domain/money/amount";
import { currencyCode } from "@holdfast/domain/money/currency";
import type { BranchId, CustomerId, TerminalId } from "@holdfast/domain/party/merchant";
import { postVoid } from "@holdfast/domain/sale/post-void";
import { receiptNumber } from "@holdfast/domain/sale/receipt-number";
import { returnLines } from "@holdfast/domain/sale/return-lines";
import type { Sale } from "@holdfast/domain/sale/sale";
import type { StaffId } from "@holdfast/domain/staff/staff";
import { accepted } from "@holdfast/domain/testing/build";
import { allotReplySchema } from "@holdfast/protocol/allot";
import type { CustomerDocument } from "@holdfast/protocol/selling-documents";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { auditBooks } from "../audit/audit-books.ts";
import { enrolHeadless, type HeadlessTerminal } from "../testing/headless-terminal.ts";
import { cash, sell, shopOf } from "../testing/make-sale.ts";
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

async function rowsOf<Row>(query: ReturnType<typeof sql<Row>>): Promise<Row[]> {
  return (await query.execute(server.context.db)).rows;
}

const EUR = currencyCode("EUR");

function goods(name: string) {
  const found = shopOf(one).variants.find((variant) => variant.name.startsWith(name));
  if (found === undefined) throw new Error(`the demo shop has no ${name}`);
  return found;
}

async function balanceOf(account: string): Promise<number> {
  const [row] = await rowsOf(sql<{ sum: number }>`
    SELECT coalesce(sum(credit - debit), 0)::bigint AS sum FROM account_balance
    WHERE merchant = ${server.merchant} AND account = ${account}`);
  return row?.sum ?? 0;
}

async function cardsHold(): Promise<number> {
  const [row] = await rowsOf(sql<{ sum: number }>`
    SELECT (SELECT coalesce(sum(greatest(0, available + coalesce((SELECT sum(amount) FROM allotment a
              WHERE (a.merchant, a.kind, a.code) = (s.merchant, s.kind, s.code)), 0))), 0)
            FROM stored_value s WHERE merchant = ${server.merchant} AND kind = 'gift-card')::bigint AS sum`);
  return row?.sum ?? 0;
}

async function casesOf(kind: string, subject?: string) {
  const rows = await rowsOf(sql<{ subject: string; details: Record<string, unknown> }>`
    SELECT subject, details FROM inbox_case WHERE merchant = ${server.merchant} AND kind = ${kind} ORDER BY subject`);
  return subject === undefined ? rows : rows.filter((row) => row.subject === subject);
}

const giftCard = (code: string, minorUnits: number) => ({
  kind: "gift-card" as const,
  amount: amount(minorUnits),
  card: code,
});

/** Pays so many lemons (0.69 each) with a card, the rest in cash. */
async function buyWith(terminal: HeadlessTerminal, code: string, lemons: number): Promise<Sale> {
  return await sell(terminal, {
    lines: [{ variant: goods("Lemon"), units: lemons }],
    tenders: (total) => [giftCard(code, total)],
  });
}

describe("a gift card", () => {
  test("is spent from what the terminal was allotted, then from what is available", async () => {
    const terminal = one.identity.terminal as TerminalId;
    expect(one.replica.get(`t:${terminal}`, "allotment", "gift-card:GC10000001")?.body).toMatchObject({
      amount: 2_000,
    });
    await buyWith(one, "GC10000001", 40);
    await one.settled();
    const places = await rowsOf(sql<{ place: string; amount: number }>`
      SELECT place, amount FROM stored_value_movement
      WHERE merchant = ${server.merchant} AND code = 'GC10000001' AND cause = 'spend' ORDER BY amount`);
    expect(places).toEqual([
      { place: terminal, amount: -2_000 },
      { place: "available", amount: -760 },
    ]);
    await expect
      .poll(() => one.replica.get(`t:${terminal}`, "allotment", "gift-card:GC10000001")?.body)
      .toBeUndefined();
    expect(await balanceOf("gift-card-liability")).toBe(2_240);
    expect(await cardsHold()).toBe(2_240);
  });

  test("spent twice over stands, is owed, and is made up for by a later load", async () => {
    await buyWith(two, "GC10000001", 40);
    await two.settled();
    expect(await casesOf("overspent")).toMatchObject([
      { subject: "gift-card:GC10000001", details: { shortfall: 520 } },
    ]);
    expect(await balanceOf("gift-card-liability")).toBe(0);
    expect(await balanceOf("declined-card-receivable")).toBe(-520);
    await sell(one, {
      lines: [{ variant: goods("Gift card"), units: 1, giftCard: "GC10000001" }],
      tenders: (total) => [cash(total)],
    });
    await one.settled();
    expect(await balanceOf("declined-card-receivable")).toBe(0);
    expect(await balanceOf("gift-card-liability")).toBe(4_480);
    expect(await cardsHold()).toBe(4_480);
  });

  test("is allotted on request, once a transfer, and no more than there is", async () => {
    const transfer = one.newId();
    const ask = async (value: number, id: Uuid = transfer) => {
      const response = await fetch(`${server.baseUrl}/v1/allotments`, {
        method: "POST",
        headers: { authorization: `Bearer ${one.identity.token}` },
        body: JSON.stringify({ transfer: id, kind: "gift-card", code: "GC10000001", amount: value }),
      });
      expect(response.status).toBe(200);
      return allotReplySchema.parse(await response.json());
    };
    expect(await ask(4_000)).toMatchObject({ allotted: 4_000, available: 480 });
    expect(await ask(4_000)).toMatchObject({ allotted: 4_000, available: 480 });
    expect(await ask(4_000, one.newId())).toMatchObject({ allotted: 4_480, available: 0 });
    await report(one, "allotment-returned", {
      ...{ branch: one.identity.branch as BranchId, kind: "gift-card", code: "GC10000001" },
      ...{ amount: amount(4_480), at: nowOf() },
    });
    await one.settled();
    expect(await ask(1, one.newId())).toMatchObject({ allotted: 1, available: 4_479 });
  });

  test("that nobody issued is not made by asking for it", async () => {
    const response = await fetch(`${server.baseUrl}/v1/allotments`, {
      method: "POST",
      headers: { authorization: `Bearer ${one.identity.token}` },
      body: JSON.stringify({ transfer: one.newId(), kind: "gift-card", code: "GUESSED", amount: 100 }),
    });
    expect(await response.json()).toEqual({ allotted: 0, available: null, end: true });
    expect(await rowsOf(sql`SELECT 1 FROM stored_value WHERE code = 'GUESSED'`)).toEqual([]);
  });
});

describe("a customer's account", () => {
  const cafe = (): CustomerDocument => {
    const bodies = [...one.replica.all("c:all", "customer")].map(({ body }) => body as CustomerDocument);
    const found = bodies.find(({ name }) => name === "Café Morgenrot");
    if (found === undefined) throw new Error("the café is in the copy");
    return found;
  };

  test("owes what was bought on account, on every till, and no less than the books say", async () => {
    const { customer, name } = cafe();
    await sell(one, {
      lines: [{ variant: goods("Lemon"), units: 10 }],
      customer: { customer, name },
      tenders: (total) => [{ kind: "on-account", amount: total, customer }],
    });
    await one.settled();
    await expect.poll(() => two.replica.get("c:all", "customer", customer)?.body).toMatchObject({ owed: 690 });
    expect(await balanceOf("receivable")).toBe(-690);
    expect(await casesOf("credit-limit")).toEqual([]);
  });

  test("over its limit is shown to a person, and paid off at the till", async () => {
    const { customer, name } = cafe();
    await sell(two, {
      lines: [{ variant: goods("Olive oil"), units: 50 }],
      customer: { customer, name },
      tenders: (total) => [{ kind: "on-account", amount: total, customer }],
    });
    await two.settled();
    expect(await casesOf("credit-limit")).toMatchObject([{ subject: customer, details: { owed: 50_640 } }]);
    const place = {
      ...{
        till: one.newId() as never,
        branch: one.identity.branch as BranchId,
        terminal: one.identity.terminal as TerminalId,
      },
      ...{ businessDay: todayOf(), currency: EUR },
    };
    await report(one, "account-paid", {
      ...{ kind: "account-paid", payment: one.newId(), shift: one.newId(), place, customer, amount: amount(50_640) },
      ...{ tenders: [cash(60_000)], change: amount(9_360), cashRounding: amount(0) },
      ...{ by: shopOf(one).cashier.staff as StaffId, at: nowOf() },
    });
    await one.settled();
    expect(await balanceOf("receivable")).toBe(0);
    const [row] = await rowsOf(sql<{ owed: number }>`
      SELECT owed FROM customer_balance WHERE merchant = ${server.merchant} AND customer = ${customer}`);
    expect(row?.owed).toBe(0);
  });

  test("a customer made at one till is known at the other; two changes of one edition are for a person to choose", async () => {
    const customer = one.newId() as CustomerId;
    const details = { name: "Noor Aziz", email: "", phone: "", address: "", taxId: "", note: "" };
    const saved = (terminal: HeadlessTerminal, ifRev: number, name: string) =>
      report(terminal, "customer-saved", {
        ...{ customer, branch: terminal.identity.branch as BranchId, ifRev, details: { ...details, name } },
        ...{ by: shopOf(terminal).cashier.staff as StaffId, at: nowOf() },
      });
    await saved(one, 0, "Noor Aziz");
    await one.settled();
    await expect.poll(() => two.replica.get("c:all", "customer", customer)?.body).toMatchObject({ edition: 1 });
    await saved(one, 1, "Noor Aziz-Klein");
    await one.settled();
    await saved(two, 1, "Noor A.");
    await two.settled();
    expect(await casesOf("customer-conflict")).toMatchObject([{ subject: customer, details: { on: 1, held: 2 } }]);
    await expect
      .poll(() => two.replica.get("c:all", "customer", customer)?.body)
      .toMatchObject({ edition: 2, name: "Noor Aziz-Klein" });
  });
});

test("a stored card payment that is declined becomes a claim and a case, whichever record comes first", async () => {
  const attempt = one.newId();
  const sale = await sell(one, {
    lines: [{ variant: goods("Lemon"), units: 10 }],
    tenders: (total) => [
      { kind: "card", amount: total, reader: "integrated", reference: "", state: "stored-offline", attempt },
    ],
  });
  const answer = {
    ...{ attempt, sale: sale.sale, branch: sale.branch, terminal: sale.terminal, businessDay: sale.businessDay },
    ...{ currency: EUR, amount: amount(690), outcome: "declined" as const, reader: "integrated" as const },
    ...{ reference: "insufficient funds", at: nowOf() },
  };
  await report(one, "card-payment-decided", answer);
  await one.settled();
  expect(await balanceOf("offline-card-pending")).toBe(0);
  expect(await balanceOf("declined-card-receivable")).toBe(-690);
  expect(await casesOf("declined-card")).toMatchObject([{ subject: attempt, details: { sale: sale.sale } }]);
});

test("goods returned at two tills are both taken back, and one case names both", async () => {
  const bought = await sell(one, { lines: [{ variant: goods("Dish soap"), units: 2 }] });
  await one.settled();
  const back = (terminal: HeadlessTerminal) => {
    const line = bought.lines[0];
    if (line === undefined) throw new Error("something was bought");
    const request = { line: 1, quantity: line.quantity, reason: "leaks", restock: true };
    const { lines } = accepted(returnLines(bought, [request], { returned: new Map(), known: "verified" }));
    return sell(terminal, { lines: [], returned: lines, tenders: (total) => [cash(total)] });
  };
  const [first, second] = [await back(one), await back(two)];
  await Promise.all([one.settled(), two.settled()]);
  const [found] = await casesOf("double-return", bought.sale);
  expect(found?.details).toMatchObject({ lines: [{ line: 1, sold: 2, returned: 4 }] });
  expect([...((found?.details.returnedBy as string[]) ?? [])].sort()).toEqual([first.sale, second.sale].sort());
});

test("a return that was undone counts for nothing: the goods may come back once more", async () => {
  const bought = await sell(one, { lines: [{ variant: goods("Dish soap"), units: 1 }] });
  const shift = one.newId();
  const back = async (): Promise<Sale> => {
    const request = { line: 1, quantity: present(bought.lines[0], "bought").quantity, reason: "leaks", restock: true };
    const { lines } = accepted(returnLines(bought, [request], { returned: new Map(), known: "own" }));
    return await sell(one, { lines: [], returned: lines, shift, tenders: (total) => [cash(total)] });
  };
  const first = await back();
  const { branch, terminal, businessDay, completedAt, priceList, cashier: staff, cashierName: name } = first;
  await one.log.append({
    build: ({ next, stream }) => {
      const { series } = one.identity;
      const circumstances = { branch, terminal, businessDay, completedAt, priceList, cashier: { staff, name } };
      const act = { ...circumstances, number: receiptNumber(series, next(series), stream), approvals: [] };
      const undone = { sale: one.newId(), shift, startedAt: completedAt, reason: "Rung up wrongly", later: [] };
      const body = accepted(postVoid(first, { ...act, ...undone }));
      return { events: [{ event: body.sale, type: "sale-completed", body }], value: null };
    },
  });
  await back();
  await one.settled();
  expect(await casesOf("double-return", bought.sale)).toEqual([]);
});

test("after all of it the books hold", async () => {
  expect(await auditBooks(server.database.ownerUrl, server.merchant)).toEqual([]);
});
