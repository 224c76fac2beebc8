import type { Uuid } from "@holdfast/domain/kernel/id";
import type { Draft, DraftChange } from "@holdfast/sync/ports";
import { createValue, type Value } from "../shell/value.ts";
import type { DraftBody } from "./draft.ts";

export type DraftKeeperPorts = {
  readonly change: (change: DraftChange, stream: Uuid) => Promise<boolean>;
  /** The stream this window writes at the moment. */
  readonly stream: () => Uuid;
  /** Another window writes by now. */
  readonly onLost: () => void;
};

const RETRY_MS = 2_000;

/**
 * Brings each change of a cart to the disk, in order, the newest always winning. While the disk refuses, the cart lives on in
 * memory, the screen says so, and it is tried again until it is stored.
 */
export class DraftKeeper {
  readonly #ports: DraftKeeperPorts;
  /** Null: to be removed. */
  readonly #waiting = new Map<Uuid, DraftBody | null>();
  #writing: Promise<void> | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;
  /** Why the open cart is not on the disk; null while it is. */
  readonly fault: Value<unknown> = createValue<unknown>(null);

  constructor(ports: DraftKeeperPorts) {
    this.#ports = ports;
  }

  keep(draft: Uuid, body: DraftBody): void {
    this.#waiting.set(draft, body);
    void this.settle();
  }

  drop(draft: Uuid): void {
    this.#waiting.set(draft, null);
    void this.settle();
  }

  /** Resolves when everything is on the disk, or the disk said no: `fault` then tells. */
  settle(): Promise<void> {
    this.#writing ??= this.#writeAll().finally(() => {
      this.#writing = null;
    });
    return this.#writing;
  }

  async #writeAll(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    while (this.#waiting.size > 0) {
      const batch = new Map(this.#waiting);
      const stream = this.#ports.stream();
      try {
        const done = await this.#ports.change(changeOf(batch), stream);
        // A new stream of our own was opened in between: the change is good for that one.
        if (!done && stream !== this.#ports.stream()) continue;
        if (!done) {
          this.#ports.onLost();
          return;
        }
      } catch (error) {
        this.fault.set(error);
        this.#timer = setTimeout(() => void this.settle(), RETRY_MS);
        return;
      }
      for (const [draft, body] of batch) if (this.#waiting.get(draft) === body) this.#waiting.delete(draft);
    }
    this.fault.set(null);
  }
}

function changeOf(batch: ReadonlyMap<Uuid, DraftBody | null>): DraftChange {
  const put: Draft[] = [];
  const remove: Uuid[] = [];
  for (const [draft, body] of batch) {
    if (body === null) remove.push(draft);
    else put.push({ draft, body });
  }
  return { put, remove };
}
