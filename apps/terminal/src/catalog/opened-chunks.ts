import type { OpenChunk } from "@holdfast/sync/chunk";
import type { DBSchema } from "idb";
import { BUILD } from "../shell/build.ts";
import { type DatabaseDefinition, ReopeningDatabase } from "../store/reopening-database.ts";
import type { GoodsIndex } from "./shelf.ts";

/** A chunk as it was opened, with what its goods are found by; null where it holds something else. */
export type OpenedChunk = { readonly chunk: OpenChunk; readonly index: GoodsIndex | null };

interface OpenedSchema extends DBSchema {
  /** By the hash of the chunk that it was made of. */
  chunk: { key: string; value: OpenedChunk & { readonly build: string } };
}

const DEFINITION: DatabaseDefinition<OpenedSchema> = {
  name: "holdfast-opened",
  version: 1,
  upgrade: (db) => db.createObjectStore("chunk"),
};

/**
 * Chunks the way this build works with them, so that a hundred thousand goods are there again in a moment: reading them is all.
 * Made from the cache, which stays what counts: whatever is missing here is made anew, and another build makes all of it anew.
 */
export class OpenedChunks {
  readonly #db = new ReopeningDatabase(DEFINITION);

  read = async (sha256: string): Promise<OpenedChunk | null> => {
    const kept = await this.#db.use((db) => db.get("chunk", sha256));
    return kept?.build === BUILD ? kept : null;
  };

  save = async (sha256: string, opened: OpenedChunk): Promise<void> => {
    await this.#db.use((db) => db.put("chunk", { ...opened, build: BUILD }, sha256));
  };

  /** Forgets what no snapshot in use is made of. */
  keepOnly = (named: ReadonlySet<string>): Promise<void> =>
    this.#db.use(async (db) => {
      const tx = db.transaction("chunk", "readwrite");
      const held = await tx.store.getAllKeys();
      await Promise.all([
        ...held.filter((sha256) => !named.has(sha256)).map((sha256) => tx.store.delete(sha256)),
        tx.done,
      ]);
    });

  close = (): Promise<void> => this.#db.close();
}
