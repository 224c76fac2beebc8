/** What stands in every measured page from its first moment; functions given to `evaluate` find it as `bench`. */
export type InPage = {
  /** Milliseconds by the page's own clock, however much time is hurried on for the app. */
  readonly now: () => number;
  /** Resolves after the frame that shows it, with the time at which that was painted. */
  readonly painted: (isShown: () => boolean) => Promise<number>;
  /** Main thread blocks of over 50 ms: when they began, and how long they took. */
  readonly longTasks: { readonly at: number; readonly ms: number }[];
  /** When entries of the log were surely on the disk. */
  readonly durable: number[];
  readonly scan: (code: string) => number;
};

declare global {
  var bench: InPage;
}

/**
 * Runs in the page, before anything of the app does.
 * @param hurry how many times faster the app's clock runs and its timers ring: a day's pauses, compressed
 */
export function standInPage(hurry: number): void {
  const patienceMs = 30_000;
  const now = performance.now.bind(performance);
  const ring = globalThis.setTimeout;
  if (hurry > 1) {
    performance.now = () => now() * hurry;
    globalThis.setTimeout = ((call: () => void, ms = 0, ...rest: []) =>
      ring(call, ms / hurry, ...rest)) as typeof setTimeout;
  }
  const longTasks: { at: number; ms: number }[] = [];
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) longTasks.push({ at: startTime, ms: duration });
  }).observe({ type: "longtask", buffered: true });

  const durable: number[] = [];
  const { transaction } = IDBDatabase.prototype;
  IDBDatabase.prototype.transaction = function (this: IDBDatabase, ...request) {
    const tx = transaction.apply(this, request);
    if (this.name === "holdfast-log" && tx.mode === "readwrite" && tx.objectStoreNames.contains("entry"))
      tx.addEventListener("complete", () => durable.push(now()));
    return tx;
  };

  const painted: InPage["painted"] = (isShown) =>
    new Promise((resolve, reject) => {
      const timer = ring(() => {
        observer.disconnect();
        reject(new Error(`never shown: ${isShown}`));
      }, patienceMs);
      const look = (): void => {
        if (!isShown()) return;
        observer.disconnect();
        clearTimeout(timer);
        // A message that is posted in a frame comes after that frame was painted.
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => resolve(now());
          port2.postMessage(null);
        });
      };
      const observer = new MutationObserver(look);
      observer.observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
      look();
    });

  const scan: InPage["scan"] = (code) => {
    const target = document.activeElement ?? document.body;
    const strike = (key: string): boolean =>
      target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
    for (const digit of code) strike(digit);
    const lastKeyAt = now();
    strike("Enter");
    return lastKeyAt;
  };
  globalThis.bench = { now, painted, longTasks, durable, scan };
}
