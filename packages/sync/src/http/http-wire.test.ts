import type { LogReply } from "@holdfast/protocol/log";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { LiveListener, Wire } from "../ports.ts";
import { json, type Line, openLine } from "../testing/line.ts";
import { httpWire } from "./http-wire.ts";

const REPLY: LogReply = {
  origin: "o1",
  now: 5,
  accepted: 1,
  streams: { "0198d6a0-0000-7000-8000-000000000001": { seq: 0, hash: "a".repeat(64) } },
  receipts: [],
  quarantined: [],
  stopped: [],
  next: { maxEntries: 500, maxBytes: 1_000_000, delayMs: 0 },
  end: true,
};
const ENTRY = { raw: '{"größe":"€"}', sig: "s".repeat(86) };

const UNSENT = () => ({ count: 3, oldestAt: "2026-11-23T06:10:01.120+02:00" });

let line: Line;
let wire: Wire;

beforeAll(async () => {
  line = await openLine();
});
afterAll(() => line.close());
beforeEach(() => {
  line.asked.length = 0;
  wire = httpWire({
    baseUrl: line.url,
    token: "secret",
    build: "b1",
    fetch,
    now: () => 1234.6,
    unsent: UNSENT,
    isStorageKept: () => false,
    timeoutMs: 2_000,
  });
});

test("a batch goes up as lines, packed, and says who sends it and by which clock", async () => {
  line.answer = json(REPLY);
  expect(await wire.push([ENTRY, ENTRY])).toEqual(REPLY);
  const [asked] = line.asked;
  expect(asked).toMatchObject({
    method: "POST",
    path: "/v1/log",
    body: `${JSON.stringify(ENTRY)}\n${JSON.stringify(ENTRY)}`,
  });
  expect(asked?.headers).toMatchObject({
    authorization: "Bearer secret",
    "holdfast-protocol": "1",
    "holdfast-build": "b1",
    "holdfast-clock": "1235",
    "holdfast-storage": "not-kept",
    "content-encoding": "gzip",
    "content-type": "application/x-ndjson",
  });
});

test.each<[string, Line["answer"]]>([
  [
    "a portal's page",
    (response) => void response.writeHead(200, { "content-type": "text/html" }).end("<html>Welcome</html>"),
  ],
  ["nothing", (response) => void response.writeHead(200).end()],
  ["an empty object", json({})],
  ["a list", json([])],
  ["null", json(null)],
  ["the answer to something else", json({ origin: "o1", missing: [], end: true })],
  ["an answer without its end mark", json({ ...REPLY, end: undefined })],
  ["an answer whose end mark is no", json({ ...REPLY, end: false })],
  ["an answer with a hash that is none", json({ ...REPLY, streams: { x: { seq: 0, hash: "abc" } } })],
  [
    "an answer in another encoding",
    (response) => void response.writeHead(200).end(Buffer.from(JSON.stringify(REPLY), "utf16le")),
  ],
])("%s with status 200 is not the server's answer", async (_, answer) => {
  line.answer = answer;
  await expect(wire.push([ENTRY])).rejects.toMatchObject({ name: "WireFailure", kind: "not-ours" });
});

test("a login page at the end of a redirect is no answer, and the batch does not follow there", async () => {
  line.answer = (response, { url }) =>
    url === "/login" ? json(REPLY)(response) : void response.writeHead(302, { location: "/login" }).end();
  await expect(wire.push([ENTRY])).rejects.toMatchObject({ kind: "unreachable" });
  expect(line.asked.map(({ path }) => path)).toEqual(["/v1/log"]);
});

test("an answer that is cut counts for nothing, wherever it is cut", { timeout: 60_000 }, async () => {
  const text = JSON.stringify(REPLY);
  const head = `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\n\r\n`;
  const whole = head + text;
  for (let bytes = 0; bytes < whole.length; bytes += 1) {
    line.answer = ({ socket }) => void socket?.end(whole.slice(0, bytes));
    await expect(wire.push([ENTRY])).rejects.toMatchObject({ name: "WireFailure" });
  }
  line.answer = ({ socket }) => void socket?.end(whole);
  expect(await wire.push([ENTRY])).toEqual(REPLY);
});

test("a line that is cut, and a server that is not there, are not reachable", async () => {
  line.answer = ({ socket }) => void socket?.destroy();
  await expect(wire.push([ENTRY])).rejects.toMatchObject({ kind: "unreachable" });
  const gone = await openLine();
  await gone.close();
  const nowhere = httpWire({ baseUrl: gone.url, token: "", build: "", fetch, now: () => 0, unsent: UNSENT });
  await expect(nowhere.push([ENTRY])).rejects.toMatchObject({ kind: "unreachable" });
});

test("a line on which nothing comes back is given up after a while", async () => {
  line.answer = () => undefined;
  const hasty = httpWire({
    baseUrl: line.url,
    token: "",
    build: "",
    fetch,
    now: () => 0,
    unsent: UNSENT,
    timeoutMs: 60,
  });
  await expect(hasty.push([ENTRY])).rejects.toMatchObject({ kind: "unreachable" });
});

const refusal = (code: string) => ({ error: { code, message: "in our own words" } });

test.each<[number, unknown, string]>([
  [401, refusal("unauthorized"), "signed-out"],
  [403, refusal("forbidden"), "signed-out"],
  [404, refusal("not_found"), "none-there"],
  [413, refusal("too_large"), "too-large"],
  [413, "<html>413 nginx</html>", "too-large"],
  [426, refusal("gone"), "update-needed"],
  [429, refusal("too_many_requests"), "server"],
  [500, refusal("internal"), "server"],
  [503, refusal("unavailable"), "server"],
  [502, "<html>Bad gateway</html>", "server"],
  [401, "<html>log in to the hotel's network</html>", "not-ours"],
  [404, "<html>not found</html>", "not-ours"],
  [426, {}, "not-ours"],
])("status %i with %o is a failure of the kind %s", async (status, body, kind) => {
  line.answer = json(body, status);
  await expect(wire.push([ENTRY])).rejects.toMatchObject({ kind });
});

test.each<[string | undefined, number | null]>([
  ["7", 7_000],
  ["0", 0],
  ["Wed, 21 Oct 2026 07:28:00 GMT", null],
  ["soon", null],
  ["-3", null],
  [undefined, null],
])("asked to come back after %o it waits %o ms", async (header, retryAfterMs) => {
  line.answer = json(refusal("unavailable"), 503, header === undefined ? {} : { "retry-after": header });
  await expect(wire.push([ENTRY])).rejects.toMatchObject({ kind: "server", retryAfterMs });
});

test("a question for news names each channel and how far it was read", async () => {
  line.answer = json({ origin: "o1", now: 0, channels: {}, reset: {}, subscribed: [], end: true });
  const channels = [
    { channel: "m", cursor: "o1.7" },
    { channel: "b:1", cursor: null },
  ];
  await wire.pull({ channels, check: false });
  await wire.pull({ channels: [], check: true });
  expect(line.asked.map(({ path }) => path)).toEqual(["/v1/feed?c=m%40o1.7&c=b%3A1%400", "/v1/feed?check=1"]);
});

test("the server is asked which hashes it holds", async () => {
  const hashes = ["a".repeat(64)];
  line.answer = json({ origin: "o1", missing: hashes, end: true });
  expect(await wire.have(hashes)).toEqual({ origin: "o1", missing: hashes, end: true });
  expect(line.asked[0]).toMatchObject({ path: "/v1/log/have", body: JSON.stringify({ hashes }) });
});

test("a channel without a snapshot is told from a server that is not there", async () => {
  line.answer = json(refusal("not_found"), 404);
  expect(await wire.manifest("s:1")).toBeNull();
  expect(line.asked[0]?.path).toBe("/v1/snapshot/s%3A1");
  line.answer = json("<html>", 404);
  await expect(wire.manifest("s:1")).rejects.toMatchObject({ kind: "not-ours" });
});

test("a chunk arrives as it was sent, or not at all", async () => {
  const bytes = new Uint8Array([0, 255, 10, 13]);
  line.answer = (response) => void response.writeHead(200, { "content-length": 4 }).end(bytes);
  expect(await wire.chunk("abc")).toEqual(bytes);
  line.answer = (response) => {
    response.writeHead(200, { "content-length": 4 });
    response.write(bytes.subarray(0, 2), () => response.socket?.destroy());
  };
  await expect(wire.chunk("abc")).rejects.toMatchObject({ kind: "unreachable" });
});

type Heard = { hello: unknown[]; feed: unknown[]; pings: number; ended: Promise<void> };

function listen(): { heard: Heard; listener: LiveListener } {
  const { promise, resolve } = Promise.withResolvers<void>();
  const heard: Heard = { hello: [], feed: [], pings: 0, ended: promise };
  return {
    heard,
    listener: {
      onHello: (hello) => heard.hello.push(hello),
      onFeed: (event) => heard.feed.push(event),
      onPing: () => {
        heard.pings += 1;
      },
      onEnd: resolve,
    },
  };
}

const HELLO = { origin: "o1", now: 1, spreadMs: 0, heads: { m: 3 } };
const FEED = { origin: "o1", channel: "m", from: 3, to: 4, docs: [{ kind: "tax", id: "ü", rev: 4, body: {} }] };

function events(...pieces: string[]): Line["answer"] {
  return async (response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    for (const piece of pieces) await new Promise<void>((resolve) => response.write(piece, () => resolve()));
    response.end();
  };
}

test("live news are heard in order, however they are cut into pieces", async () => {
  const text = `event: hello\ndata: ${JSON.stringify(HELLO)}\n\n: ping\n\nevent: feed\ndata: ${JSON.stringify(FEED)}\n\n`;
  line.answer = events(...(text.match(/[\s\S]{1,7}/g) ?? []));
  const { heard, listener } = listen();
  wire.live(["m", "b:1"], listener);
  await heard.ended;
  expect(heard).toMatchObject({ hello: [HELLO], feed: [FEED], pings: 1 });
  expect(line.asked[0]).toMatchObject({ path: "/v1/live?c=m&c=b%3A1" });
  expect(line.asked[0]?.headers.authorization).toBe("Bearer secret");
});

test("half an event, or one that makes no sense, is not heard", async () => {
  line.answer = events(
    "event: feed\ndata: {\n\n",
    `event: feed\ndata: {"channel":"m"}\n\n`,
    `event: feed\ndata: ${JSON.stringify(FEED)}`,
  );
  const { heard, listener } = listen();
  wire.live(["m"], listener);
  await heard.ended;
  expect(heard).toMatchObject({ hello: [], feed: [] });
});

test.each<[string, Line["answer"]]>([
  ["a page", (response) => void response.writeHead(200, { "content-type": "text/html" }).end("<html>")],
  ["a refusal", json(refusal("unauthorized"), 401)],
  ["a cut line", ({ socket }) => void socket?.destroy()],
])("%s instead of news ends the line", async (_, answer) => {
  line.answer = answer;
  const { heard, listener } = listen();
  wire.live(["m"], listener);
  await heard.ended;
  expect(heard).toMatchObject({ hello: [], feed: [], pings: 0 });
});

test("whoever hung up hears nothing more, not even that the line ended", async () => {
  const { promise: opened, resolve } = Promise.withResolvers<void>();
  const { promise: closed, resolve: onClosed } = Promise.withResolvers<void>();
  line.answer = (response) => {
    response.writeHead(200, { "content-type": "text/event-stream" }).write("event: hello\n\n", () => resolve());
    response.on("close", onClosed);
  };
  let ended = false;
  const { heard, listener } = listen();
  const hangUp = wire.live(["m"], { ...listener, onEnd: () => (ended = true) });
  await opened;
  hangUp();
  await closed;
  expect(ended).toBe(false);
  expect(heard.feed).toEqual([]);
});
