import { isPersonalChannel } from "@holdfast/protocol/channel";
import type { CacheChange, CachedDocument, CacheStore, Subscription, Tombstone } from "@holdfast/sync/ports";
import type { DBSchema } from "idb";
import { type DatabaseDefinition, ReopeningDatabase } from "./reopening-database.ts";
import { type Sealed, seal, unseal } from "./seal.ts";

type DocumentRow = { readonly channel: string; readonly kind: string; readonly id: string; readonly rev: number } & (
  | { readonly body: unknown }
  | { readonly sealed: Sealed }
  | { readonly deleted: true }
);

interface CacheSchema extends DBSchema {
  subscription: { key: string; value: Subscription };
  document: { key: [string, string, string]; value: DocumentRow };
  chunk: { key: string; value: Uint8Array<ArrayBuffer> };
}

/** Raised freely: what an older build kept here is simply fetched again. */
const DEFINITION: DatabaseDefinition<CacheSchema> = {
  name: "holdfast-cache",
  version: 1,
  upgrade: (db) => {
    for (const store of [...db.objectStoreNames]) db.deleteObjectStore(store);
    db.createObjectStore("subscription", { keyPath: "channel" });
    db.createObjectStore("document", { keyPath: ["channel", "kind", "id"] });
    db.createObjectStore("chunk");
  },
};

/** A snapshot is on the disk before the till counts on it: it may be without a network the minute after. */
const STRICT = { durability: "strict" } as const;

type ChunkBatch = { readonly chunks: [string, Uint8Array<ArrayBuffer>][]; readonly saved: Promise<void> };

/** The terminal's copy of documents in IndexedDB: what changes in it can be fetched again, so durability may be relaxed. */
export class IdbCacheStore implements CacheStore {
  readonly #db = new ReopeningDatabase(DEFINITION);
  readonly #key: CryptoKey;
  /** Not being written yet. */
  #batch: ChunkBatch | null = null;
  #saving: Promise<void> = Promise.resolve();

  constructor(dataKey: CryptoKey) {
    this.#key = dataKey;
  }

  subscriptions = (): Promise<Subscription[]> => this.#db.use((db) => db.getAll("subscription"));

  documents = async (channel: string): Promise<(CachedDocument | Tombstone)[]> => {
    const rows = await this.#db.use((db) => db.getAll("document", channelRange(channel)));
    return await Promise.all(rows.map((row) => this.#document(row)));
  };

  apply = async ({ subscription, put, remove, anew }: CacheChange): Promise<void> => {
    const { channel } = subscription;
    const rows = await Promise.all(put.map((document) => this.#row(channel, document)));
    await this.#db.use(async (db) => {
      const tx = db.transaction(["subscription", "document"], "readwrite", anew ? STRICT : {});
      const documents = tx.objectStore("document");
      if (anew) await documents.delete(channelRange(channel));
      await Promise.all([
        ...rows.map((row) => documents.put(row)),
        ...remove.map(({ kind, id }) => documents.delete([channel, kind, id])),
        tx.objectStore("subscription").put(subscription),
        tx.done,
      ]);
    });
  };

  drop = (channel: string): Promise<void> =>
    this.#db.use(async (db) => {
      const tx = db.transaction(["subscription", "document"], "readwrite");
      await Promise.all([
        tx.objectStore("document").delete(channelRange(channel)),
        tx.objectStore("subscription").delete(channel),
        tx.done,
      ]);
    });

  saveChunk: CacheStore["saveChunk"] = (sha256, bytes) => {
    this.#batch ??= this.#openBatch();
    this.#batch.chunks.push([sha256, bytes]);
    return this.#batch.saved;
  };

  /** What comes while a write is under way goes with the next: a strict one costs the same, however much is in it. */
  #openBatch(): ChunkBatch {
    const chunks: [string, Uint8Array<ArrayBuffer>][] = [];
    const before = this.#saving;
    const saved = (async () => {
      await before;
      this.#batch = null;
      await this.#db.use(async (db) => {
        const tx = db.transaction("chunk", "readwrite", STRICT);
        await Promise.all([...chunks.map(([sha256, bytes]) => tx.store.put(bytes, sha256)), tx.done]);
      });
    })();
    this.#saving = saved.catch(() => undefined);
    return { chunks, saved };
  }

  chunk: CacheStore["chunk"] = (sha256) => this.#db.use(async (db) => (await db.get("chunk", sha256)) ?? null);

  heldChunks: CacheStore["heldChunks"] = () => this.#db.use(async (db) => new Set(await db.getAllKeys("chunk")));

  pruneChunks: CacheStore["pruneChunks"] = () =>
    this.#db.use(async (db) => {
      const tx = db.transaction(["subscription", "chunk"], "readwrite");
      const [subscriptions, held] = await Promise.all([
        tx.objectStore("subscription").getAll(),
        tx.objectStore("chunk").getAllKeys(),
      ]);
      const named = new Set(subscriptions.flatMap(({ chunks }) => chunks));
      await Promise.all(
        held.filter((sha256) => !named.has(sha256)).map((sha256) => tx.objectStore("chunk").delete(sha256)),
      );
      await tx.done;
    });

  close = (): Promise<void> => this.#db.close();

  async #row(channel: string, document: CachedDocument | Tombstone): Promise<DocumentRow> {
    const { kind, id, rev } = document;
    if ("deleted" in document) return { channel, kind, id, rev, deleted: true };
    const { body } = document;
    // People are sealed at rest; goods and prices hang on the shelf for all to see.
    return isPersonalChannel(channel)
      ? { channel, kind, id, rev, sealed: await seal(this.#key, body) }
      : { channel, kind, id, rev, body };
  }

  async #document(row: DocumentRow): Promise<CachedDocument | Tombstone> {
    const { kind, id, rev } = row;
    if ("deleted" in row) return { kind, id, rev, deleted: true };
    return { kind, id, rev, body: "sealed" in row ? await unseal(this.#key, row.sealed) : row.body };
  }
}

function channelRange(channel: string): IDBKeyRange {
  return IDBKeyRange.bound([channel], [channel, []]);
}
