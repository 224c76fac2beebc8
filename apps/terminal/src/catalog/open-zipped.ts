import { type OpenChunk, openChunk } from "@holdfast/sync/chunk";

/** Opens a chunk as it came over the wire. */
export async function openZipped(bytes: Uint8Array<ArrayBuffer>): Promise<OpenChunk> {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return openChunk(await new Response(stream).text());
}
