import type { Cancel } from "@holdfast/sync/ports";
import type { World } from "./world.ts";

/**
 * A tab or a server process. What the world has for it is delivered while it runs, kept while it is frozen, and lost once it
 * is dead: code that waits for a dead process simply never goes on, as after a kill.
 */
export class Process {
  readonly name: string;
  readonly #world: World;
  #state: "running" | "frozen" | "dead" = "running";
  #held: (() => void)[] = [];
  readonly #mourners = new Set<() => void>();

  constructor(world: World, name: string) {
    this.#world = world;
    this.name = name;
  }

  get isAlive(): boolean {
    return this.#state !== "dead";
  }

  get isFrozen(): boolean {
    return this.#state === "frozen";
  }

  deliver(run: () => void): void {
    if (this.#state === "running") run();
    else if (this.#state === "frozen") this.#held.push(run);
  }

  at(delayMs: number, label: string, run: () => void): Cancel {
    return this.#world.at(delayMs, `${this.name} ${label}`, () => this.deliver(run));
  }

  /** What comes back from outside; to a dead process, nothing does. */
  answer<T>(delayMs: number, label: string, make: () => T): Promise<T> {
    return new Promise((resolve, reject) => {
      this.at(delayMs, label, () => {
        try {
          resolve(make());
        } catch (error) {
          reject(error);
        }
      });
    });
  }

  freeze(): void {
    if (this.#state === "running") this.#state = "frozen";
  }

  /** Everything that came meanwhile arrives at once. */
  thaw(): void {
    if (this.#state !== "frozen") return;
    this.#state = "running";
    const held = this.#held;
    this.#held = [];
    for (const run of held) this.deliver(run);
  }

  kill(): void {
    if (this.#state === "dead") return;
    this.#state = "dead";
    this.#held = [];
    for (const mourn of this.#mourners) mourn();
    this.#mourners.clear();
  }

  /** @returns how to stop caring */
  onDeath(mourn: () => void): Cancel {
    this.#mourners.add(mourn);
    return () => this.#mourners.delete(mourn);
  }
}

/** The answer that a dead process waits for. */
export function never<T>(): Promise<T> {
  return new Promise(() => undefined);
}
