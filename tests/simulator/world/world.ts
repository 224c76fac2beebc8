import type { Cancel } from "@holdfast/sync/ports";
import { createDice, type Dice } from "./dice.ts";
import { EventQueue, type QueuedEvent } from "./event-queue.ts";
import { Trace } from "./trace.ts";

export type BrokenRule = { readonly rule: string; readonly detail: string; readonly atMs: number };

/** Stops the run at the first broken rule: what comes after it would only follow from it. */
export class RuleBroken extends Error {
  override readonly name = "RuleBroken";
  readonly broken: BrokenRule;

  constructor(broken: BrokenRule) {
    super(`${broken.rule}: ${broken.detail}`);
    this.broken = broken;
  }
}

/**
 * One thread, one clock, one queue. Time only moves when nothing is left to do at the present moment, so a run is a function
 * of its seed.
 */
export class World {
  readonly dice: Dice;
  readonly trace = new Trace();
  readonly reached = new Map<string, number>();
  readonly #queue = new EventQueue();
  readonly #ties = new Map<string, Dice>();
  readonly #watchers: (() => void)[] = [];
  #nowMs = 0;
  #place = 0;
  #events = 0;
  #outside = 0;
  #broken: BrokenRule | null = null;

  constructor(seed: number) {
    this.dice = createDice(`seed ${seed}`);
  }

  /** Virtual milliseconds since the run began. */
  get nowMs(): number {
    return this.#nowMs;
  }

  get eventCount(): number {
    return this.#events;
  }

  get broken(): BrokenRule | null {
    return this.#broken;
  }

  at(delayMs: number, label: string, run: () => void): Cancel {
    const event: QueuedEvent = {
      atMs: this.#nowMs + Math.max(0, Math.round(delayMs)),
      tie: this.#tieOf(label),
      place: this.#place++,
      label,
      run,
    };
    this.#queue.push(event);
    return () => {
      event.run = null;
    };
  }

  /** Resolves after so long, in virtual time. */
  sleep(delayMs: number, label: string): Promise<void> {
    return new Promise((resolve) => this.at(delayMs, label, resolve));
  }

  note(line: string): void {
    this.trace.note(`${this.#nowMs} ${line}`);
  }

  /** An interesting state was reached. A set of runs in which it never was is a bad set of runs. */
  sometimes(name: string): void {
    this.reached.set(name, (this.reached.get(name) ?? 0) + 1);
  }

  always(holds: boolean, rule: string, detail: () => string): void {
    if (holds || this.#broken !== null) return;
    this.#broken = { rule, detail: detail(), atMs: this.#nowMs };
    this.note(`BROKEN ${rule}: ${this.#broken.detail}`);
  }

  /** The code under test threw what nobody expected. */
  fault(where: string, error: unknown): void {
    this.always(false, "no-exception", () => `${where}: ${error instanceof Error ? error.stack : String(error)}`);
  }

  /** Looks at the world after every event, once everything that followed from it has happened. */
  watch(look: () => void): void {
    this.#watchers.push(look);
  }

  /** Real input or output is under way: virtual time waits for it. */
  async outside<T>(work: Promise<T>): Promise<T> {
    this.#outside += 1;
    try {
      return await work;
    } finally {
      this.#outside -= 1;
    }
  }

  /** Runs until the moment, or until the condition holds, or until a rule is broken. */
  async run(untilMs: number, isDone: () => boolean = () => false): Promise<void> {
    await this.settle();
    while (this.#broken === null && !isDone()) {
      const next = this.#queue.peek();
      if (next === undefined || next.atMs > untilMs) break;
      this.#queue.pop();
      if (next.run === null) continue;
      this.#nowMs = next.atMs;
      this.#events += 1;
      this.trace.note(`${next.atMs} ${next.label}`);
      next.run();
      await this.settle();
      for (const look of this.#watchers) look();
    }
    if (this.#broken !== null) throw new RuleBroken(this.#broken);
    this.#nowMs = Math.max(this.#nowMs, isDone() ? this.#nowMs : untilMs);
  }

  /** A turn of the event loop begins only when no microtask is left. */
  async settle(): Promise<void> {
    await new Promise(setImmediate);
    while (this.#outside > 0) await new Promise(setImmediate);
  }

  #tieOf(label: string): number {
    const known = this.#ties.get(label);
    if (known !== undefined) return known.next();
    const made = this.dice.fork(`tie ${label}`);
    this.#ties.set(label, made);
    return made.next();
  }
}
