import type { TerminalId } from "@holdfast/domain/party/merchant";
import { enrolmentCodeSchema, type OfficeTerminal, terminalListSchema } from "@holdfast/protocol/office/terminals";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sha256Hex } from "../sync/signing.ts";
import { type EntryMaker, enrolKey, entryMaker, newId, newKey } from "../testing/entry-maker.ts";
import { enrolHeadless, type HeadlessTerminal } from "../testing/headless-terminal.ts";
import { type OfficeClient, signInOffice } from "../testing/office-client.ts";
import { hire, type OtherShop, openOtherShop } from "../testing/office-people.ts";
import { startTestServer, type TestServer } from "../testing/test-server.ts";

/** What was asked about a terminal is remembered for a moment. */
const SOON = { timeout: 10_000 };

let server: TestServer;
let office: OfficeClient;
let manager: OfficeClient;
let other: OtherShop;
let officeUrl: string;

beforeAll(async () => {
  server = await startTestServer();
  officeUrl = `http://127.0.0.1:${server.ports[0]}`;
  office = await signInOffice(officeUrl);
  const as = await hire(server.context, server.merchant, { slug: "demo", role: "manager", email: "m@demo.example" });
  manager = await signInOffice(officeUrl, as);
  other = await openOtherShop(server.context);
});

afterAll(async () => {
  await server?.stop();
});

async function terminals(): Promise<OfficeTerminal[]> {
  return (await office.get("/terminals", terminalListSchema)).terminals;
}

async function terminalNamed(name: string): Promise<OfficeTerminal> {
  const found = (await terminals()).find((each) => each.name === name);
  if (found === undefined) throw new Error(`no terminal is called ${name}`);
  return found;
}

async function codeFor(client: OfficeClient, terminal: string): Promise<string> {
  const { status, body } = await client.send("POST", `/terminals/${terminal}/code`);
  expect(status).toBe(201);
  return enrolmentCodeSchema.parse(body).code;
}

async function addTerminal(name: string): Promise<OfficeTerminal> {
  const { branch } = (await terminals())[0] as OfficeTerminal;
  expect((await office.send("POST", "/terminals", { terminal: newId(), branch, name })).status).toBe(201);
  return await terminalNamed(name);
}

/** A device with the terminal's key, whose records a test writes by hand. */
async function device(
  terminal: OfficeTerminal,
): Promise<{ maker: () => EntryMaker; push: (entries: readonly object[]) => Promise<void> }> {
  const keys = newKey();
  const { token } = await enrolKey(server.baseUrl, await codeFor(office, terminal.terminal), keys.key);
  return {
    maker: () => entryMaker(keys),
    push: async (entries) => {
      const response = await fetch(`${server.baseUrl}/v1/log`, {
        method: "POST",
        body: entries.map((entry) => JSON.stringify(entry)).join("\n"),
        headers: { authorization: `Bearer ${token}` },
      });
      expect(await response.json()).toMatchObject({ stopped: [] });
    },
  };
}

// INV-17: a series is one terminal's.
test("a new terminal waits for a device, with a series that no other has", async () => {
  const made = await addTerminal("Pop-up stall");
  expect(made).toMatchObject({ enrolledAt: null, lastSeenAt: null, held: 0, missing: 0, codeExpiresAt: null });
  const series = (await terminals()).map((each) => each.series);
  expect(new Set(series).size).toBe(series.length);
});

test("a manager makes a code; it enrols one device, once, and an earlier one is void", async () => {
  const { terminal } = await addTerminal("Coded");
  const [void1, code] = [await codeFor(manager, terminal), await codeFor(manager, terminal)];
  expect((await terminalNamed("Coded")).codeExpiresAt).not.toBeNull();
  await expect(enrolKey(server.baseUrl, void1, newKey().key)).rejects.toThrow("not valid");
  const enrolled = await enrolKey(server.baseUrl, code, newKey().key);
  expect(enrolled.terminal).toBe(terminal);
  expect(await terminalNamed("Coded")).toMatchObject({ build: "test", persisted: false, codeExpiresAt: null });
  await expect(enrolKey(server.baseUrl, code, newKey().key)).rejects.toThrow("not valid");
});

test.each<[string, (terminal: OfficeTerminal) => object, number]>([
  ["a branch of another shop", () => ({ terminal: newId(), branch: other.branch, name: "X" }), 400],
  ["a branch that is none", () => ({ terminal: newId(), branch: newId(), name: "X" }), 400],
  ["an id that is taken", ({ terminal, branch }) => ({ terminal, branch, name: "X" }), 409],
  ["no name", ({ branch }) => ({ terminal: newId(), branch, name: "" }), 400],
  ["an unknown field", ({ branch }) => ({ terminal: newId(), branch, name: "X", series: "T1" }), 400],
])("refuses %s", async (_what, request, status) => {
  const before = await terminals();
  const answer = await office.send("POST", "/terminals", request(before[0] as OfficeTerminal));
  expect(answer.status).toBe(status);
  expect(await terminals()).toHaveLength(before.length);
});

test("records that exist on a terminal only are counted until they arrive", async () => {
  const { maker, push } = await device(await addTerminal("Dark"));
  const { terminal } = await terminalNamed("Dark");
  const first = maker();
  const entries = [first.open(terminal), ...[1, 2, 3, 4].map((n) => first.next("made-later", { n }))];
  const last = entries[4] as { raw: string };
  await push(entries.slice(0, 2));
  expect(await terminalNamed("Dark")).toMatchObject({ held: 2, missing: 0 });
  const second = maker();
  const hash = sha256Hex(last.raw);
  await push([second.open(terminal, { after: { stream: first.stream, seq: 4, hash } })]);
  expect(await terminalNamed("Dark")).toMatchObject({ held: 3, missing: 3 });
  await push(entries.slice(2, 4));
  expect(await terminalNamed("Dark")).toMatchObject({ held: 5, missing: 1 });
  await push(entries.slice(4));
  expect(await terminalNamed("Dark")).toMatchObject({ held: 6, missing: 0 });
});

test("a whole stream that never arrived is missing with its first record too", async () => {
  const { maker, push } = await device(await addTerminal("Lost"));
  const { terminal } = await terminalNamed("Lost");
  await push([maker().open(terminal, { after: { stream: newId(), seq: 7, hash: "cd".repeat(32) } })]);
  expect(await terminalNamed("Lost")).toMatchObject({ missing: 8 });
});

test("a terminal says what it still has to send, and that all was sent is seen at once", async () => {
  const terminal = await addTerminal("Counting");
  const { token } = await enrolKey(server.baseUrl, await codeFor(office, terminal.terminal), newKey().key);
  const say = async (unsent: string): Promise<void> => {
    const headers = { authorization: `Bearer ${token}`, "holdfast-unsent": unsent };
    await fetch(`${server.baseUrl}/v1/feed?c=m@0`, { headers });
  };
  expect(terminal).toMatchObject({ unsent: null, oldestUnsentAt: null, forks: 0 });
  await say("37 2026-03-01T14:05:00.000+01:00");
  const noted = { unsent: 37, oldestUnsentAt: "2026-03-01T13:05:00.000Z" };
  await expect.poll(() => terminalNamed("Counting"), { timeout: 10_000 }).toMatchObject(noted);
  await say("0");
  const relieved = { unsent: 0, oldestUnsentAt: null };
  await expect.poll(() => terminalNamed("Counting"), { timeout: 10_000 }).toMatchObject(relieved);
});

test("a terminal says whether its browser keeps what it stores, and a change of that is seen at once", async () => {
  const terminal = await addTerminal("Private window");
  const { token } = await enrolKey(server.baseUrl, await codeFor(office, terminal.terminal), newKey().key);
  const say = async (headers: Readonly<Record<string, string>>): Promise<void> => {
    await fetch(`${server.baseUrl}/v1/feed?c=m@0`, { headers: { ...headers, authorization: `Bearer ${token}` } });
  };
  const shown = (persisted: boolean): Promise<void> =>
    expect.poll(() => terminalNamed("Private window"), { timeout: 4_000 }).toMatchObject({ persisted });
  await shown(false);
  await say({ "holdfast-storage": "kept" });
  await shown(true);
  await say({ "holdfast-storage": "not-kept" });
  await shown(false);
  await say({ "holdfast-storage": "kept" });
  // An older build is silent about it, and takes nothing back.
  await say({});
  await shown(true);
});

test("another branch of the stream does not stand for the records that are missing", async () => {
  const { maker, push } = await device(await addTerminal("Forked"));
  const { terminal } = await terminalNamed("Forked");
  const first = maker();
  await push([first.open(terminal), first.next("made-later", { n: 1 }), first.next("made-later", { n: 2 })]);
  await push([maker().open(terminal, { after: { stream: first.stream, seq: 1, hash: "ef".repeat(32) } })]);
  expect(await terminalNamed("Forked")).toMatchObject({ missing: 1, forks: 0 });
});

test("two devices that go on from the same record are counted as a fork", async () => {
  const { maker, push } = await device(await addTerminal("Cloned"));
  const { terminal } = await terminalNamed("Cloned");
  const first = maker();
  const opening = first.open(terminal);
  await push([opening]);
  const after = { stream: first.stream, seq: 0, hash: sha256Hex(opening.raw) };
  await push([maker().open(terminal, { after })]);
  expect((await terminalNamed("Cloned")).forks).toBe(0);
  await push([maker().open(terminal, { after })]);
  expect((await terminalNamed("Cloned")).forks).toBe(1);
});

async function enrolled(name: string): Promise<HeadlessTerminal> {
  const { terminal } = await addTerminal(name);
  const device = await enrolHeadless({ baseUrl: server.baseUrl, enrolmentCode: await codeFor(office, terminal) });
  device.loop.wake();
  await device.settled();
  return device;
}

test("a revoked terminal reads nothing more, its open code is void, and only an owner lets it in again", async () => {
  const device = await enrolled("Stolen");
  const { terminal, token } = device.identity;
  const code = await codeFor(office, terminal);
  const { status, body } = await office.send("POST", `/terminals/${terminal}/revoke`);
  expect(status).toBe(200);
  expect((body as OfficeTerminal).revokedAt).not.toBeNull();
  expect((await office.send("POST", `/terminals/${terminal}/revoke`)).body).toEqual(body);
  await expect(enrolKey(server.baseUrl, code, newKey().key)).rejects.toThrow("not valid");
  expect((await manager.send("POST", `/terminals/${terminal}/code`)).status).toBe(403);
  const headers = { authorization: `Bearer ${token}` };
  const feed = async (): Promise<number> => (await fetch(`${server.baseUrl}/v1/feed?c=m`, { headers })).status;
  await expect.poll(feed, SOON).toBe(403);
  device.loop.stop();
  await enrolKey(server.baseUrl, await codeFor(office, terminal), newKey().key);
  expect((await terminalNamed("Stolen")).revokedAt).toBeNull();
});

test("a terminal that is to be wiped hears it with every answer, reads nothing, and is shut out once it says that it is done", async () => {
  const { loop, identity } = await enrolled("Wiped");
  loop.stop();
  const { terminal, token } = identity;
  const ask = async (path: string, method = "GET"): Promise<Response> =>
    await fetch(`${server.baseUrl}/v1${path}`, { method, headers: { authorization: `Bearer ${token}` } });
  expect((await ask("/wiped", "POST")).status).toBe(409);
  const { status, body } = await manager.send("POST", `/terminals/${terminal}/wipe`);
  expect(status).toBe(200);
  expect(body).toMatchObject({ wipeAskedAt: expect.any(String), wipedAt: null, revokedAt: null });
  const feed = async (): Promise<unknown> => {
    const { status, headers } = await ask("/feed?c=m");
    return [status, headers.get("Holdfast-Wipe")];
  };
  await expect.poll(feed, SOON).toEqual([403, "1"]);
  expect((await ask("/wiped", "POST")).status).toBe(204);
  expect(await terminalNamed("Wiped")).toMatchObject({
    wipedAt: expect.any(String),
    revokedAt: expect.any(String),
    unsent: 0,
  });
  await expect.poll(async () => (await ask("/wiped", "POST")).status, SOON).toBe(401);
});

test("other terminals hear that one was revoked", async () => {
  const watcher = await enrolled("Watcher");
  const { terminal } = (await device(await addTerminal("Gone")).then(() => terminalNamed("Gone"))) as OfficeTerminal;
  await office.send("POST", `/terminals/${terminal}/revoke`);
  const revokedAt = (): unknown =>
    (watcher.replica.get("m", "terminal", terminal)?.body as { revokedAt?: string } | undefined)?.revokedAt;
  for (let attempt = 0; attempt < 200 && typeof revokedAt() !== "string"; attempt += 1) {
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  expect(revokedAt()).toEqual(expect.any(String));
  watcher.loop.stop();
});

test("a terminal of another shop is not there", async () => {
  const foreign: TerminalId = other.terminal;
  for (const action of ["code", "revoke", "wipe"]) {
    expect((await office.send("POST", `/terminals/${foreign}/${action}`)).status).toBe(404);
  }
  expect((await terminals()).map(({ name }) => name)).not.toContain("Other 1");
});
