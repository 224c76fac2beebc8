import type { CacheStore } from "@holdfast/sync/ports";
import type { Replica } from "@holdfast/sync/replica";
import type { Kit } from "./kit.ts";

/** Changes mostly come several at a time. */
const QUIET_MS = 2_000;

/**
 * Keeps the kit as new as the copy in use. Stock alone, which moves with every sale, is no reason: a till that lost its
 * databases may well start from older figures.
 * @returns how to stop
 */
export function keepKit(
  kit: Kit,
  { replica, cache }: { readonly replica: Replica; readonly cache: CacheStore },
): () => void {
  const changed = new Set(replica.channels().map(({ channel }) => channel));
  let timer: ReturnType<typeof setTimeout> | null = null;
  const save = (): void => {
    timer = null;
    const channels = new Set(changed);
    changed.clear();
    // It is a spare: where it cannot be written, the till goes on without.
    kit.save(cache, channels).catch((error: unknown) => console.warn("the kit was not saved", error));
  };
  const schedule = (): void => {
    timer ??= setTimeout(save, QUIET_MS);
  };
  if (changed.size > 0) schedule();
  const unlisten = replica.onChange(({ channel, anew, documents }) => {
    if (!anew && documents.every(({ kind }) => kind === "stock")) return;
    changed.add(channel);
    schedule();
  });
  return () => {
    unlisten();
    if (timer !== null) clearTimeout(timer);
  };
}
