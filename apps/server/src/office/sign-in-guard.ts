type Failures = { readonly count: number; readonly lastAt: number };

/** Wrong passwords that cost nothing but the try. */
const FREE_FAILURES = 4;
const FIRST_DELAY_MS = 5_000;
const DELAY_MAX_MS = 15 * 60_000;
/** After this long without a try an account starts anew. */
const FORGOTTEN_AFTER_MS = 60 * 60_000;
const ACCOUNTS_MAX = 10_000;

/**
 * Makes guessing slow: after a few wrong passwords an account waits, twice as long each time. It counts what was typed, so
 * it tells nobody whether the account exists.
 */
export class SignInGuard {
  readonly #now: () => number;
  readonly #failures = new Map<string, Failures>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Milliseconds until this account may be tried again; 0 when it may be now. */
  waitMs(account: string): number {
    const failures = this.#recent(account);
    if (failures === undefined || failures.count <= FREE_FAILURES) return 0;
    const delay = Math.min(DELAY_MAX_MS, FIRST_DELAY_MS * 2 ** (failures.count - FREE_FAILURES - 1));
    return Math.max(0, failures.lastAt + delay - this.#now());
  }

  failed(account: string): void {
    const count = (this.#recent(account)?.count ?? 0) + 1;
    this.#failures.delete(account);
    this.#failures.set(account, { count, lastAt: this.#now() });
    if (this.#failures.size > ACCOUNTS_MAX) this.#forgetOldest();
  }

  succeeded(account: string): void {
    this.#failures.delete(account);
  }

  #recent(account: string): Failures | undefined {
    const failures = this.#failures.get(account);
    const isOld = failures !== undefined && this.#now() - failures.lastAt > FORGOTTEN_AFTER_MS;
    return isOld ? undefined : failures;
  }

  /** A map keeps the order in which its keys came. */
  #forgetOldest(): void {
    for (const account of this.#failures.keys()) {
      this.#failures.delete(account);
      return;
    }
  }
}
