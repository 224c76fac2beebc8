import type { EnrolReply } from "@holdfast/protocol/enrol";
import type { SignedEntry } from "@holdfast/protocol/entry";
import { type LogReply, logReplySchema } from "@holdfast/protocol/log";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createEnrolmentCode } from "../party/enrol.ts";
import { type EntryMaker, enrolKey, entryMaker, newKey } from "../testing/entry-maker.ts";
import { type OtherShop, openOtherShop } from "../testing/office-people.ts";
import { startTestServer, type TestServer } from "../testing/test-server.ts";

/** More uploads at a time than the server has connections to its database. */
const UPLOADS = 40;

type Device = { readonly identity: EnrolReply; readonly maker: () => EntryMaker };

let server: TestServer;
let other: OtherShop;
let noisy: Device;
let quiet: Device;

beforeAll(async () => {
  server = await startTestServer();
  other = await openOtherShop(server.context);
  const { code } = await createEnrolmentCode(server.context, { merchant: other.merchant, terminal: other.terminal });
  noisy = await device(await server.codeFor(0));
  quiet = await device(code);
});

afterAll(async () => {
  await server?.stop();
});

async function device(code: string): Promise<Device> {
  const keys = newKey();
  return { identity: await enrolKey(server.baseUrl, code, keys.key), maker: () => entryMaker(keys) };
}

async function push({ identity }: Device, entries: readonly SignedEntry[]): Promise<LogReply> {
  const response = await fetch(`${server.baseUrl}/v1/log`, {
    method: "POST",
    body: entries.map((entry) => JSON.stringify(entry)).join("\n"),
    headers: { authorization: `Bearer ${identity.token}` },
  });
  expect(response.status).toBe(200);
  return logReplySchema.parse(await response.json());
}

test("a shop whose backlog stands still in the database keeps no other shop waiting", async () => {
  const streams = Array.from({ length: UPLOADS }, noisy.maker);
  for (const stream of streams) await push(noisy, [stream.open(noisy.identity.terminal)]);
  const holder = new pg.Client({ connectionString: server.database.ownerUrl });
  await holder.connect();
  await holder.query("BEGIN");
  await holder.query("SELECT FROM log_stream WHERE merchant = $1 FOR UPDATE", [server.merchant]);
  let arrived = 0;
  const backlog = streams.map(async (stream) => {
    const reply = await push(noisy, [stream.next("note-made", { text: "from a later build" })]);
    arrived += 1;
    return reply.accepted;
  });
  const mine = quiet.maker();
  expect(await push(quiet, [mine.open(quiet.identity.terminal)])).toMatchObject({ accepted: 1 });
  expect(await push(quiet, [mine.next("note-made", { text: "still served" })])).toMatchObject({ accepted: 1 });
  expect(arrived, "uploads of the shop that stands still").toBe(0);
  await holder.query("COMMIT");
  await holder.end();
  expect(await Promise.all(backlog)).toEqual(backlog.map(() => 1));
});
