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

type Stop = { readonly untilMs: number; readonly isDone: () => boolean };

const EVENTS_IN_A_TURN = 64;

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
  /** An event has begun, and nobody has looked at what followed from it yet. */
  #isUnderWay = false;
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
    const stop: Stop = { untilMs, isDone };
    await this.settle();
    while (!(await this.#stretch(stop))) await this.settle();
    if (this.#broken !== null) throw new RuleBroken(this.#broken);
    this.#nowMs = Math.max(this.#nowMs, isDone() ? this.#nowMs : untilMs);
  }

  /** A turn of the event loop begins only when no microtask is left. */
  async settle(): Promise<void> {
    await new Promise(setImmediate);
    while (this.#outside > 0) await new Promise(setImmediate);
  }

  /**
   * Several events in one turn of the event loop, which costs more than most of them: between two callbacks of one turn, too,
   * no microtask is left. @returns whether the run is over
   */
  #stretch(stop: Stop): Promise<boolean> {
    return new Promise((resolve, reject) => {
      let left = EVENTS_IN_A_TURN;
      let isOver = false;
      const step = (): void => {
        left -= 1;
        try {
          if (!isOver && this.#outside === 0) isOver = !this.#step(stop);
        } catch (error) {
          reject(error);
          isOver = true;
        }
        if (left === 0) resolve(isOver);
      };
      for (let each = left; each > 0; each -= 1) setImmediate(step);
    });
  }

  /** Ends the event before, once everything that followed from it has happened, and begins the next; false where there is none. */
  #step({ untilMs, isDone }: Stop): boolean {
    if (this.#isUnderWay) for (const look of this.#watchers) look();
    this.#isUnderWay = false;
    if (this.#broken !== null || isDone()) return false;
    let next = this.#queue.peek();
    for (; next !== undefined && next.run === null && next.atMs <= untilMs; next = this.#queue.peek())
      this.#queue.pop();
    if (next === undefined || next.run === null || next.atMs > untilMs) return false;
    this.#queue.pop();
    this.#nowMs = next.atMs;
    this.#events += 1;
    this.trace.note(`${next.atMs} ${next.label}`);
    this.#isUnderWay = true;
    next.run();
    return true;
  }

  #tieOf(label: string): number {
    const known = this.#ties.get(label);
    if (known !== undefined) return known.next();
    const made = this.dice.fork(`tie ${label}`);
    this.#ties.set(label, made);
    return made.next();
  }
}
