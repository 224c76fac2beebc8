import { present } from "@holdfast/domain/kernel/assert";
import type { EnrolReply, ServerKey } from "@holdfast/protocol/enrol";
import type { SignedEntry } from "@holdfast/protocol/entry";
import { type LogReply, logReplySchema } from "@holdfast/protocol/log";
import type { RescueLine } from "@holdfast/protocol/rescue";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type EntryMaker, enrolKey, entryMaker, newKey } from "../testing/entry-maker.ts";
import { officeClient, signInOffice } from "../testing/office-client.ts";
import { sealRows } from "../testing/seal-rows.ts";
import { startTestServer, type TestServer } from "../testing/test-server.ts";
import { sha256Hex } from "./signing.ts";

let server: TestServer;
let office: string;
let identity: EnrolReply;
let sealingKey: ServerKey;
const keys = newKey();

beforeAll(async () => {
  server = await startTestServer();
  office = `http://127.0.0.1:${server.ports[0]}`;
  identity = await enrolKey(server.baseUrl, await server.codeFor(0), keys.key);
  sealingKey = present(
    identity.serverKeys.find(({ use }) => use === "enc"),
    "the server has a key to seal to",
  );
});

afterAll(async () => {
  await server?.stop();
});

/** A stream of a lost till: its first entry, and notes of a later build, which need no catalogue. */
function lost(count = 3): { maker: EntryMaker; entries: SignedEntry[] } {
  const maker = entryMaker(keys);
  const entries = [maker.open(identity.terminal)];
  for (let note = 0; note < count; note += 1) entries.push(maker.next("note-made", { text: "from a later build" }));
  return { maker, entries };
}

function text(lines: readonly RescueLine[]): string {
  return lines.map((line) => JSON.stringify(line)).join("\n");
}

async function post(body: string, token = identity.token): Promise<Response> {
  const headers = { authorization: `Bearer ${token}` };
  return await fetch(`${server.baseUrl}/v1/log/rescue`, { method: "POST", body, headers });
}

async function bring(lines: readonly RescueLine[]): Promise<LogReply> {
  const response = await post(text(lines));
  expect(response.status).toBe(200);
  return logReplySchema.parse(await response.json());
}

async function heldCount(entries: readonly SignedEntry[]): Promise<number> {
  const hashes = entries.map(({ raw }) => sha256Hex(raw));
  const { rows } = await sql<{ count: number }>`
    SELECT count(*)::int AS count FROM log_entry
    WHERE merchant = ${server.merchant} AND encode(hash, 'hex') = ANY (${hashes}::text[])`.execute(server.context.db);
  return rows[0]?.count ?? -1;
}

test("sealed rows are opened, proven and stored, and their stream is confirmed", async () => {
  const { maker, entries } = lost();
  const reply = await bring(sealRows(identity.terminal, entries, sealingKey));
  expect(reply).toMatchObject({ accepted: 4, stopped: [] });
  expect(reply.receipts).toMatchObject([{ stream: maker.stream, seq: 3, hash: sha256Hex(entries[3]?.raw ?? "") }]);
  expect(await heldCount(entries)).toBe(4);
});

test("bringing the same rows again, sealed or open or in the usual way, changes nothing", async () => {
  const { entries } = lost();
  await bring(sealRows(identity.terminal, entries.slice(0, 2), sealingKey));
  await bring(entries);
  const again = await bring([...sealRows(identity.terminal, entries, sealingKey), ...entries]);
  expect(again).toMatchObject({ accepted: 8, stopped: [] });
  expect(await heldCount(entries)).toBe(4);
});

test("a row that was changed, or sealed to a key of somebody else, is not opened and said by its place", async () => {
  const { entries } = lost();
  const rows = sealRows(identity.terminal, entries, sealingKey);
  const damaged = rows.map((row, index) =>
    index === 3 && "box" in row ? { ...row, box: `A${row.box.slice(1)}` } : row,
  );
  const reply = await bring(damaged);
  expect(reply.accepted).toBe(2);
  expect(reply.stopped).toMatchObject([
    { line: 3, code: "unknown_parent" },
    { line: 2, code: "bad_entry", stream: null },
  ]);

  const strange = sealRows(identity.terminal, lost().entries, { ...sealingKey, key: newKey().key });
  expect((await bring(strange)).stopped.map(({ line }) => line)).toEqual([0, 1, 2, 3]);
  const unknown = sealRows(identity.terminal, lost().entries, { ...sealingKey, kid: "another" });
  expect((await bring(unknown)).accepted).toBe(0);
});

test("a row under another one's name is not opened", async () => {
  const { entries } = lost();
  const rows = sealRows(identity.terminal, entries, sealingKey);
  const [, first, second] = rows;
  const swapped = rows.map((row, index) =>
    index === 1 ? { ...(first as object), hash: (second as { hash: string }).hash } : row,
  ) as RescueLine[];
  expect((await bring(swapped)).accepted).toBe(0);
});

test("a sealed record with a forged signature is not believed", async () => {
  const stranger = entryMaker(newKey());
  const entries = [stranger.open(identity.terminal)];
  const reply = await bring(sealRows(identity.terminal, entries, sealingKey));
  expect(reply).toMatchObject({ accepted: 0, stopped: [{ code: "unknown_key" }] });
  expect(await heldCount(entries)).toBe(0);
});

test("records written with a key that nobody knows yet are taken once their terminal is enrolled again", async () => {
  const fresh = newKey();
  const maker = entryMaker(fresh);
  const entries = [maker.open(identity.terminal), maker.next("note-made", { text: "sold on without my keys" })];
  const rows = sealRows(identity.terminal, entries, sealingKey);
  expect(await bring(rows)).toMatchObject({ accepted: 0, stopped: [{ code: "unknown_key" }] });
  identity = await enrolKey(server.baseUrl, await server.codeFor(0), fresh.key);
  expect(await bring(rows)).toMatchObject({ accepted: 2, stopped: [] });
});

test("a device that lost its keys twice names them, and what each of them signed is taken", async () => {
  const [lostFirst, lostThen, kept] = [newKey(), newKey(), newKey()];
  const rows = [lostFirst, lostThen, kept].flatMap((each) => {
    const maker = entryMaker(each);
    const entries = [maker.open(identity.terminal), maker.next("note-made", { text: "sold on without my keys" })];
    return sealRows(identity.terminal, entries, sealingKey);
  });
  identity = await enrolKey(server.baseUrl, await server.codeFor(0), kept.key, lostFirst.key, lostThen.key);
  expect(await bring(rows)).toMatchObject({ accepted: 6, stopped: [] });
});

test("a person brings the file to the back office", async () => {
  const { entries } = lost();
  const owner = await signInOffice(office);
  const body = text(sealRows(identity.terminal, entries, sealingKey));
  expect(await owner.send("POST", "/rescue", body)).toMatchObject({ status: 200, body: { accepted: 4 } });
  expect(await heldCount(entries)).toBe(4);
});

test("somebody whom the server does not know may not bring a file", async () => {
  const body = text(sealRows(identity.terminal, lost().entries, sealingKey));
  expect((await officeClient(office, "").send("POST", "/rescue", body)).status).toBe(401);
  expect((await post(body, "nobody")).status).toBe(401);
});

test.each([
  ["nothing", "", "There are no records"],
  ["a photo", "\u00ff\u00d8\u00ff", "Line 1 is not a record"],
  ["another list", '{"name":"Tea"}', "Line 1 is not a record"],
])("%s is no file of records", async (_, body, message) => {
  const response = await post(body);
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({
    error: { code: "bad_request", message: expect.stringContaining(message) },
  });
});

test("more records than one upload takes are sent in several", async () => {
  const { entries } = lost(500);
  expect((await post(text(sealRows(identity.terminal, entries, sealingKey)))).status).toBe(413);
});
