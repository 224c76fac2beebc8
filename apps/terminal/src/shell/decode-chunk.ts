import type { Chunk } from "@holdfast/sync/chunk";

/** Reads a chunk as it came: unpacked off the main thread by the browser, and each in a turn of its own, so that the screen stays alive. */
export async function decodeChunk(bytes: Uint8Array<ArrayBuffer>): Promise<Chunk> {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return (await new Response(stream).json()) as Chunk;
}
