import { beforeEach, expect, test } from "vitest";
import { LiveLine, type LiveLinePorts } from "./live-line.ts";
import { Replica } from "./replica.ts";
import { type Authority, decodePlainChunk } from "./testing/authority.ts";
import { HandClock } from "./testing/hand-clock.ts";
import { MemoryCacheStore } from "./testing/memory-stores.ts";
import { openAuthority } from "./testing/test-terminal.ts";

let authority: Authority;
let clock: HandClock;
let replica: Replica;
let line: LiveLine;
let pulls: number[];
let changes: number;
let faults: unknown[];

beforeEach(async () => {
  authority = openAuthority();
  clock = new HandClock();
  replica = await Replica.load({ cache: new MemoryCacheStore(), decode: decodePlainChunk });
  await replica.take(await authority.wire.pull({ channels: [{ channel: "m", cursor: null }], check: false }));
  pulls = [];
  changes = 0;
  faults = [];
  const ports: LiveLinePorts = {
    wire: authority.wire,
    clock,
    dice: () => 0.25,
    replica,
    onChange: () => {
      changes += 1;
    },
    onFault: (error) => faults.push(error),
    pullSoon: (delayMs) => pulls.push(delayMs),
  };
  line = new LiveLine(ports);
});

test("one line is open for the same channels, another for others, none for none", () => {
  line.open([]);
  expect(line.isOpen).toBe(false);
  line.open(["m"]);
  line.open(["m"]);
  expect(authority.listeners.size).toBe(1);
  const [first] = authority.listeners;
  line.open(["m", "b:1"]);
  expect(authority.listeners.size).toBe(1);
  expect(authority.listeners.has(first as NonNullable<typeof first>)).toBe(false);
});

test("a greeting from where the copy stands asks for nothing, one from further on asks at once", () => {
  line.open(["m"]);
  const [listener] = authority.listeners;
  const hello = { origin: authority.origin, now: 0, spreadMs: 0, heads: authority.heads() };
  listener?.onHello(hello);
  expect(pulls).toEqual([]);
  listener?.onHello({ ...hello, heads: { m: 99 } });
  listener?.onHello({ ...hello, origin: "restored" });
  listener?.onHello({ ...hello, heads: { ...hello.heads, "p:new": 1 } });
  expect(pulls).toEqual([0, 0, 0]);
});

test("news that fit are shown, news that do not are asked for, and a broken cache is reported", async () => {
  line.open(["m"]);
  authority.put("m", "variant", "tea", {});
  authority.tellLive("m");
  await clock.advance(0);
  expect([changes, pulls]).toEqual([1, []]);
  authority.tellLive("m", { from: 7, to: 8 });
  await clock.advance(0);
  expect([changes, pulls]).toEqual([1, [0]]);
  replica.takeLive = async () => {
    throw new Error("the cache says no");
  };
  authority.tellLive("m");
  await clock.advance(0);
  expect(faults).toHaveLength(1);
});

test("a line that ends is asked for again after a moment that is not the same for all", () => {
  line.open(["m"]);
  const [listener] = authority.listeners;
  listener?.onEnd();
  expect(line.isOpen).toBe(false);
  expect(pulls).toEqual([250]);
});

test("silence closes the line, and any sign of life begins the wait anew", async () => {
  line.open(["m"]);
  await clock.advance(40_000);
  for (const { onPing } of authority.listeners) onPing();
  await clock.advance(40_000);
  expect(line.isOpen).toBe(true);
  await clock.advance(5_000);
  expect(line.isOpen).toBe(false);
  expect(authority.listeners.size).toBe(0);
});

test("a line that was closed is silent about it", async () => {
  line.open(["m"]);
  line.close();
  await clock.advance(600_000);
  expect([line.isOpen, pulls, clock.nextMs]).toEqual([false, [], null]);
});
