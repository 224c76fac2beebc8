const LOCK = "holdfast-writer";

/** Whether this window writes the terminal's log, or another one does. */
export type WriterLock = {
  /** Resolves when this window has the lock. */
  readonly held: Promise<void>;
  /** Told when another window took over. */
  readonly onLost: (listener: () => void) => void;
  readonly release: () => void;
};

/**
 * One window at a time works as the terminal. The lock is for comfort: a frozen tab keeps it, so taking over steals it, and
 * what really keeps an old window from writing is the check inside the append's own transaction.
 */
export function requestWriter({ steal }: { readonly steal: boolean }): WriterLock {
  let release: () => void = () => undefined;
  let lost: () => void = () => undefined;
  const held = new Promise<void>((resolve, reject) => {
    const until = new Promise<void>((done) => {
      release = done;
    });
    navigator.locks
      .request(LOCK, { steal }, async () => {
        resolve();
        await until;
      })
      // A stolen lock ends the request with an AbortError.
      .catch((error: unknown) => {
        reject(error);
        lost();
      });
  });
  return { held, onLost: (listener) => (lost = listener), release: () => release() };
}
