import type { Uuid } from "@holdfast/domain/kernel/id";
import type { FeedPage, FeedReply } from "@holdfast/protocol/feed";
import { expect, test } from "vitest";
import type { Subscription } from "./ports.ts";
import { Replica, type ReplicaChange } from "./replica.ts";
import { decodePlainChunk } from "./testing/authority.ts";
import { MemoryCacheStore } from "./testing/memory-stores.ts";
import { openAuthority } from "./testing/test-terminal.ts";

const STREAM = "0198d6a0-0000-7000-8000-000000000001" as Uuid;

function load(cache = new MemoryCacheStore()): Promise<Replica> {
  return Replica.load({ cache, decode: decodePlainChunk });
}

function docs(from: number, to: number): FeedPage["docs"] {
  return Array.from({ length: to - from }, (_, index) => {
    const rev = from + index + 1;
    return { kind: "variant", id: `v${rev}`, rev, body: { rev } };
  });
}

function page(from: number, to: number, head: number, other: Partial<FeedPage> = {}): FeedPage {
  return { from, to, head, docs: docs(from, to), ...other };
}

function reply(channels: FeedReply["channels"], other: Partial<FeedReply> = {}): FeedReply {
  return { origin: "o1", now: 0, channels, reset: {}, subscribed: Object.keys(channels), end: true, ...other };
}

function ids(replica: Replica): string[] {
  return [...replica.all("m", "variant")].map(({ id }) => id);
}

test("pages are taken one behind the other, and the copy is complete when it has reached the head", async () => {
  const replica = await load();
  expect(replica.cursorOf("m")).toBeNull();
  expect(await replica.take(reply({ m: page(0, 2, 3) }))).toBe(true);
  expect(replica.isComplete(["m"])).toBe(false);
  expect(replica.cursorOf("m")).toBe("o1.2");
  expect(await replica.take(reply({ m: page(2, 3, 3) }))).toBe(false);
  expect(replica.isComplete(["m"])).toBe(true);
  expect(ids(replica)).toEqual(["v1", "v2", "v3"]);
  expect(replica.seen()).toEqual({ m: "o1.3" });
});

test("nothing is complete where nothing was asked for", async () => {
  expect((await load()).isComplete([])).toBe(false);
});

test.each([
  ["came late", page(0, 2, 3)],
  ["came too early", page(3, 4, 4)],
])("a page that %s is not taken, and the question is asked again", async (_, stale) => {
  const replica = await load();
  await replica.take(reply({ m: page(0, 2, 2) }));
  expect(await replica.take(reply({ m: stale }))).toBe(true);
  expect(replica.cursorOf("m")).toBe("o1.2");
  expect(ids(replica)).toEqual(["v1", "v2"]);
});

test("the copy is the same after a restart, also while its first pages were being read", async () => {
  const cache = new MemoryCacheStore();
  const replica = await load(cache);
  await replica.take(reply({ m: page(0, 2, 3) }));
  const restarted = await load(cache);
  expect(restarted.isComplete(["m"])).toBe(false);
  expect(await restarted.take(reply({ m: page(2, 3, 3) }))).toBe(false);
  expect(ids(await load(cache))).toEqual(["v1", "v2", "v3"]);
});

test("a page is written together with the cursor that covers it, before it is shown", async () => {
  const cache = new MemoryCacheStore();
  const replica = await load(cache);
  await replica.take(reply({ m: page(0, 2, 2) }));
  cache.apply = async () => {
    throw new Error("the disk says no");
  };
  await expect(replica.take(reply({ m: page(2, 3, 3) }))).rejects.toThrow("the disk says no");
  expect(replica.cursorOf("m")).toBe("o1.2");
  expect(ids(replica)).toEqual(["v1", "v2"]);
});

// INV-09: base and acknowledgements move together.
test("acknowledgements come with the documents that contain them, and only then", async () => {
  const replica = await load();
  const acks = { [STREAM]: { seq: 4, hash: "a".repeat(64) } };
  await replica.take(reply({ m: page(0, 2, 3) }));
  expect(replica.settledSeq("m", STREAM)).toBe(-1);
  await replica.take(reply({ m: page(2, 3, 3, { acks }) }));
  expect(replica.settledSeq("m", STREAM)).toBe(4);
});

test("a deleted document is gone", async () => {
  const replica = await load();
  await replica.take(reply({ m: page(0, 2, 2) }));
  const gone: FeedPage = {
    from: 2,
    to: 3,
    head: 3,
    docs: [{ kind: "variant", id: "v1", rev: 3, deleted: true, body: null }],
  };
  await replica.take(reply({ m: gone }));
  expect(ids(replica)).toEqual(["v2"]);
});

test("while a copy is made anew, the old one is used; then the new one, whole", async () => {
  const cache = new MemoryCacheStore();
  const replica = await load(cache);
  await replica.take(reply({ m: page(0, 3, 3) }));
  expect(await replica.take(reply({}, { reset: { m: "origin" }, origin: "o2", subscribed: ["m"] }))).toBe(true);
  expect(replica.needsSnapshot("m")).toBe(true);
  expect(replica.cursorOf("m")).toBeNull();
  expect(await replica.take(reply({ m: page(0, 1, 2) }, { origin: "o2" }))).toBe(true);
  expect(ids(replica)).toEqual(["v1", "v2", "v3"]);
  expect(replica.cursorOf("m")).toBe("o2.1");
  expect(await replica.take(reply({ m: page(1, 2, 2) }, { origin: "o2" }))).toBe(false);
  expect(ids(replica)).toEqual(["v1", "v2"]);
  expect(ids(await load(cache))).toEqual(["v1", "v2"]);
});

test("a copy that is being made anew starts over when the server changes under it", async () => {
  const replica = await load();
  await replica.take(reply({ m: page(0, 3, 3) }));
  replica.rebuild("m");
  await replica.take(reply({ m: page(0, 1, 2) }, { origin: "o2" }));
  expect(await replica.take(reply({ m: page(1, 2, 2) }, { origin: "o3" }))).toBe(true);
  expect(replica.cursorOf("m")).toBeNull();
  await replica.take(reply({ m: page(0, 1, 1) }, { origin: "o3" }));
  expect(ids(replica)).toEqual(["v1"]);
});

test("what moved to a later page while the copy was made anew is there once", async () => {
  const replica = await load();
  replica.rebuild("m");
  await replica.take(reply({ m: page(0, 2, 4) }));
  const moved: FeedPage = { from: 2, to: 4, head: 4, docs: [{ kind: "variant", id: "v1", rev: 4, body: { rev: 4 } }] };
  await replica.take(reply({ m: moved }));
  expect(replica.get("m", "variant", "v1")?.rev).toBe(4);
  expect(ids(replica)).toEqual(["v1", "v2"]);
});

test("a channel that may no longer be read is dropped, on the disk too", async () => {
  const cache = new MemoryCacheStore();
  const replica = await load(cache);
  await replica.take(reply({ m: page(0, 1, 1), "s:1": page(0, 1, 1) }));
  await replica.take(reply({ m: page(1, 1, 1) }));
  expect(replica.get("s:1", "variant", "v1")).toBeUndefined();
  expect((await cache.subscriptions()).map(({ channel }) => channel)).toEqual(["m"]);
});

test("a channel that is new among those to be read is asked for", async () => {
  const replica = await load();
  expect(await replica.take(reply({ m: page(0, 1, 1) }, { subscribed: ["m", "p:1"] }))).toBe(true);
});

test("a live event is taken where it continues the copy; otherwise a question has to be asked", async () => {
  const replica = await load();
  const event = { origin: "o1", channel: "m", from: 2, to: 3, docs: docs(2, 3) };
  expect(await replica.takeLive(event)).toBe(false);
  await replica.take(reply({ m: page(0, 2, 2) }));
  expect(await replica.takeLive({ ...event, docs: null })).toBe(false);
  expect(await replica.takeLive({ ...event, origin: "o2" })).toBe(false);
  expect(await replica.takeLive({ ...event, from: 3, to: 4 })).toBe(false);
  expect(await replica.takeLive(event)).toBe(true);
  expect(ids(replica)).toEqual(["v1", "v2", "v3"]);
  // Told twice, it changes nothing the second time.
  expect(await replica.takeLive(event)).toBe(true);
  expect(replica.cursorOf("m")).toBe("o1.3");
});

test("live acknowledgements only ever go forward", async () => {
  const replica = await load();
  const tip = (seq: number) => ({ [STREAM]: { seq, hash: "a".repeat(64) } });
  await replica.take(reply({ m: page(0, 1, 1, { acks: tip(5) }) }));
  await replica.takeLive({ origin: "o1", channel: "m", from: 1, to: 2, docs: [], acks: tip(3) });
  expect(replica.settledSeq("m", STREAM)).toBe(5);
  await replica.takeLive({ origin: "o1", channel: "m", from: 2, to: 3, docs: [], acks: tip(6) });
  expect(replica.settledSeq("m", STREAM)).toBe(6);
});

test("equal copies have equal sums, and no others", async () => {
  const replica = await load();
  await replica.take(reply({ m: page(0, 3, 3) }));
  expect(replica.agrees("m", { count: 3, revSum: "6" })).toBe(true);
  expect(replica.agrees("m", { count: 3, revSum: "7" })).toBe(false);
  expect(replica.agrees("m", { count: 2, revSum: "6" })).toBe(false);
  expect(replica.agrees("x", { count: 0, revSum: "0" })).toBe(false);
});

test("whoever listens is told what changed", async () => {
  const replica = await load();
  const told: ReplicaChange[] = [];
  const stop = replica.onChange((change) => told.push(change));
  await replica.take(reply({ m: page(0, 1, 1) }));
  await replica.takeLive({ origin: "o1", channel: "m", from: 1, to: 2, docs: docs(1, 2) });
  stop();
  await replica.takeLive({ origin: "o1", channel: "m", from: 2, to: 3, docs: docs(2, 3) });
  expect(told.map(({ anew, documents }) => [anew, documents.map(({ id }) => id)])).toEqual([
    [true, ["v1"]],
    [false, ["v2"]],
  ]);
});

// INV-11: the cache may go at any moment.
test("a cache that cannot be read costs a new copy and nothing else", async () => {
  const cache = new MemoryCacheStore();
  await (await load(cache)).take(reply({ m: page(0, 2, 2), "b:1": page(0, 1, 1) }));
  const { documents } = cache;
  cache.documents = async (channel) => {
    if (channel === "m") throw new Error("damaged");
    return await documents(channel);
  };
  const replica = await load(cache);
  expect(replica.needsSnapshot("m")).toBe(true);
  expect(replica.needsSnapshot("b:1")).toBe(false);
});

test("a snapshot is used with what changed over it, also after a restart", async () => {
  const authority = openAuthority();
  for (const id of ["a", "b", "c"]) authority.put("m", "variant", id, { name: id });
  const manifest = authority.snapshot("m");
  const cache = new MemoryCacheStore();
  for (const [hash, bytes] of authority.snapshots.get("m")?.chunks ?? [])
    await cache.saveChunk(hash, new Uint8Array(bytes));

  const replica = await load(cache);
  await replica.takeSnapshot(manifest);
  const change: FeedPage = {
    from: 4,
    to: 6,
    head: 6,
    docs: [
      { kind: "variant", id: "a", rev: 5, body: { name: "A" } },
      { kind: "variant", id: "b", rev: 6, deleted: true, body: null },
    ],
  };
  await replica.take(reply({ m: change }));
  for (const each of [replica, await load(cache)]) {
    expect(each.get("m", "variant", "a")?.body).toEqual({ name: "A" });
    expect(each.get("m", "variant", "b")).toBeUndefined();
    expect(ids(each).sort()).toEqual(["a", "c"]);
    expect(each.cursorOf("m")).toBe("o1.6");
  }
});

test("a snapshot with a chunk missing is not used", async () => {
  const authority = openAuthority();
  const replica = await load();
  await expect(replica.takeSnapshot(authority.snapshot("m"))).rejects.toThrow("not in the cache");
  expect(replica.channels()).toEqual([] satisfies Subscription[]);
});

async function cacheWithSnapshot(): Promise<MemoryCacheStore> {
  const authority = openAuthority();
  for (const id of ["a", "b"]) authority.put("m", "variant", id, { name: id });
  const manifest = authority.snapshot("m");
  const cache = new MemoryCacheStore();
  for (const [hash, bytes] of authority.snapshots.get("m")?.chunks ?? [])
    await cache.saveChunk(hash, new Uint8Array(bytes));
  await (await load(cache)).takeSnapshot(manifest);
  return cache;
}

test("a chunk that was opened at an earlier start is used as it was then, and not opened again", async () => {
  const cache = await cacheWithSnapshot();
  const opened = new Map<string, Awaited<ReturnType<typeof decodePlainChunk>>>();
  const first = await Replica.load({
    cache,
    decode: async (bytes, sha256) => {
      const chunk = await decodePlainChunk(bytes);
      opened.set(sha256, chunk);
      return chunk;
    },
  });
  expect(opened.size).toBeGreaterThan(0);
  const again = await Replica.load({
    cache,
    decode: async () => {
      throw new Error("it was opened before");
    },
    opened: async (sha256) => opened.get(sha256) ?? null,
  });
  expect(ids(again)).toEqual(ids(first));
  expect(again.isComplete(["m"])).toBe(true);
});

test("a chunk of which nothing opened was kept is opened as it came", async () => {
  const cache = await cacheWithSnapshot();
  const replica = await Replica.load({ cache, decode: decodePlainChunk, opened: async () => null });
  expect(ids(replica)).toEqual(["a", "b"]);
});
