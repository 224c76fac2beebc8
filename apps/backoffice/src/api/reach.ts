/** Whether the server answers, as requests find out; screens listen. */
export class Reach {
  readonly #listeners = new Set<() => void>();
  #isReachable = true;

  get isReachable(): boolean {
    return this.#isReachable;
  }

  note(isReachable: boolean): void {
    if (isReachable === this.#isReachable) return;
    this.#isReachable = isReachable;
    for (const listener of this.#listeners) listener();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
}
