import { batchBytesMax, batchEntriesMax } from "@holdfast/protocol/limits";
import type { BatchLimits } from "./outbox.ts";

/** An exchange that takes this long had too much in it. */
const SLOW_MS = 5_000;

/** How much is sent at once: less after something was too much for the line, more again while it is easy. */
export class BatchSize {
  #limits: BatchLimits = { entriesMax: batchEntriesMax, bytesMax: batchBytesMax };

  get limits(): BatchLimits {
    return this.#limits;
  }

  /** An exchange went well, or did not, after so long. */
  note({ tookMs, wentWell }: { readonly tookMs: number; readonly wentWell: boolean }): void {
    if (tookMs < SLOW_MS && wentWell) this.#grow();
    // What does not get through in the time there is may do so in parts.
    if (tookMs >= SLOW_MS && !wentWell) this.shrink();
  }

  shrink(): void {
    const { entriesMax, bytesMax } = this.#limits;
    this.#limits = { entriesMax: Math.max(1, entriesMax >> 2), bytesMax: Math.max(1, bytesMax >> 2) };
  }

  #grow(): void {
    const { entriesMax, bytesMax } = this.#limits;
    this.#limits = {
      entriesMax: Math.min(batchEntriesMax, entriesMax * 2),
      bytesMax: Math.min(batchBytesMax, bytesMax * 2),
    };
  }
}
