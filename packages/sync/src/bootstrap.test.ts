import type { Uuid } from "@holdfast/domain/kernel/id";
import { expect, test } from "vitest";
import { type BootstrapProgress, bootstrap } from "./bootstrap.ts";
import { Replica } from "./replica.ts";
import { type Authority, decodePlainChunk, sha256 } from "./testing/authority.ts";
import { MemoryCacheStore } from "./testing/memory-stores.ts";
import { openAuthority, startTerminal } from "./testing/test-terminal.ts";
import { WireFailure } from "./wire-failure.ts";

function bigShop(variants = 20): Authority {
  const authority = openAuthority();
  for (let id = 0; id < variants; id += 1) authority.put("m", "variant", `v${id}`, { name: `Goods ${id}` });
  authority.snapshot("m");
  return authority;
}

async function ports(authority: Authority, cache = new MemoryCacheStore()) {
  const replica = await Replica.load({ cache, decode: decodePlainChunk });
  const told: BootstrapProgress[] = [];
  return {
    told,
    ports: {
      wire: authority.wire,
      cache,
      replica,
      sha256Bytes: sha256,
      onProgress: (each: BootstrapProgress) => void told.push(each),
    },
  };
}

test("a channel is fetched chunk by chunk, and how far it has come is told", async () => {
  const authority = bigShop();
  const { ports: each, told } = await ports(authority);
  await each.cache.saveChunk("left over from a snapshot before", new Uint8Array());
  await bootstrap(each, ["m"]);
  expect(await each.cache.heldChunks()).toEqual(new Set(authority.snapshots.get("m")?.chunks.keys()));
  expect(each.replica.isComplete(["m"])).toBe(true);
  expect([...each.replica.all("m", "variant")]).toHaveLength(20);
  expect(told[0]).toEqual({ channel: "m", documents: 0, of: 21 });
  expect(told.at(-1)).toEqual({ channel: "m", documents: 21, of: 21 });
});

test("after an interruption only what is missing is fetched", async () => {
  const authority = bigShop();
  const cache = new MemoryCacheStore();
  let left = 4;
  authority.before = (call) => {
    if (call === "chunk" && left-- <= 0) throw new WireFailure("unreachable", "the line is cut");
  };
  const first = await ports(authority, cache);
  await expect(bootstrap(first.ports, ["m"])).rejects.toThrow("the line is cut");
  expect(first.ports.replica.isComplete(["m"])).toBe(false);
  const held = (await cache.heldChunks()).size;
  expect(held).toBeGreaterThan(0);

  authority.before = () => undefined;
  authority.calls.length = 0;
  const second = await ports(authority, cache);
  await bootstrap(second.ports, ["m"]);
  const chunks = authority.snapshots.get("m")?.chunks.size ?? 0;
  expect(authority.calls.filter((call) => call === "chunk")).toHaveLength(chunks - held);
  expect([...second.ports.replica.all("m", "variant")]).toHaveLength(20);
  expect(second.told[0]?.documents).toBeGreaterThan(0);
});

test("a chunk that is not what its name says is not kept", async () => {
  const authority = bigShop(2);
  for (const [hash] of authority.snapshots.get("m")?.chunks ?? [])
    authority.snapshots.get("m")?.chunks.set(hash, new TextEncoder().encode("<html>log in</html>"));
  const { ports: each } = await ports(authority);
  await expect(bootstrap(each, ["m"])).rejects.toMatchObject({ kind: "not-ours" });
  expect(await each.cache.heldChunks()).toEqual(new Set());
});

test("a small channel has no snapshot and is read page by page", async () => {
  const authority = openAuthority();
  const { ports: each } = await ports(authority);
  await bootstrap(each, ["m"]);
  expect(authority.calls).toEqual(["manifest"]);
  expect(each.replica.channels()).toEqual([]);
});

test("a new terminal starts from the snapshot and goes on from there with what changed since", async () => {
  const authority = bigShop();
  authority.put("m", "variant", "v3", { name: "renamed" });
  authority.remove("m", "variant", "v4");
  const { loop, clock, replica } = await startTerminal({ authority });
  loop.wake();
  await clock.advance(1_000);
  expect(replica.get("m", "variant", "v3")?.body).toEqual({ name: "renamed" });
  expect(replica.get("m", "variant", "v4")).toBeUndefined();
  expect([...replica.all("m", "variant")]).toHaveLength(19);
  expect(authority.questions[0]?.channels).toEqual([{ channel: "m", cursor: "o1.21" }]);
});

test("whatever is sold goes up before anything is fetched", async () => {
  const authority = bigShop();
  const { loop, clock, sell } = await startTerminal({ authority });
  await sell();
  loop.wake();
  await clock.advance(1_000);
  expect(authority.calls.indexOf("push")).toBeLessThan(authority.calls.indexOf("manifest"));
});

test("one channel's chunks are not thrown away while another's are still on their way", async () => {
  const authority = bigShop();
  for (let id = 0; id < 20; id += 1) authority.put("p:1", "price", `v${id}`, { prices: [] });
  authority.snapshot("p:1", 10);
  const { ports: each } = await ports(authority);
  await bootstrap(each, ["m", "p:1"]);
  const reopened = await Replica.load({ cache: each.cache, decode: decodePlainChunk });
  expect([...reopened.all("m", "variant")]).toHaveLength(20);
  expect([...reopened.all("p:1", "price")]).toHaveLength(20);
});

test("a snapshot that is written in a way nobody here can read is left alone", async () => {
  const authority = bigShop();
  const { manifest } = authority.snapshots.get("m") ?? {};
  const strange = { ...authority.wire, manifest: async () => (manifest ? { ...manifest, format: 99 } : null) };
  const { ports: each } = await ports(authority);
  await bootstrap({ ...each, wire: strange }, ["m"]);
  expect(each.replica.channels()).toEqual([]);
  expect(await each.cache.heldChunks()).toEqual(new Set());
});

test("a snapshot says how far my own stream is contained in it", async () => {
  const authority = bigShop();
  const stream = "0198d6a0-0000-7000-8000-000000000001" as Uuid;
  const { manifest } = authority.snapshots.get("m") ?? {};
  const acks = { [stream]: { seq: 7, hash: "7".repeat(64) } };
  const { ports: each } = await ports(authority);
  const telling = { ...authority.wire, manifest: async () => (manifest ? { ...manifest, acks } : null) };
  await bootstrap({ ...each, wire: telling }, ["m"]);
  expect(each.replica.settledSeq("m", stream)).toBe(7);
});

test("the line does not wait for the disk: everything was fetched before the first chunk is stored", async () => {
  const authority = bigShop();
  const { ports: each } = await ports(authority);
  const chunks = authority.snapshots.get("m")?.chunks.size ?? 0;
  const save = each.cache.saveChunk;
  const fetchedAtFirst: number[] = [];
  let allFetched = (): void => undefined;
  const fetched = new Promise<void>((resolve) => {
    allFetched = resolve;
  });
  each.cache.saveChunk = async (sha256, bytes) => {
    if (authority.calls.filter((call) => call === "chunk").length === chunks) allFetched();
    await fetched;
    fetchedAtFirst.push(authority.calls.filter((call) => call === "chunk").length);
    await save(sha256, bytes);
  };
  await bootstrap(each, ["m"]);
  expect(fetchedAtFirst[0]).toBe(chunks);
  expect(each.replica.isComplete(["m"])).toBe(true);
});

test("a chunk that the disk does not take leaves the copy as it was, and is told", async () => {
  const authority = bigShop();
  const { ports: each } = await ports(authority);
  const save = each.cache.saveChunk;
  let saved = 0;
  each.cache.saveChunk = async (sha256, bytes) => {
    saved += 1;
    if (saved === 2) throw new Error("the disk is full");
    await save(sha256, bytes);
  };
  await expect(bootstrap(each, ["m"])).rejects.toThrow("the disk is full");
  expect(each.replica.isComplete(["m"])).toBe(false);
  expect(await each.cache.heldChunks()).not.toEqual(new Set());
});
