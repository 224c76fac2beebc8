/** A value that screens watch: the whole of the app's state management. */
export type Value<T> = {
  readonly get: () => T;
  /** @param options `toldAfterMs` tells the watchers only where it still stands then: what is over sooner is never drawn */
  readonly set: (next: T, options?: { readonly toldAfterMs: number }) => void;
  /** @returns how to stop watching */
  readonly watch: (watcher: () => void) => () => void;
};

export function createValue<T>(initial: T): Value<T> {
  let current = initial;
  let untold: ReturnType<typeof setTimeout> | undefined;
  const watchers = new Set<() => void>();
  const tell = (): void => {
    for (const watcher of watchers) watcher();
  };
  return {
    get: () => current,
    set: (next, options) => {
      if (Object.is(current, next)) return;
      clearTimeout(untold);
      current = next;
      if (options === undefined) tell();
      else untold = setTimeout(tell, options.toldAfterMs);
    },
    watch: (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
  };
}
