type Waiting<Item, Outcome> = {
  readonly item: Item;
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (error: unknown) => void;
};

export type GroupCommitOptions<Key, Item, Outcome> = {
  readonly sizeOf: (item: Item) => number;
  readonly sizeMax: number;
  /** Commits all items together; the outcomes come in the order of the items. */
  readonly commit: (key: Key, items: readonly Item[]) => Promise<readonly Outcome[]>;
};

/**
 * While one commit is under way, whatever else arrives waits and then goes together: a disk flush costs the same for one sale
 * as for a hundred. One commit at a time for each key, so a slow merchant delays no other.
 */
export class GroupCommit<Key, Item, Outcome> {
  readonly #options: GroupCommitOptions<Key, Item, Outcome>;
  readonly #waiting = new Map<Key, Waiting<Item, Outcome>[]>();
  readonly #busy = new Set<Key>();

  constructor(options: GroupCommitOptions<Key, Item, Outcome>) {
    this.#options = options;
  }

  submit(key: Key, item: Item): Promise<Outcome> {
    return new Promise<Outcome>((resolve, reject) => {
      const queue = this.#waiting.get(key) ?? [];
      queue.push({ item, resolve, reject });
      this.#waiting.set(key, queue);
      void this.#drain(key);
    });
  }

  async #drain(key: Key): Promise<void> {
    if (this.#busy.has(key)) return;
    this.#busy.add(key);
    try {
      for (let group = this.#nextGroup(key); group.length > 0; group = this.#nextGroup(key))
        await this.#commit(key, group);
    } finally {
      this.#busy.delete(key);
    }
  }

  async #commit(key: Key, group: readonly Waiting<Item, Outcome>[]): Promise<void> {
    try {
      const outcomes = await this.#options.commit(
        key,
        group.map(({ item }) => item),
      );
      for (const [index, waiting] of group.entries()) waiting.resolve(outcomes[index] as Outcome);
    } catch (error) {
      for (const waiting of group) waiting.reject(error);
    }
  }

  #nextGroup(key: Key): Waiting<Item, Outcome>[] {
    const queue = this.#waiting.get(key) ?? [];
    const group: Waiting<Item, Outcome>[] = [];
    let size = 0;
    for (let next = queue[0]; next !== undefined; next = queue[0]) {
      size += this.#options.sizeOf(next.item);
      if (group.length > 0 && size > this.#options.sizeMax) break;
      group.push(next);
      queue.shift();
    }
    if (queue.length === 0) this.#waiting.delete(key);
    return group;
  }
}
