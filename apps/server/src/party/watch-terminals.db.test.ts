import type { TerminalId } from "@holdfast/domain/party/merchant";
import { type CaseList, caseListSchema, type OfficeCase } from "@holdfast/protocol/office/cases";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sha256Hex } from "../sync/signing.ts";
import { enrolKey, entryMaker, newKey } from "../testing/entry-maker.ts";
import { type OfficeClient, signInOffice } from "../testing/office-client.ts";
import { startTestServer, type TestServer } from "../testing/test-server.ts";
import { watchTerminals } from "./watch-terminals.ts";

const MINUTE_MS = 60_000;

let server: TestServer;
let office: OfficeClient;

beforeAll(async () => {
  server = await startTestServer();
  office = await signInOffice(`http://127.0.0.1:${server.ports[0]}`);
});

afterAll(async () => {
  await server?.stop();
});

/** Looks after the terminals as a server does that many minutes from now. */
async function look(minutes = 0): Promise<void> {
  const { context, merchant } = server;
  await watchTerminals({ ...context, now: () => Date.now() + minutes * MINUTE_MS }, merchant);
}

async function cases(state: "open" | "closed"): Promise<OfficeCase[]> {
  const { cases: found }: CaseList = await office.get(`/cases?state=${state}`, caseListSchema);
  return found;
}

async function close(id: string): Promise<void> {
  expect((await office.send("POST", `/cases/${id}/close`, { note: "The device was stolen." })).status).toBe(200);
}

/** A device whose first stream stayed behind with its last three records: the second one speaks of them. */
async function withMissingTail(index: number) {
  const keys = newKey();
  const terminal = server.terminals[index] as TerminalId;
  const { token } = await enrolKey(server.baseUrl, await server.codeFor(index), keys.key);
  const push = async (entries: readonly object[]): Promise<void> => {
    const body = entries.map((entry) => JSON.stringify(entry)).join("\n");
    const headers = { authorization: `Bearer ${token}` };
    const response = await fetch(`${server.baseUrl}/v1/log`, { method: "POST", body, headers });
    expect(await response.json()).toMatchObject({ stopped: [] });
  };
  const first = entryMaker(keys);
  const entries = [first.open(terminal), ...[1, 2, 3].map((n) => first.next("made-later", { n }))];
  const hash = sha256Hex((entries[3] as { raw: string }).raw);
  await push(entries.slice(0, 1));
  await push([entryMaker(keys).open(terminal, { after: { stream: first.stream, seq: 3, hash } })]);
  return { terminal, bringRest: () => push(entries.slice(1)), token };
}

async function eventsAbout(subject: string): Promise<unknown[]> {
  const { rows } = await sql`
    SELECT type, staff IS NULL AS "byItself", body ->> 'kind' AS kind FROM office_event
    WHERE merchant = ${server.merchant} AND subject = ${subject}`.execute(server.context.db);
  return rows;
}

test("records that a later stream speaks of and that do not come open one case, which settles itself when they do", async () => {
  const { terminal, bringRest } = await withMissingTail(0);
  await look();
  expect(await cases("open")).toEqual([]);
  await look(3);
  await look(4);
  const opened = await cases("open");
  expect(opened).toMatchObject([{ kind: "missing-tail", about: "Harbour 1", details: { terminal, missing: 3 } }]);
  await bringRest();
  await look(5);
  // What this device calls `made-later` is of a build that this server does not know: that is another case.
  expect((await cases("open")).map(({ kind }) => kind)).not.toContain("missing-tail");
  const [settled] = await cases("closed");
  expect(settled).toMatchObject({ kind: "missing-tail", resolution: { by: null, note: "The records have arrived." } });
  const byItself = { type: "case-settled", byItself: true, kind: "missing-tail" };
  expect(await eventsAbout(settled?.case ?? "")).toEqual([byItself]);
});

test("of records that are given up nobody is told again", async () => {
  await withMissingTail(1);
  await look(3);
  const [opened] = (await cases("open")).filter(({ kind }) => kind === "missing-tail");
  await close(opened?.case ?? "");
  await look(4);
  expect((await cases("open")).filter(({ kind }) => kind === "missing-tail")).toEqual([]);
  expect(await eventsAbout(opened?.case ?? "")).toMatchObject([{ type: "case-closed", byItself: false }]);
});

test("what a terminal says of its clock and of its unsent records opens a case each, also by two servers at once", async () => {
  const { terminal, token } = await withMissingTail(2);
  const [clock, made] = [Date.now() + 600_000, new Date(Date.now() + 600_000).toISOString().replace("Z", "+00:00")];
  const headers = { authorization: `Bearer ${token}`, "holdfast-clock": String(clock), "holdfast-unsent": `4 ${made}` };
  const isNoted = async (): Promise<boolean> => {
    await fetch(`${server.baseUrl}/v1/feed?c=m@0`, { headers });
    const { rows } = await sql<{ unsent: number | null }>`
      SELECT unsent FROM terminal WHERE merchant = ${server.merchant} AND terminal = ${terminal}`.execute(
      server.context.db,
    );
    return rows[0]?.unsent === 4;
  };
  await expect.poll(isNoted, { timeout: 15_000 }).toBe(true);
  await Promise.all([look(61), look(61)]);
  const opened = (await cases("open")).filter(({ subject }) => subject === terminal);
  expect(opened.map(({ kind, about }) => [kind, about]).sort()).toEqual([
    ["clock-skew", "Hill 1"],
    ["missing-tail", "Hill 1"],
  ]);
  expect(opened.find(({ kind }) => kind === "missing-tail")?.details).toMatchObject({ missing: 4 });
});
