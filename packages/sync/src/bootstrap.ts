import type { Manifest } from "@holdfast/protocol/feed";
import type { MaybePromise } from "./crypto.ts";
import type { CacheStore, Wire } from "./ports.ts";
import type { Replica } from "./replica.ts";
import { WireFailure } from "./wire-failure.ts";

export type BootstrapProgress = { readonly channel: string; readonly documents: number; readonly of: number };

export type BootstrapPorts = {
  readonly wire: Wire;
  readonly cache: CacheStore;
  readonly replica: Replica;
  readonly sha256Bytes: (bytes: Uint8Array<ArrayBuffer>) => MaybePromise<string>;
  readonly onProgress: (progress: BootstrapProgress) => void;
};

/** How many chunks are asked for at once. */
const PARALLEL = 4;

/**
 * Fetches the snapshot of a channel chunk by chunk. What was stored before an interruption is not fetched again, and nothing
 * is used before all of it is there. Without a snapshot the channel is small: its pages are quicker.
 */
export async function bootstrap(ports: BootstrapPorts, channel: string): Promise<void> {
  const manifest = await ports.wire.manifest(channel);
  if (manifest === null) return;
  const held = await ports.cache.heldChunks();
  const queue = manifest.chunks.filter(({ sha256 }) => !held.has(sha256));
  let documents = manifest.count - queue.reduce((sum, { count }) => sum + count, 0);
  const tell = (): void => ports.onProgress({ channel, documents, of: manifest.count });
  tell();
  const fetchNext = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      await ports.cache.saveChunk(next.sha256, await fetchChunk(ports, next));
      documents += next.count;
      tell();
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, fetchNext));
  await ports.replica.takeSnapshot(manifest);
}

async function fetchChunk(
  { wire, sha256Bytes }: BootstrapPorts,
  { sha256 }: Manifest["chunks"][number],
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await wire.chunk(sha256);
  if ((await sha256Bytes(bytes)) !== sha256) throw new WireFailure("not-ours", "a chunk is not what its name says");
  return bytes;
}
