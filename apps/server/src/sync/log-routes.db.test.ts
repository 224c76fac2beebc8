import type { EnrolReply } from "@holdfast/protocol/enrol";
import type { SignedEntry } from "@holdfast/protocol/entry";
import { requestBytesMax } from "@holdfast/protocol/limits";
import { type LogReply, logReplySchema } from "@holdfast/protocol/log";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type EntryMaker, enrolKey, entryMaker, newId, newKey } from "../testing/entry-maker.ts";
import { startTestServer, type TestServer } from "../testing/test-server.ts";
import { sha256Hex } from "./signing.ts";

let server: TestServer;
let identity: EnrolReply;
const keys = newKey();

beforeAll(async () => {
  server = await startTestServer();
  identity = await enrolKey(server.baseUrl, await server.codeFor(0), keys.key);
});

afterAll(async () => {
  await server?.stop();
});

function stream(): EntryMaker {
  return entryMaker(keys);
}

async function post(body: NonNullable<RequestInit["body"]>, headers: Record<string, string> = {}): Promise<Response> {
  return await fetch(`${server.baseUrl}/v1/log`, {
    method: "POST",
    body,
    headers: { authorization: `Bearer ${identity.token}`, ...headers },
  });
}

async function push(entries: readonly SignedEntry[]): Promise<LogReply> {
  const response = await post(entries.map((entry) => JSON.stringify(entry)).join("\n"));
  expect(response.status).toBe(200);
  return logReplySchema.parse(await response.json());
}

async function refusal(response: Response): Promise<{ status: number; code: string; message: string; field?: string }> {
  const { error } = (await response.json()) as { error: { code: string; message: string; field?: string } };
  return { status: response.status, ...error };
}

async function storedCount(): Promise<number> {
  const { rows } = await sql<{
    count: number;
  }>`SELECT count(*) AS count FROM log_entry WHERE merchant = ${server.merchant}`.execute(server.context.db);
  return rows[0]?.count ?? -1;
}

async function heldHashes(entries: readonly SignedEntry[]): Promise<boolean[]> {
  const hashes = entries.map(({ raw }) => sha256Hex(raw));
  const response = await fetch(`${server.baseUrl}/v1/log/have`, {
    method: "POST",
    body: JSON.stringify({ hashes }),
    headers: { authorization: `Bearer ${identity.token}` },
  });
  const { missing } = (await response.json()) as { missing: string[] };
  return hashes.map((hash) => !missing.includes(hash));
}

/** A note of a later build: stored and quarantined, so it needs no catalogue. */
function note(maker: EntryMaker): SignedEntry {
  return maker.next("note-made", { text: "from a later build" });
}

test.each([
  ["nothing", "", "The batch is empty"],
  ["no JSON", "hello", "Line 1 is not JSON"],
  ["a line cut short", '{"raw":"{}","si', "Line 1 is not JSON"],
  ["another shape", '{"rows":[]}', "Line 1"],
  ["an unknown field", JSON.stringify({ raw: "{}", sig: "A".repeat(86), status: "posted" }), "Unrecognized key"],
  ["a signature that is none", JSON.stringify({ raw: "{}", sig: "short" }), "a 64-byte signature"],
])("%s is refused with what is wrong, and nothing is stored", async (_, body, message) => {
  const before = await storedCount();
  const answer = await refusal(await post(body));
  expect(answer).toMatchObject({ status: 400, code: "bad_request" });
  expect(answer.message).toContain(message);
  expect(await storedCount()).toBe(before);
});

test("a body over the limit is refused before it is read whole, one at the limit is read", async () => {
  const tooLarge = await refusal(await post("x".repeat(requestBytesMax + 1)));
  expect(tooLarge).toMatchObject({ status: 413, code: "too_large" });
  const atTheLimit = await refusal(await post("x".repeat(requestBytesMax)));
  expect(atTheLimit).toMatchObject({ status: 400, code: "bad_request" });
});

test("a small body that unzips into a huge one is refused", async () => {
  const bomb = new Blob([new Uint8Array(50_000_000)]).stream().pipeThrough(new CompressionStream("gzip"));
  const body = await new Response(bomb).arrayBuffer();
  expect(await refusal(await post(body, { "content-encoding": "gzip" }))).toMatchObject({
    status: 413,
    code: "too_large",
  });
});

test.each(["", "Bearer nonsense", "Bearer hft_a.b.c"])(
  "without a valid token (%j) nothing is answered but 401",
  async (authorization) => {
    const response = await fetch(`${server.baseUrl}/v1/log`, {
      method: "POST",
      body: "{}",
      headers: { authorization },
    });
    expect(await refusal(response)).toMatchObject({ status: 401, code: "unauthorized" });
  },
);

test("a token with another merchant's id, or another's terminal, opens nothing", async () => {
  const secret = identity.token.split(".").at(-1);
  for (const [merchant, terminal] of [
    [newId(), identity.terminal],
    [identity.merchant, server.terminals[1]],
  ]) {
    const response = await post("{}", { authorization: `Bearer hft_${merchant}.${terminal}.${secret}` });
    expect(response.status).toBe(401);
  }
});

test("a forged signature stops its stream and leaves nothing of it", async () => {
  const maker = stream();
  const opened = maker.open(identity.terminal);
  const forged = { ...note(maker), sig: note(stream()).sig };
  const reply = await push([opened, forged]);
  expect(reply.accepted).toBe(1);
  expect(reply.stopped).toMatchObject([{ line: 1, code: "bad_entry", tip: { seq: 0 } }]);
  expect(await heldHashes([opened, forged])).toEqual([true, false]);
});

test("an entry altered after it was signed is refused, the ones before it are kept", async () => {
  const maker = stream();
  const good = [maker.open(identity.terminal), note(maker)];
  const altered = note(maker);
  const reply = await push([...good, { ...altered, raw: altered.raw.replace("later", "other") }]);
  expect(reply.accepted).toBe(2);
  expect(reply.stopped).toMatchObject([{ line: 2, code: "bad_entry" }]);
});

// INV-06: no other stream waits.
test("one bad entry in the middle of three streams stops its own stream and delays no other", async () => {
  const [a, b, c] = [stream(), stream(), stream()];
  const inA = [a.open(identity.terminal), note(a), note(a)];
  const inB = [b.open(identity.terminal), b.sign("this is not JSON"), note(b)];
  const inC = [c.open(identity.terminal), note(c), note(c)];
  const mixed = [0, 1, 2].flatMap((i) => [inA[i], inB[i], inC[i]]) as SignedEntry[];
  const reply = await push(mixed);
  expect(reply.stopped).toMatchObject([{ line: 4, stream: null, code: "bad_entry" }]);
  expect(await heldHashes([...inA, ...inC])).toEqual([true, true, true, true, true, true]);
  expect(reply.receipts.map(({ stream: id, seq }) => [id, seq])).toEqual(
    expect.arrayContaining([
      [a.stream, 2],
      [c.stream, 2],
    ]),
  );
});

// INV-02: no entry without its parent.
test("an entry whose parent is not held stops its stream and says where the server stands", async () => {
  const maker = stream();
  const first = [maker.open(identity.terminal), note(maker)];
  await push(first);
  note(maker);
  const orphan = note(maker);
  const reply = await push([orphan]);
  expect(reply).toMatchObject({ accepted: 0, stopped: [{ line: 0, code: "unknown_parent", tip: { seq: 1 } }] });
  expect(reply.stopped[0]?.tip?.hash).toBe(sha256Hex(first[1]?.raw ?? ""));
});

test("a stream signed with a key this server does not know is left with its terminal", async () => {
  const stranger = entryMaker(newKey());
  const reply = await push([stranger.open(identity.terminal)]);
  expect(reply).toMatchObject({ accepted: 0, stopped: [{ line: 0, code: "unknown_key" }] });
});

test("a replayed batch changes nothing and is answered like the first time", async () => {
  const maker = stream();
  const batch = [maker.open(identity.terminal), note(maker)];
  const first = await push(batch);
  const before = await storedCount();
  const again = await push(batch);
  expect(again.accepted).toBe(2);
  expect(again.receipts.map(({ hash }) => hash)).toEqual(first.receipts.map(({ hash }) => hash));
  expect(await storedCount()).toBe(before);
});

test("both branches of a forked stream are kept, and one case says so", async () => {
  const maker = stream();
  const opened = maker.open(identity.terminal);
  const left = note(maker);
  maker.rewindTo(opened);
  const right = note(maker);
  await push([opened, left]);
  const reply = await push([right]);
  expect(reply).toMatchObject({ accepted: 1, stopped: [] });
  expect(await heldHashes([left, right])).toEqual([true, true]);
  const { rows } = await sql`
    SELECT subject FROM inbox_case WHERE merchant = ${server.merchant} AND kind = 'terminal-fork' AND closed_at IS NULL`.execute(
    server.context.db,
  );
  expect(rows).toEqual([{ subject: identity.terminal }]);
});

// INV-05: kept, though it cannot be understood yet.
test("an event of a newer build is kept, set aside, and the next one goes on", async () => {
  const maker = stream();
  const later = maker.next.bind(maker);
  const reply = await push([maker.open(identity.terminal), later("sale-completed", {}, { tv: 99 }), note(maker)]);
  expect(reply.accepted).toBe(3);
  expect(reply.quarantined.map(({ code }) => code)).toEqual(["unsupported_version", "unsupported_version"]);
});

test("the same event with another content stays as it was first; the second is kept for a person", async () => {
  const maker = stream();
  const event = newId();
  const first = maker.next.bind(maker);
  const reply = await push([
    maker.open(identity.terminal),
    first("note-made", { text: "one" }, { event }),
    first("note-made", { text: "two" }, { event }),
  ]);
  expect(reply.accepted).toBe(3);
  expect(reply.quarantined.map(({ code }) => code)).toEqual(["unsupported_version", "event_conflict"]);
});

test("a sale that does not add up is kept whole and set aside, and the stream goes on", async () => {
  const maker = stream();
  const reply = await push([maker.open(identity.terminal), maker.next("sale-completed", { total: 1 }), note(maker)]);
  expect(reply.accepted).toBe(3);
  expect(reply.quarantined[0]).toMatchObject({ code: "invalid_body" });
});
