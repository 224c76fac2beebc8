import { once } from "node:events";
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { Audience } from "./audience.ts";

const CHANNEL = "p:list";
const NEWS = [{ kind: "prices", id: "bread", rev: 1, body: { units: 350 } }];
const isKnown = (documents: unknown): boolean => JSON.stringify(documents).includes('"units":350');

type Desk = { readonly lines: ServerResponse[]; readonly audience: Audience };

/** An authority with one document, on which two connections listen. */
async function twoListeners(): Promise<Desk> {
  const lines: ServerResponse[] = [];
  const server: Server = createServer((request, response) => {
    if (request.url === "/live") {
      lines.push(response.writeHead(200, { "content-type": "text/event-stream" }));
      response.write(eventOf("hello", { origin: "o1", heads: { [CHANNEL]: 0 } }));
      return;
    }
    const page = { from: 0, to: 1, head: 1, docs: NEWS };
    const reply = { origin: "o1", now: 0, channels: { [CHANNEL]: page }, reset: {}, subscribed: [CHANNEL], end: true };
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(reply));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const seat = { baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, path: "/live", token: "" };
  const audience = await Audience.gather(CHANNEL, [seat, seat]);
  onTestFinished(() => {
    audience.close();
    server.closeAllConnections();
    server.close();
  });
  return { lines, audience };
}

function eventOf(event: string, data: unknown): string {
  return `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}

function feed(from: number, docs: unknown): string {
  return eventOf("feed", { origin: "o1", channel: CHANNEL, from, to: 1, docs });
}

test("news that carry the documents are known as they come, however they are cut into pieces", async () => {
  const { lines, audience } = await twoListeners();
  const text = feed(0, NEWS);
  const latencies = await audience.tellAll(isKnown, async () => {
    for (const line of lines) line.write(text.slice(0, 90));
    await new Promise((resolve) => setImmediate(resolve));
    for (const line of lines) line.write(text.slice(90));
  });
  expect(latencies).toHaveLength(2);
  expect(audience.fetched).toBe(0);
});

test.each([
  ["say only that there are some", feed(0, null)],
  ["do not continue what is held", feed(7, NEWS)],
])("news that %s are known once they were fetched", async (_, text) => {
  const { lines, audience } = await twoListeners();
  await audience.tellAll(isKnown, async () => {
    for (const line of lines) line.write(text);
  });
  expect(audience.fetched).toBe(2);
});

test("a connection that is closed ends the wait at once, and says so", async () => {
  const { lines, audience } = await twoListeners();
  const told = audience.tellAll(isKnown, async () => {
    lines[0]?.write(feed(0, NEWS));
    lines[1]?.destroy();
  });
  await expect(told).rejects.toThrow("a connection was closed while news were awaited on it");
});
