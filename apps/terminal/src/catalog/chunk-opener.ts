import type { OpenChunk } from "@holdfast/sync/chunk";
import type { ChunkAnswer, ChunkQuestion } from "./chunk-worker.ts";
import { openZipped } from "./open-zipped.ts";
import { OpenedChunks } from "./opened-chunks.ts";
import { forgetIndex, type GoodsIndex, keepIndex } from "./shelf.ts";

type Waiting = {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly resolve: (chunk: OpenChunk | Promise<OpenChunk>) => void;
  readonly reject: (error: Error) => void;
};

/**
 * Opens the chunks of a snapshot beside the thread that the screen needs: unpacked, read, and with what goods are found by.
 * Codes come along with the chunk, words a moment later. Should the worker fail, chunks are opened here: slower, and sold from.
 */
export class ChunkOpener {
  readonly #worker: Worker;
  readonly #kept = new OpenedChunks();
  readonly #waiting = new Map<number, Waiting>();
  readonly #unindexed = new Map<number, { readonly chunk: OpenChunk; readonly index: GoodsIndex }>();
  readonly #onSearchable: () => void;
  #isWorking = true;
  #nextId = 1;

  /** @param onSearchable the words of all goods that were opened are there now */
  constructor(onSearchable: () => void) {
    this.#onSearchable = onSearchable;
    this.#worker = new Worker(new URL("./chunk-worker.ts", import.meta.url), { type: "module", name: "chunks" });
    this.#worker.onmessage = ({ data }: MessageEvent<ChunkAnswer>) => this.#answered(data);
    this.#worker.onerror = () => this.#goOnWithout();
  }

  /** A chunk that the worker opened at an earlier start. */
  opened = async (sha256: string): Promise<OpenChunk | null> => {
    const kept = await this.#kept.read(sha256).catch(() => null);
    if (kept === null) return null;
    if (kept.index !== null) keepIndex(kept.chunk, kept.index);
    return kept.chunk;
  };

  /** Forgets chunks that were opened once and are in use no more. */
  keepOnly(named: ReadonlySet<string>): void {
    this.#kept.keepOnly(named).catch((error: unknown) => console.warn("old chunks were not forgotten", error));
  }

  open = async (bytes: Uint8Array<ArrayBuffer>, sha256: string): Promise<OpenChunk> => {
    if (!this.#isWorking) return await openZipped(bytes);
    const id = this.#nextId++;
    const opened = new Promise<OpenChunk>((resolve, reject) => this.#waiting.set(id, { bytes, resolve, reject }));
    this.#worker.postMessage({ id, sha256, bytes } satisfies ChunkQuestion);
    return await opened;
  };

  close(): void {
    this.#worker.terminate();
    void this.#kept.close();
    for (const { reject } of this.#waiting.values()) reject(new Error("the terminal is closed"));
    this.#waiting.clear();
  }

  #answered(answer: ChunkAnswer): void {
    const waiting = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    switch (answer.kind) {
      case "opened":
        if (answer.codes !== null) this.#note(answer.id, answer.chunk, { codes: answer.codes, words: null });
        waiting?.resolve(answer.chunk);
        break;
      case "indexed":
        this.#indexed(answer);
        break;
      case "failed":
        waiting?.reject(new Error(answer.message));
    }
  }

  #note(id: number, chunk: OpenChunk, index: GoodsIndex): void {
    keepIndex(chunk, index);
    this.#unindexed.set(id, { chunk, index });
  }

  #indexed({ id, words }: ChunkAnswer & { kind: "indexed" }): void {
    const unindexed = this.#unindexed.get(id);
    if (unindexed !== undefined) unindexed.index.words = words;
    this.#unindexed.delete(id);
    if (this.#unindexed.size === 0) this.#onSearchable();
  }

  #goOnWithout(): void {
    this.#isWorking = false;
    for (const { bytes, resolve } of this.#waiting.values()) resolve(openZipped(bytes));
    this.#waiting.clear();
    // Words that will not come any more are made when the chunk is next looked at.
    for (const { chunk } of this.#unindexed.values()) forgetIndex(chunk);
    this.#unindexed.clear();
  }
}
