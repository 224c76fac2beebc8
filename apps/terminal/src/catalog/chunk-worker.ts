/// <reference lib="webworker" />
import type { OpenChunk } from "@holdfast/sync/chunk";
import type { CodeIndex } from "./code-index.ts";
import { openZipped } from "./open-zipped.ts";
import { type OpenedChunk, OpenedChunks } from "./opened-chunks.ts";
import { codesOfChunk, wordsOfChunk } from "./shelf.ts";
import type { WordIndex } from "./word-index.ts";

export type ChunkQuestion = { readonly id: number; readonly sha256: string; readonly bytes: Uint8Array<ArrayBuffer> };

export type ChunkAnswer =
  | { readonly kind: "opened"; readonly id: number; readonly chunk: OpenChunk; readonly codes: CodeIndex | null }
  | { readonly kind: "indexed"; readonly id: number; readonly words: WordIndex }
  | { readonly kind: "failed"; readonly id: number; readonly message: string };

/** Opened, and told so; what is still to be done for it can wait: a scan needs none of that. */
type Opened = {
  readonly id: number;
  readonly sha256: string;
  readonly chunk: OpenChunk;
  readonly codes: CodeIndex | null;
};

const unfinished: Opened[] = [];
const kept = new OpenedChunks();
let opening = 0;
let isFinishing = false;
let timer: ReturnType<typeof setTimeout> | undefined;
/** So long after the last chunk came no more are on their way. */
const QUIET_MS = 300;

self.onmessage = ({ data }: MessageEvent<ChunkQuestion>): void => {
  opening += 1;
  void answer(data).finally(() => {
    opening -= 1;
    clearTimeout(timer);
    timer = setTimeout(() => void finishNext(), QUIET_MS);
  });
};

async function answer({ id, sha256, bytes }: ChunkQuestion): Promise<void> {
  try {
    const chunk = await openZipped(bytes);
    const codes = chunk.kind === "variant" ? codesOfChunk(chunk) : null;
    tell({ kind: "opened", id, chunk, codes });
    unfinished.push({ id, sha256, chunk, codes });
  } catch (error) {
    tell({ kind: "failed", id, message: error instanceof Error ? error.message : String(error) });
  }
}

/** One at a time, each in a turn of its own, so that a chunk that comes meanwhile goes first. */
async function finishNext(): Promise<void> {
  if (opening > 0 || isFinishing) return;
  const next = unfinished.shift();
  if (next === undefined) return;
  isFinishing = true;
  await finish(next);
  isFinishing = false;
  setTimeout(() => void finishNext());
}

async function finish({ id, sha256, chunk, codes }: Opened): Promise<void> {
  const opened: OpenedChunk = { chunk, index: codes === null ? null : { codes, words: wordsOfChunk(chunk) } };
  const words = opened.index?.words ?? null;
  if (words !== null) tell({ kind: "indexed", id, words });
  // Without it the next start takes a little longer, and no more than that.
  await kept.save(sha256, opened).catch((error: unknown) => console.warn("an opened chunk was not kept", error));
}

function tell(answered: ChunkAnswer): void {
  self.postMessage(answered);
}
