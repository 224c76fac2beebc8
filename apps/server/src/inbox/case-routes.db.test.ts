import type { VariantDocument } from "@holdfast/protocol/documents";
import {
  type CaseList,
  caseDetailSchema,
  caseListSchema,
  type OfficeCase,
  officeCaseSchema,
  quarantineSchema,
} from "@holdfast/protocol/office/cases";
import { movementListSchema } from "@holdfast/protocol/office/products";
import { afterAll, beforeAll, expect, test } from "vitest";
import { enrolHeadless, type HeadlessTerminal } from "../testing/headless-terminal.ts";
import { sell, shopOf } from "../testing/make-sale.ts";
import { type OfficeClient, signInOffice } from "../testing/office-client.ts";
import { openOtherShop } from "../testing/office-people.ts";
import { startTestServer, type TestServer } from "../testing/test-server.ts";

let server: TestServer;
let office: OfficeClient;
let first: HeadlessTerminal;
let second: HeadlessTerminal;
let milk: VariantDocument;

beforeAll(async () => {
  server = await startTestServer();
  office = await signInOffice(`http://127.0.0.1:${server.ports[0]}`);
  [first, second] = [await enrol(0), await enrol(1)];
  milk = shopOf(first).variants.find(({ name }) => name.startsWith("Whole milk")) as VariantDocument;
  await sell(first, { lines: [{ variant: milk, units: 39 }], at: "2026-03-01T09:00:00.000+01:00" });
  await first.settled();
  await sell(first, { lines: [{ variant: milk, units: 1 }], at: "2026-03-01T10:00:00.000+01:00" });
  await first.settled();
  await sell(second, { lines: [{ variant: milk, units: 1 }], at: "2026-03-01T10:00:01.000+01:00" });
  await second.settled();
  for (const number of [1, 2]) {
    const event = first.newId();
    await first.log.append({
      build: () => ({ events: [{ event, type: "sale-completed", body: { number } as never }], value: null }),
    });
  }
  await first.settled();
});

afterAll(async () => {
  first?.loop.stop();
  second?.loop.stop();
  await server?.stop();
});

async function enrol(terminal: number): Promise<HeadlessTerminal> {
  const device = await enrolHeadless({ baseUrl: server.baseUrl, enrolmentCode: await server.codeFor(terminal) });
  device.loop.wake();
  await device.settled();
  return device;
}

async function cases(query = ""): Promise<CaseList> {
  return await office.get(`/cases?${query}`, caseListSchema);
}

async function caseOfKind(kind: string): Promise<OfficeCase> {
  return (await cases()).cases.find((each) => each.kind === kind) as OfficeCase;
}

test("open cases are listed, the oldest first, page by page", async () => {
  const whole = (await cases()).cases;
  expect(whole.map(({ kind }) => kind)).toEqual(["oversold", "quarantined", "quarantined"]);
  const page = await cases("limit=2");
  const rest = await cases(`limit=2&after=${page.next}`);
  expect([...page.cases, ...rest.cases]).toEqual(whole);
  expect(rest.next).toBeNull();
  expect((await cases("state=closed")).cases).toEqual([]);
});

test("oversold goods show both sales of the last unit and the terminals they were sold at", async () => {
  const found = await caseOfKind("oversold");
  const { oversold, record } = await office.get(`/cases/${found.case}`, caseDetailSchema);
  expect(record).toBeNull();
  expect(found.about).toBe(milk.name);
  expect((await caseOfKind("quarantined")).about).toBe("Harbour 1");
  expect(oversold).toMatchObject({ name: milk.name, onHand: -1 });
  expect(oversold?.movements.map(({ terminalName, units, onHand }) => [terminalName, units, onHand])).toEqual([
    ["Harbour 1", -1, 0],
    ["Harbour 2", -1, -1],
  ]);
  expect(oversold?.movements.every(({ sale }) => sale !== null)).toBe(true);
});

test("the movements of a variant tell what was on hand after each, page by page", async () => {
  const path = `/products/${milk.variant}/movements?branch=${first.identity.branch}`;
  const { movements } = await office.get(path, movementListSchema);
  expect(movements.map(({ cause, units, onHand }) => [cause, units, onHand])).toEqual([
    ["sale", -1, -1],
    ["sale", -1, 0],
    ["sale", -39, 1],
    ["delivery", 40, 40],
  ]);
  const page = await office.get(`${path}&limit=3`, movementListSchema);
  const rest = await office.get(`${path}&limit=3&after=${page.next}`, movementListSchema);
  expect([...page.movements, ...rest.movements]).toEqual(movements);
});

test("a record that cannot be booked is shown as it came", async () => {
  const found = await caseOfKind("quarantined");
  const { oversold, record } = await office.get(`/cases/${found.case}`, caseDetailSchema);
  expect(oversold).toBeNull();
  expect(record).toMatchObject({ terminalName: "Harbour 1" });
  expect(JSON.parse(record?.raw ?? "")).toMatchObject({ type: "sale-completed", event: found.subject });
});

test("the quarantine lists every record that is stored and not booked", async () => {
  const { records } = await office.get("/quarantine", quarantineSchema);
  expect(records).toMatchObject([
    { type: "sale-completed", code: "invalid_body", terminalName: "Harbour 1" },
    { type: "sale-completed", code: "invalid_body" },
  ]);
  const page = await office.get("/quarantine?limit=1", quarantineSchema);
  const rest = await office.get(`/quarantine?limit=1&after=${page.next}`, quarantineSchema);
  expect([...page.records, ...rest.records]).toEqual(records);
});

test("closing takes a note and keeps who closed it; nobody closes it twice", async () => {
  const { case: id } = await caseOfKind("quarantined");
  for (const body of [{}, { note: "ok" }, { note: "x".repeat(2001) }, { note: "looked at it", by: "somebody else" }]) {
    expect((await office.send("POST", `/cases/${id}/close`, body)).status).toBe(400);
  }
  const { status, body } = await office.send("POST", `/cases/${id}/close`, { note: " Comes with the next build. " });
  expect(status).toBe(200);
  const closed = officeCaseSchema.parse(body);
  expect(closed.resolution).toMatchObject({ name: "Robin Vale", note: "Comes with the next build." });
  expect(closed.resolution?.at).toBe(closed.closedAt);
  expect((await office.send("POST", `/cases/${id}/close`, { note: "again" })).status).toBe(409);
  expect((await cases()).cases).toHaveLength(2);
  expect((await cases("state=closed")).cases).toEqual([closed]);
});

test("of two who close it at the same moment one does, and the other is told", async () => {
  const { case: id } = await caseOfKind("oversold");
  const answers = await Promise.all(
    [1, 2].map((n) => office.send("POST", `/cases/${id}/close`, { note: `number ${n}` })),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
});

test("a case of another shop is not there", async () => {
  const other = await openOtherShop(server.context);
  const stranger = await signInOffice(`http://127.0.0.1:${server.ports[0]}`, other.owner);
  const { case: id } = await caseOfKind("quarantined");
  expect((await stranger.send("GET", `/cases/${id}`)).status).toBe(404);
  expect((await stranger.send("POST", `/cases/${id}/close`, { note: "not mine" })).status).toBe(404);
  expect(await stranger.get("/cases", caseListSchema)).toEqual({ cases: [], next: null });
  expect(await stranger.get("/quarantine", quarantineSchema)).toEqual({ records: [], next: null });
  expect(await caseOfKind("quarantined")).toMatchObject({ closedAt: null });
});
