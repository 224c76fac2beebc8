import { expect, test } from "vitest";
import type { StoredEntry, Subscription, Wire } from "./ports.ts";
import type { Authority } from "./testing/authority.ts";
import { openAuthority, startTerminal, type TestTerminal } from "./testing/test-terminal.ts";
import { WireFailure } from "./wire-failure.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

async function online(authority: Authority = openAuthority()): Promise<TestTerminal & { authority: Authority }> {
  const terminal = await startTerminal({ authority });
  terminal.loop.wake();
  await terminal.clock.advance(1_000);
  return { ...terminal, authority };
}

function salesIn(authority: Authority): string[] {
  return [...authority.held.values()].filter(({ type }) => type === "sale-completed").map(({ event }) => event);
}

function unreachable(): never {
  throw new WireFailure("unreachable", "no network");
}

test("a sale goes up a moment after it was written, and with what was written meanwhile", async () => {
  const { authority, clock, sell } = await online();
  authority.pushes.length = 0;
  const sold = await sell(3);
  await clock.advance(49);
  expect(authority.pushes).toHaveLength(0);
  await clock.advance(1);
  expect(authority.pushes.map((entries) => entries.length)).toEqual([3]);
  expect(salesIn(authority)).toEqual(sold);
});

test("green means: nothing is unsent, and the server's last complete answer said so", async () => {
  const { authority, clock, sell, status, loop } = await online();
  expect(await status()).toMatchObject({ green: true, unsentCount: 0, reach: "online" });
  authority.before = unreachable;
  await sell(2);
  expect(await status()).toMatchObject({ green: false, unsentCount: 2 });
  await clock.advance(1_000);
  expect(await status()).toMatchObject({ green: false, unsentCount: 2, reach: "unreachable", answeredAt: null });
  authority.before = () => undefined;
  loop.wake();
  await clock.advance(100);
  expect(await status()).toMatchObject({ green: true, unsentCount: 0, reach: "online" });
});

test("an answer that is lost after the server stored the sale leads to a second try and to one sale", async () => {
  const { authority, clock, sell, outbox } = await online();
  let lost = 0;
  authority.after = (call) => {
    if (call !== "push" || lost >= 5) return;
    lost += 1;
    unreachable();
  };
  const sold = await sell();
  await clock.advance(5 * 60_000);
  expect(lost).toBe(5);
  expect(salesIn(authority)).toEqual(sold);
  expect(outbox.unsentCount).toBe(0);
});

test.each(["unreachable", "not-ours", "server", "signed-out"] as const)(
  "after a month of answers of the kind %s nothing has been given up, and the first good one delivers it",
  { timeout: 120_000 },
  async (kind) => {
    const { authority, clock, sell, status } = await online();
    let tries = 0;
    authority.before = () => {
      tries += 1;
      throw new WireFailure(kind, "no");
    };
    const sold = await sell(3);
    await clock.advance(30 * DAY_MS);
    expect(tries).toBeGreaterThan(10_000);
    expect(await status()).toMatchObject({ unsentCount: 3, reach: kind });
    authority.before = () => undefined;
    await clock.advance(60_000);
    expect(salesIn(authority)).toEqual(sold);
    expect(await status()).toMatchObject({ green: true });
  },
);

test("a line that is down is not knocked at by every sale", async () => {
  const { authority, clock, sell } = await online();
  authority.before = unreachable;
  await sell();
  await clock.advance(10 * 60_000);
  const before = authority.calls.length;
  for (let sale = 0; sale < 100; sale += 1) {
    await sell();
    await clock.advance(10);
  }
  expect(authority.calls.length - before).toBeLessThanOrEqual(1);
});

test("the last sale of the day arrives without anyone touching the till", async () => {
  const { authority, clock, sell } = await online();
  let failures = 1;
  authority.before = (call) => {
    if (call === "push" && failures > 0) {
      failures -= 1;
      unreachable();
    }
  };
  const sold = await sell();
  await clock.advance(30_000);
  expect(salesIn(authority)).toEqual(sold);
});

test("a sign that the network may be back leads to a try at once", async () => {
  const { authority, clock, sell, loop } = await online();
  authority.before = unreachable;
  const sold = await sell();
  await clock.advance(20 * 60_000);
  authority.before = () => undefined;
  loop.wake();
  await clock.advance(0);
  expect(salesIn(authority)).toEqual(sold);
});

test("what the server asks to wait is waited", async () => {
  const { authority, clock, sell } = await online();
  let busy = true;
  authority.before = () => {
    if (busy) throw new WireFailure("server", "busy", 120_000);
  };
  const sold = await sell();
  await clock.advance(60);
  busy = false;
  await clock.advance(119_000);
  expect(salesIn(authority)).toEqual([]);
  await clock.advance(2_000);
  expect(salesIn(authority)).toEqual(sold);
});

test("something on the way that takes only small bodies gets smaller batches, and larger ones when it goes away", async () => {
  const authority = openAuthority();
  const terminal = await startTerminal({ authority });
  await terminal.sell(40);
  terminal.loop.stop();
  let largest = 10;
  const { push } = authority.wire;
  const wire: Wire = {
    ...authority.wire,
    push: async (entries) => {
      if (entries.length > largest) throw new WireFailure("too-large", "413");
      return await push(entries);
    },
  };
  const small = await startTerminal({ authority, wire, device: terminal });
  small.loop.wake();
  await small.clock.advance(10 * 60_000);
  expect(small.outbox.unsentCount).toBe(0);
  expect(Math.max(...authority.pushes.map((entries) => entries.length))).toBeLessThanOrEqual(10);
  largest = 500;
  await small.sell(40);
  await small.clock.advance(100);
  expect(small.outbox.unsentCount).toBe(0);
});

test("one exchange is under way at a time, however often someone asks", async () => {
  const { authority, clock, sell, loop } = await online();
  let underWay = 0;
  let most = 0;
  authority.before = async () => {
    underWay += 1;
    most = Math.max(most, underWay);
    await new Promise<void>((resolve) => clock.after(300, resolve));
  };
  authority.after = () => {
    underWay -= 1;
  };
  for (let each = 0; each < 20; each += 1) {
    await sell();
    loop.wake();
    await clock.advance(40);
  }
  await clock.advance(20_000);
  expect(most).toBe(1);
  expect(salesIn(authority)).toHaveLength(20);
});

test("at the start, every hour and when the server is another one it is asked whether it still holds what it confirmed", async () => {
  const { authority, clock, sell } = await online();
  await sell();
  await clock.advance(1_000);
  const asked = (): number => authority.calls.filter((call) => call === "have").length;
  const before = asked();
  await clock.advance(HOUR_MS + 120_000);
  expect(asked()).toBe(before + 1);
  authority.origin = "o2";
  await sell();
  await clock.advance(300_000);
  expect(asked()).toBe(before + 2);
});

test("a server that was restored from a backup gets everything it lost, once", async () => {
  const { authority, clock, sell, log } = await online();
  const sold = await sell(5);
  await clock.advance(1_000);
  authority.forget(log.stream, 3, "o2");
  expect(salesIn(authority)).toHaveLength(2);
  await clock.advance(120_000);
  expect(salesIn(authority)).toEqual(sold);
});

test("while what a restored server lost goes up again the light is not green", async () => {
  const { authority, clock, sell, log, status } = await online();
  await sell(5);
  await clock.advance(1_000);
  expect((await status()).green).toBe(true);
  authority.forget(log.stream, 3, "o2");
  const greens: boolean[] = [];
  authority.before = async (call) => {
    if (call === "push") greens.push((await status()).green);
  };
  await clock.advance(120_000);
  expect(greens).toEqual([false]);
  expect((await status()).green).toBe(true);
});

test("an event in a bad entry is written anew into another stream, under its own id", async () => {
  const { authority, clock, sell, log, store, outbox } = await online();
  const sold = await sell(3);
  const bad = (await store.entries(log.stream, 2, 1))[0] as StoredEntry;
  const badStream = log.stream;
  authority.badHashes.add(bad.hash);
  await clock.advance(10_000);
  expect(salesIn(authority).sort()).toEqual([...sold].sort());
  expect(log.stream).not.toBe(badStream);
  expect(outbox.unsentCount).toBe(0);
  const again = [...authority.events.values()].map((raw) => JSON.parse(raw) as { event: string; stream: string });
  expect(again.filter(({ stream }) => stream === log.stream).map(({ event }) => event)).toEqual(
    expect.arrayContaining(sold.slice(1)),
  );
});

test("a terminal whose stream somebody else continued goes on in a stream of its own", async () => {
  const authority = openAuthority();
  const foreign = { seq: 9, hash: "e".repeat(64) };
  let told = 0;
  const { push } = authority.wire;
  const wire: Wire = {
    ...authority.wire,
    push: async (entries) => {
      const reply = await push(entries);
      const [stream] = Object.keys(reply.streams);
      told += 1;
      return told > 1 || stream === undefined ? reply : { ...reply, streams: { [stream]: foreign } };
    },
  };
  const { log, sell, loop, clock, outbox } = await startTerminal({ authority, wire });
  const { stream } = log;
  const sold = await sell(2);
  loop.wake();
  await clock.advance(1_000);
  expect(log.stream).not.toBe(stream);
  sold.push(...(await sell(1)));
  await clock.advance(1_000);
  expect(salesIn(authority)).toEqual(sold);
  expect(outbox.unsentCount).toBe(0);
});

test("an app that is too old to read still brings its sales", async () => {
  const { authority, clock, sell, status } = await online();
  authority.before = (call) => {
    if (call === "pull") throw new WireFailure("update-needed", "426");
  };
  const sold = await sell(2);
  await clock.advance(120_000);
  expect(salesIn(authority)).toEqual(sold);
  expect(await status()).toMatchObject({ unsentCount: 0, reach: "update-needed", green: false });
});

test("a terminal that the server does not know any more keeps what it has", async () => {
  const { authority, clock, sell, status, outbox } = await online();
  authority.unknownKey = true;
  await sell(2);
  await clock.advance(HOUR_MS);
  expect(await status()).toMatchObject({ unsentCount: 2, reach: "signed-out", green: false });
  authority.unknownKey = false;
  await clock.advance(120_000);
  expect(outbox.unsentCount).toBe(0);
});

test("what was set aside by the server is shown and keeps the light from turning green", async () => {
  const { authority, clock, sell, status } = await online();
  const sold = await sell();
  for (const event of sold) authority.quarantined.set(event, "apply_failed");
  await clock.advance(1_000);
  expect(await status()).toMatchObject({ unsentCount: 0, attentionCount: 1, green: false });
});

test("uploads come before questions", async () => {
  const authority = openAuthority();
  const { clock, sell, loop } = await startTerminal({ authority });
  await sell(3);
  loop.wake();
  await clock.advance(1_000);
  expect(authority.calls.indexOf("push")).toBe(0);
  expect(authority.calls.indexOf("pull")).toBeGreaterThan(0);
});

test("news come live, and a gap in them leads to a question", async () => {
  const { authority, clock, replica } = await online();
  const pulls = (): number => authority.calls.filter((call) => call === "pull").length;
  const before = pulls();
  authority.put("m", "variant", "tea", { name: "Tea" });
  authority.tellLive("m");
  await clock.advance(0);
  expect(replica.get("m", "variant", "tea")?.body).toEqual({ name: "Tea" });
  expect(pulls()).toBe(before);

  authority.put("m", "variant", "milk", { name: "Milk" });
  authority.put("m", "variant", "jam", { name: "Jam" });
  authority.tellLive("m");
  await clock.advance(100);
  expect(pulls()).toBe(before + 1);
  expect([...replica.all("m", "variant")].map(({ id }) => id).sort()).toEqual(["jam", "milk", "tea"]);
});

test("what changed between the last question and the open line is asked for", async () => {
  const { authority, clock, replica } = await online();
  authority.put("m", "variant", "tea", {});
  for (const { onHello } of [...authority.listeners])
    onHello({ origin: authority.origin, now: 0, spreadMs: 0, heads: authority.heads() });
  await clock.advance(100);
  expect(replica.get("m", "variant", "tea")).toBeDefined();
});

test("a line on which nothing comes counts as gone, and so does one that ends", async () => {
  const { authority, clock } = await online();
  const [line] = authority.listeners;
  await clock.advance(40_000);
  line?.onPing();
  await clock.advance(40_000);
  expect(authority.listeners.has(line as NonNullable<typeof line>)).toBe(true);
  await clock.advance(46_000);
  expect(authority.listeners.has(line as NonNullable<typeof line>)).toBe(false);

  await clock.advance(120_000);
  const [next] = authority.listeners;
  authority.listeners.clear();
  next?.onEnd();
  await clock.advance(2_000);
  expect(authority.listeners.size).toBe(1);
});

test("without news a question is asked every minute or so all the same", async () => {
  const { authority, clock, replica } = await online();
  authority.put("m", "variant", "tea", {});
  await clock.advance(90_000);
  expect(replica.get("m", "variant", "tea")).toBeDefined();
});

test("a copy that does not add up to the server's is made anew", async () => {
  const { authority, clock, replica, cache, store, loop } = await online();
  loop.stop();
  const [subscription] = replica.channels() as [Subscription];
  const ghost = { kind: "variant", id: "ghost", rev: 1, body: {} };
  await cache.apply({ subscription, put: [ghost], remove: [], anew: false });
  const restarted = await startTerminal({ authority, device: { clock, store, cache, mirrored: [] } });
  expect(restarted.replica.get("m", "variant", "ghost")).toBeDefined();
  restarted.loop.wake();
  await clock.advance(5_000);
  expect(restarted.replica.get("m", "variant", "ghost")).toBeUndefined();
  expect(restarted.replica.get("m", "merchant", "shop")).toBeDefined();
});

test("a bug of ours in one round is reported and ends nothing", async () => {
  const { authority, clock, sell, faults } = await online();
  let broken = true;
  authority.before = () => {
    if (broken) throw new TypeError("undefined is not a function");
  };
  const sold = await sell();
  await clock.advance(5_000);
  expect(faults.length).toBeGreaterThan(0);
  broken = false;
  await clock.advance(120_000);
  expect(salesIn(authority)).toEqual(sold);
});

test("a loop that was stopped asks for nothing more", async () => {
  const { authority, clock, sell, loop } = await online();
  loop.stop();
  const before = authority.calls.length;
  await sell();
  loop.wake();
  await clock.advance(DAY_MS);
  expect(authority.calls.length).toBe(before);
  expect(authority.listeners.size).toBe(0);
});

test("a clock that is put back does not keep the till from asking", async () => {
  const { authority, clock, sell } = await online();
  await sell();
  await clock.advance(1_000);
  const asked = (): number => authority.calls.filter((call) => call === "have").length;
  const before = asked();
  clock.jump(-400 * DAY_MS);
  await sell();
  await clock.advance(120_000);
  expect(asked()).toBe(before + 1);
});
