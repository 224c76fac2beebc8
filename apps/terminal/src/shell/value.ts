/** A value that screens watch: the whole of the app's state management. */
export type Value<T> = {
  readonly get: () => T;
  readonly set: (next: T) => void;
  /** @returns how to stop watching */
  readonly watch: (watcher: () => void) => () => void;
};

export function createValue<T>(initial: T): Value<T> {
  let current = initial;
  const watchers = new Set<() => void>();
  return {
    get: () => current,
    set: (next) => {
      if (Object.is(current, next)) return;
      current = next;
      for (const watcher of watchers) watcher();
    },
    watch: (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
  };
}
