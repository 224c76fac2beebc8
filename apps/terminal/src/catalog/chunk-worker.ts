/// <reference lib="webworker" />
import type { OpenChunk } from "@holdfast/sync/chunk";
import type { CodeIndex } from "./code-index.ts";
import { openZipped } from "./open-zipped.ts";
import { codesOfChunk, wordsOfChunk } from "./shelf.ts";
import type { WordIndex } from "./word-index.ts";

export type ChunkQuestion = { readonly id: number; readonly bytes: Uint8Array<ArrayBuffer> };

export type ChunkAnswer =
  | { readonly kind: "opened"; readonly id: number; readonly chunk: OpenChunk; readonly codes: CodeIndex | null }
  | { readonly kind: "indexed"; readonly id: number; readonly words: WordIndex }
  | { readonly kind: "failed"; readonly id: number; readonly message: string };

/** Goods whose words are still to be indexed: a scan needs none of that, so every chunk is opened first. */
const unindexed: { readonly id: number; readonly chunk: OpenChunk }[] = [];
let opening = 0;

self.onmessage = ({ data }: MessageEvent<ChunkQuestion>): void => {
  opening += 1;
  void answer(data).finally(() => {
    opening -= 1;
    indexNext();
  });
};

async function answer({ id, bytes }: ChunkQuestion): Promise<void> {
  try {
    const chunk = await openZipped(bytes);
    const isGoods = chunk.kind === "variant";
    tell({ kind: "opened", id, chunk, codes: isGoods ? codesOfChunk(chunk) : null });
    if (isGoods) unindexed.push({ id, chunk });
  } catch (error) {
    tell({ kind: "failed", id, message: error instanceof Error ? error.message : String(error) });
  }
}

/** One at a time, each in a turn of its own, so that a chunk that comes meanwhile goes first. */
function indexNext(): void {
  if (opening > 0) return;
  const next = unindexed.shift();
  if (next === undefined) return;
  tell({ kind: "indexed", id: next.id, words: wordsOfChunk(next.chunk) });
  setTimeout(indexNext);
}

function tell(answered: ChunkAnswer): void {
  self.postMessage(answered);
}
