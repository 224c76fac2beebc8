import type { Uuid } from "@holdfast/domain/kernel/id";
import { amount } from "@holdfast/domain/money/amount";
import { currencyCode } from "@holdfast/domain/money/currency";
import type { StaffId } from "@holdfast/domain/staff/staff";
import { accepted } from "@holdfast/domain/testing/build";
import { testAudit } from "@holdfast/domain/testing/build-till";
import { closeShift, countShift, moveCash, openShift } from "@holdfast/domain/till/shift";
import type { ShiftEvent } from "@holdfast/domain/till/shift-events";
import { evolve, type Till, withSale } from "@holdfast/domain/till/till";
import { shiftReport } from "@holdfast/domain/till/z-report";
import { type ShiftList, shiftDetailSchema, shiftListSchema } from "@holdfast/protocol/office/shifts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { enrolHeadless, type HeadlessTerminal } from "../testing/headless-terminal.ts";
import { sell, shopOf } from "../testing/make-sale.ts";
import { type OfficeClient, signInOffice } from "../testing/office-client.ts";
import { openOtherShop } from "../testing/office-people.ts";
import { nowOf, report, tillOf, todayOf } from "../testing/report-event.ts";
import { startTestServer, type TestServer } from "../testing/test-server.ts";

let server: TestServer;
let office: OfficeClient;
let terminal: HeadlessTerminal;
let till: Till;
let closedShift: Uuid;

beforeAll(async () => {
  server = await startTestServer();
  office = await signInOffice(`http://127.0.0.1:${server.ports[0]}`);
  terminal = await enrolHeadless({ baseUrl: server.baseUrl, enrolmentCode: await server.codeFor(0) });
  terminal.loop.wake();
  await terminal.settled();
  till = tillOf(terminal);
  closedShift = await keepShift();
  await open(2_000);
  terminal.loop.wake();
  await terminal.settled();
});

afterAll(async () => {
  terminal?.loop.stop();
  await server?.stop();
});

const deed = () => ({ by: shopOf(terminal).cashier.staff as StaffId, at: nowOf() });

async function happen(event: ShiftEvent): Promise<void> {
  till = evolve(till, event);
  if (event.kind !== "shift-closed") await report(terminal, event.kind, event as never);
}

function current(): NonNullable<Till["shift"]> {
  if (till.shift === null) throw new Error("a shift is open");
  return till.shift;
}

async function open(float: number): Promise<void> {
  const currency = currencyCode("EUR");
  const opening = { shift: terminal.newId(), businessDay: todayOf(), currency, float: amount(float), ...deed() };
  for (const event of accepted(openShift(till, opening))) await happen(event);
}

/** A float of 100.00, one sale, stamps for 3.00, and 2.00 missing at the count. */
async function keepShift(): Promise<Uuid> {
  await open(10_000);
  const { shift } = current().opened;
  const variant = shopOf(terminal).variants.find(({ name }) => name.startsWith("Sourdough"));
  if (variant === undefined) throw new Error("the demo shop sells bread");
  const sale = await sell(terminal, { lines: [{ variant, units: 2 }], shift });
  till = withSale(till, sale);
  const stamps = {
    movement: terminal.newId(),
    movementKind: "paid-out" as const,
    amount: amount(300),
    reason: "stamps",
  };
  await happen(accepted(moveCash(current(), { ...stamps, ...deed() })));
  const found = 10_000 + sale.totals.total - 300 - 200;
  await happen(accepted(countShift(current(), { ...deed(), counted: [{ value: 1, pieces: found }] })));
  const closed = accepted(closeShift(till, { ...deed(), left: amount(5_000) }));
  till = evolve(till, closed);
  const grandTotalsBefore = { sales: amount(0), returns: amount(0), net: amount(0) };
  const facts = { sales: [sale], payments: [], audit: testAudit(), grandTotalsBefore, at: closed.at };
  await report(terminal, "shift-closed", { ...closed, report: shiftReport({ shift: current(), ...facts }) });
  return shift;
}

async function shifts(query = ""): Promise<ShiftList["shifts"]> {
  return (await office.get(`/shifts?${query}`, shiftListSchema)).shifts;
}

test("a closed shift shows what was expected, counted and missing, and an open one what came in so far", async () => {
  const [running, closed] = await shifts();
  expect(running).toMatchObject({ z: null, sales: 0, takings: 0, terminalName: "Harbour 1" });
  expect(closed).toMatchObject({
    shift: closedShift,
    float: 10_000,
    sales: 1,
    takings: 980,
    openedBy: { name: shopOf(terminal).cashier.name },
    z: { number: 1, expected: 10_680, counted: 10_480, overShort: -200, automatic: false },
  });
});

test("pages, days and branches narrow the list", async () => {
  const first = await office.get("/shifts?limit=1", shiftListSchema);
  const second = await office.get(`/shifts?limit=1&after=${first.next}`, shiftListSchema);
  expect([...first.shifts, ...second.shifts]).toEqual(await shifts());
  expect(second.next).toBeNull();
  expect(await shifts(`branch=${terminal.identity.branch}&from=${todayOf()}&to=${todayOf()}`)).toHaveLength(2);
  expect(await shifts("to=2020-01-01")).toEqual([]);
});

test("one shift has its Z report as it was printed, and each movement of its cash", async () => {
  const { report: z, deeds } = await office.get(`/shifts/${closedShift}`, shiftDetailSchema);
  expect(z).toMatchObject({
    zNumber: 1,
    sales: { count: 1, amount: 980 },
    cash: { expected: 10_680, overShort: -200 },
  });
  const name = shopOf(terminal).cashier.name;
  expect(deeds).toMatchObject([{ kind: "paid-out", amount: 300, reason: "stamps", staffName: name }]);
  const running = await office.get(`/shifts/${current().opened.shift}`, shiftDetailSchema);
  expect(running).toMatchObject({ report: null, deeds: [] });
});

test("shifts of another shop are not there", async () => {
  const other = await openOtherShop(server.context);
  const stranger = await signInOffice(`http://127.0.0.1:${server.ports[0]}`, other.owner);
  expect((await stranger.get("/shifts", shiftListSchema)).shifts).toEqual([]);
  expect((await stranger.send("GET", `/shifts/${closedShift}`)).status).toBe(404);
});
