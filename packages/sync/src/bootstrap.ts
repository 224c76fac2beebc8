import type { Manifest } from "@holdfast/protocol/feed";
import { CHUNK_FORMAT } from "./chunk.ts";
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
 * Fetches the snapshots of channels chunk by chunk. What was stored before an interruption is not fetched again, and nothing
 * is used before all of its snapshot is there. Without a snapshot a channel is small: its pages are quicker.
 */
export async function bootstrap(ports: BootstrapPorts, channels: readonly string[]): Promise<void> {
  const ended = await Promise.allSettled(channels.map((channel) => takeSnapshot(ports, channel)));
  const failed = ended.find((each) => each.status === "rejected");
  if (failed !== undefined) throw failed.reason;
  // Not before: chunks of a snapshot that is still on its way are named by no subscription.
  if (ended.some((each) => each.status === "fulfilled" && each.value)) await ports.cache.pruneChunks();
}

/** @returns whether there was one */
async function takeSnapshot(ports: BootstrapPorts, channel: string): Promise<boolean> {
  const manifest = await ports.wire.manifest(channel);
  if (manifest === null || manifest.format !== CHUNK_FORMAT) return false;
  const held = await ports.cache.heldChunks();
  const queue = manifest.chunks.filter(({ sha256 }) => !held.has(sha256));
  let documents = manifest.count - queue.reduce((sum, { count }) => sum + count, 0);
  const tell = (): void => ports.onProgress({ channel, documents, of: manifest.count });
  tell();
  const saving: Promise<void>[] = [];
  const fetchNext = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const { sha256, count } = next;
      const bytes = await fetchChunk(ports, next);
      ports.replica.openAhead(sha256, bytes);
      // The line does not wait for the disk: what is on its way to either is together no more than the snapshot.
      const saved = ports.cache.saveChunk(sha256, bytes).then(() => {
        documents += count;
        tell();
      });
      // Looked at below; until then it is nobody's unhandled failure.
      saved.catch(() => undefined);
      saving.push(saved);
    }
  };
  const fetched = await Promise.allSettled(Array.from({ length: PARALLEL }, fetchNext));
  // What was fetched is stored even where the line failed meanwhile: it is not asked for again.
  const failed = [...fetched, ...(await Promise.allSettled(saving))].find((each) => each.status === "rejected");
  if (failed !== undefined) throw failed.reason;
  await ports.replica.takeSnapshot(manifest);
  return true;
}

async function fetchChunk(
  { wire, sha256Bytes }: BootstrapPorts,
  { sha256 }: Manifest["chunks"][number],
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await wire.chunk(sha256);
  if ((await sha256Bytes(bytes)) !== sha256) throw new WireFailure("not-ours", "a chunk is not what its name says");
  return bytes;
}
