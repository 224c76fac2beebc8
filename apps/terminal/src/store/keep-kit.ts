import type { CacheStore } from "@holdfast/sync/ports";
import type { Replica } from "@holdfast/sync/replica";
import type { Kit } from "./kit.ts";
import { SETTLED_MS } from "./kit-slots.ts";

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
  let isLeft = false;
  let timer: ReturnType<typeof setTimeout> | null = null;
  const schedule = (ms: number): void => {
    timer ??= setTimeout(save, ms);
  };
  const save = async (): Promise<void> => {
    timer = null;
    const channels = new Set(changed);
    changed.clear();
    try {
      for (const channel of await kit.save(cache, channels)) changed.add(channel);
      if (changed.size > 0 && !isLeft) schedule(SETTLED_MS);
    } catch (error) {
      // It is a spare: where it cannot be written, the till goes on without.
      console.warn("the kit was not saved", error);
    }
  };
  if (changed.size > 0) schedule(QUIET_MS);
  const unlisten = replica.onChange(({ channel, anew, documents }) => {
    if (!anew && documents.every(({ kind }) => kind === "stock")) return;
    changed.add(channel);
    schedule(QUIET_MS);
  });
  return () => {
    isLeft = true;
    unlisten();
    if (timer !== null) clearTimeout(timer);
  };
}
