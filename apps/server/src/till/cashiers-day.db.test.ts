import { amount } from "@holdfast/domain/money/amount";
import { currencyCode } from "@holdfast/domain/money/currency";
import type { Sale } from "@holdfast/domain/sale/sale";
import type { StaffId } from "@holdfast/domain/staff/staff";
import { accepted } from "@holdfast/domain/testing/build";
import { testAudit } from "@holdfast/domain/testing/build-till";
import { closeShift, countShift, moveCash, openShift } from "@holdfast/domain/till/shift";
import type { ShiftClosed, ShiftEvent } from "@holdfast/domain/till/shift-events";
import { evolve, type Till, withSale } from "@holdfast/domain/till/till";
import { shiftReport } from "@holdfast/domain/till/z-report";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { auditBooks } from "../audit/audit-books.ts";
import { enrolHeadless, type HeadlessTerminal } from "../testing/headless-terminal.ts";
import { sell, shopOf } from "../testing/make-sale.ts";
import { nowOf, report, tillOf, todayOf } from "../testing/report-event.ts";
import { startTestServer, type TestServer } from "../testing/test-server.ts";

let server: TestServer;
let terminal: HeadlessTerminal;
let till: Till;

beforeAll(async () => {
  server = await startTestServer();
  terminal = await enrolHeadless({ baseUrl: server.baseUrl, enrolmentCode: await server.codeFor(0) });
  terminal.loop.wake();
  await terminal.settled();
  till = tillOf(terminal);
});

afterAll(async () => {
  terminal?.loop.stop();
  await server?.stop();
});

async function rowsOf<Row>(query: ReturnType<typeof sql<Row>>): Promise<Row[]> {
  return (await query.execute(server.context.db)).rows;
}

const EUR = currencyCode("EUR");

function deed() {
  return { by: shopOf(terminal).cashier.staff as StaffId, at: nowOf() };
}

async function happen(event: ShiftEvent): Promise<void> {
  till = evolve(till, event);
  if (event.kind !== "shift-closed") await report(terminal, event.kind, event as never);
}

async function open(float: number): Promise<void> {
  const opening = { shift: terminal.newId(), businessDay: todayOf(), currency: EUR, float: amount(float), ...deed() };
  for (const event of accepted(openShift(till, opening))) await happen(event);
}

function shiftOf(): NonNullable<Till["shift"]> {
  if (till.shift === null) throw new Error("the shift is open");
  return till.shift;
}

async function soldInShift(pieces: number, other: Parameters<typeof sell>[1] | null = null): Promise<Sale> {
  const variant = shopOf(terminal).variants.find(({ name }) => name.startsWith("Avocado"));
  if (variant === undefined) throw new Error("the demo shop has avocados");
  const sale = await sell(terminal, {
    lines: [{ variant, units: pieces }],
    shift: shiftOf().opened.shift,
    ...other,
  });
  till = withSale(till, sale);
  return sale;
}

/** Counts so many minor units, closes, and reports the Z of these sales. */
async function close(found: number, left: number, sales: readonly Sale[]): Promise<ShiftClosed> {
  const before = await grandTotalsBefore();
  await happen(accepted(countShift(shiftOf(), { ...deed(), counted: [{ value: 1, pieces: found }] })));
  const closed = accepted(closeShift(till, { ...deed(), left: amount(left) }));
  await happen(closed);
  const facts = { sales, payments: [], audit: testAudit(), grandTotalsBefore: before, at: closed.at };
  await report(terminal, "shift-closed", { ...closed, report: shiftReport({ shift: shiftOf(), ...facts }) });
  return closed;
}

let lastGrand = tillOfStart();
function tillOfStart(): Till["grandTotals"] {
  return { sales: amount(0), returns: amount(0), net: amount(0) };
}
async function grandTotalsBefore(): Promise<Till["grandTotals"]> {
  const before = lastGrand;
  lastGrand = till.grandTotals;
  return before;
}

async function linesOf(source: string): Promise<string[]> {
  const rows = await rowsOf(sql<{ line: string }>`
    SELECT concat_ws(' ', l.kind, a.code, CASE WHEN l.debit > 0 THEN 'D' ELSE 'C' END, l.debit + l.credit) AS line
    FROM journal_line l JOIN account a USING (merchant, account)
    WHERE l.merchant = ${server.merchant} AND l.source = ${source} ORDER BY 1`);
  return rows.map(({ line }) => line);
}

async function casesOf(kind: string): Promise<{ subject: string; details: Record<string, unknown> }[]> {
  return await rowsOf(sql<{ subject: string; details: Record<string, unknown> }>`
    SELECT subject, details FROM inbox_case WHERE merchant = ${server.merchant} AND kind = ${kind} ORDER BY subject`);
}

describe("a shift", () => {
  test("from its float to its Z is in the books to the cent", async () => {
    await open(10_000);
    const sale = await soldInShift(4);
    const paidOut = {
      movement: terminal.newId(),
      movementKind: "paid-out" as const,
      amount: amount(300),
      reason: "stamps",
    };
    await happen(accepted(moveCash(shiftOf(), { ...paidOut, ...deed() })));
    // 100.00 + 5.96 − 3.00 are expected, 2.00 are missing.
    const closed = await close(10_096, 5_000, [sale]);
    await terminal.settled();
    const { shift } = closed;
    expect(await linesOf(shift)).toEqual([
      "drop 1010 D 5096",
      "drop 1020 C 5096",
      "float 1010 C 10000",
      "float 1020 D 10000",
      "overshort 1020 C 200",
      "overshort 6010 D 200",
    ]);
    expect(await linesOf(paidOut.movement)).toEqual(["paid-out 1020 C 300", "paid-out 6040 D 300"]);
    const [z] = await rowsOf(sql<Record<string, unknown>>`
      SELECT number, expected, counted, over_short, grand_net, first_number, last_number, report ->> 'kind' AS kind
      FROM z_report WHERE merchant = ${server.merchant} AND shift = ${shift}`);
    expect(z).toEqual({
      ...{ number: 1, expected: 10_296, counted: 10_096, over_short: -200, grand_net: 596 },
      ...{ first_number: sale.number.number, last_number: sale.number.number, kind: "z" },
    });
    const [cash] = await rowsOf(sql<{ sum: number }>`
      SELECT sum(debit - credit)::bigint AS sum FROM account_balance WHERE merchant = ${server.merchant} AND account = 'till-cash'`);
    expect(cash?.sum).toBe(5_000);
    expect(await casesOf("z-gap")).toEqual([]);
  });

  test("closed, is not changed by a sale that comes in late, and somebody is told", async () => {
    const { shift } = shiftOf().opened;
    const late = await soldInShift(1);
    await terminal.settled();
    expect(await linesOf(late.sale)).toContain("rev 1020 D 149");
    const held = await rowsOf(sql<{ last_number: number }>`
      SELECT last_number FROM z_report WHERE merchant = ${server.merchant} AND shift = ${shift}`);
    expect(held).toEqual([{ last_number: late.number.number - 1 }]);
    expect(await casesOf("late-sale")).toMatchObject([{ subject: late.sale, details: { shift, total: 149 } }]);
    till = { ...till, grandTotals: lastGrand };
  });

  test("closed twice, posts once and is shown to a person", async () => {
    await open(5_000);
    const closed = await close(5_000, 0, []);
    const { shift } = closed;
    const facts = { sales: [], payments: [], audit: testAudit(), grandTotalsBefore: till.grandTotals, at: closed.at };
    await report(terminal, "shift-closed", { ...closed, report: shiftReport({ shift: shiftOf(), ...facts }) });
    await terminal.settled();
    expect(await linesOf(shift)).toEqual(["drop 1010 D 5000", "drop 1020 C 5000"]);
    const rows = await rowsOf(sql<{ posted: boolean }>`
      SELECT posted FROM z_report WHERE merchant = ${server.merchant} AND shift = ${shift} ORDER BY posted`);
    expect(rows).toEqual([{ posted: false }, { posted: true }]);
    expect(await casesOf("z-gap")).toMatchObject([
      { subject: `${terminal.identity.terminal}:2`, details: { faults: ["closed-twice", "number-repeated"] } },
    ]);
  });

  test("whose totals do not go on from those before is shown to a person", async () => {
    till = { ...till, grandTotals: { sales: amount(1_000_000), returns: amount(0), net: amount(1_000_000) } };
    await open(0);
    await close(0, 0, []);
    await terminal.settled();
    expect((await casesOf("z-gap")).at(-1)).toMatchObject({ details: { number: 3, faults: ["grand-totals"] } });
  });

  test("of another terminal is set aside whole", async () => {
    const { opened } = shiftOf();
    const event = await report(terminal, "shift-opened", {
      ...opened,
      shift: terminal.newId(),
      terminal: terminal.newId() as never,
    });
    await terminal.settled();
    const rows = await rowsOf(
      sql<{ code: string }>`SELECT code FROM event WHERE merchant = ${server.merchant} AND event = ${event}`,
    );
    expect(rows).toEqual([{ code: "wrong_terminal" }]);
  });
});

test("traces of what was taken back, looked at and tried are kept", async () => {
  const { staff: by, name } = shopOf(terminal).cashier;
  const branch = till.branch;
  await report(terminal, "staff-signed-in", { branch, by, name });
  await report(terminal, "cart-cancelled", {
    ...{ branch, by, shift: null, cart: terminal.newId(), reason: "left", total: amount(980), training: false },
    lines: [{ line: 1, name: "Sourdough", quantity: { units: 2, scale: 0, unit: "each" }, amount: amount(980) }],
  });
  await terminal.settled();
  const rows = await rowsOf(sql<Record<string, unknown>>`
    SELECT type, staff, amount, reason, details -> 'lines' -> 0 ->> 'name' AS what FROM trace
    WHERE merchant = ${server.merchant} ORDER BY type`);
  expect(rows).toEqual([
    { type: "cart-cancelled", staff: by, amount: 980, reason: "left", what: "Sourdough" },
    { type: "staff-signed-in", staff: by, amount: null, reason: "", what: null },
  ]);
});

test("after all of it the books hold, but for the totals that were made not to go on", async () => {
  const findings = await auditBooks(server.database.ownerUrl, server.merchant);
  expect(findings.map(({ check, query }) => `${check} ${query}`)).toEqual(["11 grandTotals"]);
});
