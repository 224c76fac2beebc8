import { setImmediate as everythingElse } from "node:timers/promises";
import type { Instant } from "@holdfast/domain/kernel/instant";
import type { Cancel, Clock } from "../ports.ts";

type Timer = { readonly dueMs: number; readonly callback: () => void };

/** A clock that a test turns by hand: what was asked for happens at its time, in order, and a month takes no time. */
export class HandClock implements Clock {
  #nowMs: number;
  readonly #timers = new Set<Timer>();

  constructor(nowMs = Date.UTC(2026, 10, 23, 8)) {
    this.#nowMs = nowMs;
  }

  now = (): number => this.#nowMs;

  instant = (): Instant => new Date(this.#nowMs).toISOString().replace("Z", "+00:00") as Instant;

  after = (delayMs: number, callback: () => void): Cancel => {
    const timer: Timer = { dueMs: this.#nowMs + delayMs, callback };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  };

  /** When the next thing will happen; null where nothing was asked for. */
  get nextMs(): number | null {
    const next = this.#next();
    return next === null ? null : next.dueMs - this.#nowMs;
  }

  async advance(ms: number): Promise<void> {
    const targetMs = this.#nowMs + ms;
    await everythingElse();
    for (let next = this.#next(); next !== null && next.dueMs <= targetMs; next = this.#next()) {
      this.#nowMs = Math.max(this.#nowMs, next.dueMs);
      this.#timers.delete(next);
      next.callback();
      await everythingElse();
    }
    this.#nowMs = targetMs;
  }

  /** The wall clock jumps; what waits goes on waiting as long as before. */
  jump(ms: number): void {
    const waiting = [...this.#timers];
    this.#timers.clear();
    for (const { dueMs, callback } of waiting) this.#timers.add({ dueMs: dueMs + ms, callback });
    this.#nowMs += ms;
  }

  #next(): Timer | null {
    let next: Timer | null = null;
    for (const timer of this.#timers) if (next === null || timer.dueMs < next.dueMs) next = timer;
    return next;
  }
}
