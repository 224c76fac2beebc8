import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { SignedEntry } from "@holdfast/protocol/entry";
import type { LogReply } from "@holdfast/protocol/log";
import { PROTOCOL_VERSION } from "@holdfast/protocol/version";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { enrolKey, entryMaker, newKey } from "../testing/entry-maker.ts";
import { startTestServer, type TestServer } from "../testing/test-server.ts";

const GOLDEN = join(import.meta.dirname, "../../../../packages/protocol/golden");
/** Of the protocol, not of the events: nothing that goes down can be read any more. */
const TWO_VERSIONS_BEHIND = String(PROTOCOL_VERSION - 2);

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(async () => {
  await server?.stop();
});

type Kept = { readonly type: string; readonly version: number; readonly text: string };

/** Every event as terminals of every version ever wrote it; a shift begins and ends around the others. */
function keptEvents(): Kept[] {
  const order = (type: string): number => (type === "shift-opened" ? 0 : type === "shift-closed" ? 2 : 1);
  return readdirSync(GOLDEN)
    .flatMap((file) => {
      const [, type, version] = /^event\.([a-z-]+)\.(\d+)\.json$/.exec(file) ?? [];
      if (type === undefined || type === "stream-opened") return [];
      return [{ type, version: Number(version), text: readFileSync(join(GOLDEN, file), "utf8") }];
    })
    .sort((a, b) => order(a.type) - order(b.type) || a.version - b.version);
}

// INV-05: a push of any old version is taken, for ever.
test("an old terminal brings everything it ever could write, is told to update, and reads once it has", async () => {
  const keys = newKey();
  const { terminal, branch, token } = await enrolKey(server.baseUrl, await server.codeFor(0), keys.key);
  const here = (text: string): unknown =>
    JSON.parse(
      text
        .replaceAll(/"branch": "[^"]+"/g, `"branch": "${branch}"`)
        .replaceAll(/"terminal": "[^"]+"/g, `"terminal": "${terminal}"`),
    );
  const maker = entryMaker(keys);
  const kept = keptEvents();
  const entries: SignedEntry[] = [
    maker.open(terminal),
    ...kept.map(({ type, version, text }) => maker.next(type, here(text), { tv: version })),
  ];
  const ask = async (version: string, path: string, body?: string): Promise<Response> => {
    const headers = { authorization: `Bearer ${token}`, "holdfast-protocol": version };
    return await fetch(
      `${server.baseUrl}/v1${path}`,
      body === undefined ? { headers } : { method: "POST", headers, body },
    );
  };
  expect((await ask(TWO_VERSIONS_BEHIND, "/feed?c=m@0")).status).toBe(426);
  const pushed = await ask(TWO_VERSIONS_BEHIND, "/log", entries.map((entry) => JSON.stringify(entry)).join("\n"));
  expect((await pushed.json()) as LogReply).toMatchObject({ accepted: entries.length, stopped: [], quarantined: [] });
  const { rows } = await sql<{ applied: number; kinds: number }>`
    SELECT count(*)::int AS applied, count(DISTINCT type)::int AS kinds FROM event
    WHERE merchant = ${server.merchant} AND terminal = ${terminal} AND status = 'applied'`.execute(server.context.db);
  expect(rows).toEqual([{ applied: entries.length, kinds: 1 + new Set(kept.map(({ type }) => type)).size }]);
  expect((await ask(String(PROTOCOL_VERSION), "/feed?c=m@0")).status).toBe(200);
});
