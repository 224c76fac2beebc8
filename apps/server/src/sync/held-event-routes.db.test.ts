import type { Uuid } from "@holdfast/domain/kernel/id";
import type { VariantDocument } from "@holdfast/protocol/documents";
import { type BookHeldReply, caseListSchema, quarantineSchema } from "@holdfast/protocol/office/cases";
import { saleDetailSchema, saleListSchema } from "@holdfast/protocol/office/sales";
import pg from "pg";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { enrolHeadless, type HeadlessTerminal } from "../testing/headless-terminal.ts";
import { sell, shopOf } from "../testing/make-sale.ts";
import { type OfficeClient, signInOffice } from "../testing/office-client.ts";
import { openOtherShop } from "../testing/office-people.ts";
import { startTestServer, type TestServer } from "../testing/test-server.ts";

let server: TestServer;
let office: OfficeClient;
let terminal: HeadlessTerminal;
let bread: VariantDocument;
let broken: Uuid;
const revoked: Uuid[] = [];

beforeAll(async () => {
  server = await startTestServer();
  office = await signInOffice(`http://127.0.0.1:${server.ports[0]}`);
  terminal = await enrolHeadless({ baseUrl: server.baseUrl, enrolmentCode: await server.codeFor(0) });
  terminal.loop.wake();
  await terminal.settled();
  bread = shopOf(terminal).variants.find(({ name }) => name.startsWith("Sourdough")) as VariantDocument;
  broken = terminal.newId();
  await terminal.log.append({
    build: () => ({
      events: [{ event: broken, type: "sale-completed", body: { sale: broken } as never }],
      value: null,
    }),
  });
  await office.send("POST", `/terminals/${terminal.identity.terminal}/revoke`);
  for (const units of [1, 2]) revoked.push((await sell(terminal, { lines: [{ variant: bread, units }] })).sale);
  terminal.loop.wake();
  const allThere = async (): Promise<void> => {
    if ((await held()).length < 3) throw new Error("they are on their way");
  };
  await vi.waitFor(allThere, { timeout: 30_000 });
});

afterAll(async () => {
  terminal?.loop.stop();
  await server?.stop();
});

async function held(): Promise<string[]> {
  return (await office.get("/quarantine", quarantineSchema)).records.map(({ event }) => event);
}

async function book(events: readonly string[], who: OfficeClient = office): Promise<BookHeldReply> {
  const { status, body } = await who.send("POST", "/quarantine/book", { events });
  expect(status, JSON.stringify(body)).toBe(200);
  return body as BookHeldReply;
}

test("a person of another shop books nothing of this one", async () => {
  const other = await openOtherShop(server.context);
  const stranger = await signInOffice(`http://127.0.0.1:${server.ports[0]}`, other.owner);
  expect(await book([...revoked, broken], stranger)).toEqual({ booked: 0, held: [] });
  expect(await held()).toHaveLength(3);
});

test("a person answers for the sales of a revoked terminal, and what is broken keeps none of them back", async () => {
  const reply = await book([broken, ...revoked]);
  expect(reply.booked).toBe(2);
  expect(reply.held).toMatchObject([{ event: broken, code: "invalid_body" }]);
  expect(await held()).toEqual([broken]);
  const { sum } = await office.get("/sales", saleListSchema);
  expect(sum).toEqual({ sales: 2, total: 3 * 490 });
  const detail = await office.get(`/sales/${revoked[1]}`, saleDetailSchema);
  expect(detail.movements).toMatchObject([{ units: -2 }]);
  expect(detail.entries.map(({ kind }) => kind)).toEqual(["rev", "cogs"]);
});

test("booking closes the case, and is kept as a deed of a person", async () => {
  const closed = (await office.get("/cases?state=closed", caseListSchema)).cases;
  expect(closed.map(({ subject }) => subject).sort()).toEqual([...revoked].sort());
  expect(closed[0]?.resolution).toMatchObject({ name: "Robin Vale", note: expect.stringContaining("revoked") });
  const owner = new pg.Client({ connectionString: server.database.ownerUrl });
  await owner.connect();
  const { rows } = await owner.query("SELECT type, subject, body FROM office_event ORDER BY subject");
  await owner.end();
  expect(rows).toEqual(
    [...revoked].sort().map((subject) => ({ type: "record-booked", subject, body: { code: "revoked" } })),
  );
});

test("booking once more, also twice at once, books nothing twice", async () => {
  const [first, second] = await Promise.all([book(revoked), book(revoked)]);
  expect([first.booked, second.booked]).toEqual([0, 0]);
  expect((await office.get("/sales", saleListSchema)).sum).toEqual({ sales: 2, total: 3 * 490 });
});
