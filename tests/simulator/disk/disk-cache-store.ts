import type { CacheStore } from "@holdfast/sync/ports";
import type { Process } from "../world/process.ts";
import type { Disk } from "./disk.ts";
import type { CacheTables } from "./profile.ts";

/** The terminal's cache on the simulated disk: relaxed, in the same file as the log. */
export function diskCacheStore(disk: Disk, process: Process): CacheStore {
  const { database } = disk;
  const tables = (): CacheTables => disk.profile.cache;
  const write = (label: string, apply: (cache: CacheTables) => () => void): Promise<void> =>
    database.write(process, {
      label,
      durability: "relaxed",
      apply: () => ({ value: undefined, undo: apply(tables()) }),
    });
  return {
    subscriptions: () => database.read(process, "read cache", () => [...tables().subscriptions.values()]),
    documents: (channel) =>
      database.read(process, "read cache", () => [...(tables().documents.get(channel)?.values() ?? [])]),
    apply: ({ subscription, put, remove, anew }) =>
      write("cache", (cache) => {
        const { channel } = subscription;
        const undo = remember(cache, channel);
        const documents = new Map(anew ? [] : cache.documents.get(channel));
        for (const document of put) documents.set(`${document.kind} ${document.id}`, document);
        for (const { kind, id } of remove) documents.delete(`${kind} ${id}`);
        cache.documents.set(channel, documents);
        cache.subscriptions.set(channel, subscription);
        return undo;
      }),
    drop: (channel) =>
      write("drop", (cache) => {
        const undo = remember(cache, channel);
        cache.documents.delete(channel);
        cache.subscriptions.delete(channel);
        return undo;
      }),
    saveChunk: (sha256, bytes) =>
      write("chunk", ({ chunks }) => {
        chunks.set(sha256, bytes);
        return () => chunks.delete(sha256);
      }),
    chunk: (sha256) => database.read(process, "read chunk", () => tables().chunks.get(sha256) ?? null),
    heldChunks: () => database.read(process, "read chunks", () => new Set(tables().chunks.keys())),
    pruneChunks: () =>
      write("prune chunks", ({ subscriptions, chunks }) => {
        const before = new Map(chunks);
        const named = new Set([...subscriptions.values()].flatMap((each) => each.chunks));
        for (const sha256 of before.keys()) if (!named.has(sha256)) chunks.delete(sha256);
        return () => {
          for (const [sha256, bytes] of before) chunks.set(sha256, bytes);
        };
      }),
  };
}

function remember({ documents, subscriptions }: CacheTables, channel: string): () => void {
  const before = { documents: documents.get(channel), subscription: subscriptions.get(channel) };
  return () => {
    if (before.documents === undefined) documents.delete(channel);
    else documents.set(channel, before.documents);
    if (before.subscription === undefined) subscriptions.delete(channel);
    else subscriptions.set(channel, before.subscription);
  };
}
