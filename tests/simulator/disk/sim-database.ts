import type { Dice } from "../world/dice.ts";
import type { Process } from "../world/process.ts";
import { never } from "../world/process.ts";
import type { World } from "../world/world.ts";

export type Durability = "strict" | "relaxed";

/** The database's own words for a disk that is full or a connection that broke; every call on the old handle then fails. */
export class DiskFailure extends Error {
  override readonly name = "DiskFailure";
}

export type DiskConditions = {
  /** Nothing more can be written, and the connection dies with the first attempt. */
  full: boolean;
  /** How often a commit is not told of, although it happened. */
  commitUnknown: number;
  /** How long a commit takes at most. */
  commitMs: number;
  /** How often a read takes longer than nothing. */
  slowRead: number;
};

export function goodDisk(): DiskConditions {
  return { full: false, commitUnknown: 0, commitMs: 4, slowRead: 0.05 };
}

type Write<T> = {
  readonly label: string;
  readonly durability: Durability;
  /** Does the whole transaction at once, and tells how to undo it. */
  readonly apply: () => { readonly value: T; readonly undo: () => void };
};

/**
 * A database on a terminal's disk, or a file: transactions one after another, all or nothing. What was not synced is there
 * after a crash of the app, and after a power cut only its first part is.
 */
export class SimDatabase {
  readonly #world: World;
  readonly #dice: Dice;
  readonly #name: string;
  #conditions: DiskConditions;
  #unsynced: (() => void)[] = [];
  #isBroken = false;
  #busyUntilMs = 0;

  constructor(world: World, name: string, conditions: DiskConditions) {
    this.#world = world;
    this.#name = name;
    this.#dice = world.dice.fork(`disk ${name}`);
    this.#conditions = conditions;
  }

  get unsyncedCount(): number {
    return this.#unsynced.length;
  }

  /** Tried again on a fresh connection when the old one broke, as the product's own handle does. */
  async write<T>(process: Process, write: Write<T>): Promise<T> {
    try {
      return await this.#tryWrite(process, write);
    } catch (error) {
      if (!(error instanceof DiskFailure) || this.#conditions.full) throw error;
      return await this.#tryWrite(process, write);
    }
  }

  #tryWrite<T>(process: Process, { label, durability, apply }: Write<T>): Promise<T> {
    if (!process.isAlive) return never();
    const { commitMs, commitUnknown } = this.#conditions;
    const delayMs = Math.max(this.#busyUntilMs + 1 - this.#world.nowMs, this.#dice.between(1, commitMs));
    this.#busyUntilMs = this.#world.nowMs + delayMs;
    return new Promise((resolve, reject) => {
      this.#world.at(delayMs, `${this.#name} ${label}`, () => {
        // Killed between the request and the commit: the browser's own process may or may not have got it.
        if (!process.isAlive && this.#dice.chance(0.5)) return;
        if (this.#conditions.full) {
          this.#isBroken = true;
          this.#world.sometimes("disk full");
          process.at(1, `${label} failed`, () => reject(new DiskFailure("UnknownError: the disk is full")));
          return;
        }
        const { value, undo } = apply();
        if (durability === "strict") this.#unsynced = [];
        else this.#unsynced.push(undo);
        if (!process.isAlive) this.#world.sometimes("killed between commit and its word");
        const isUnknown = commitUnknown > 0 && this.#dice.chance(commitUnknown);
        if (isUnknown) this.#world.sometimes("commit unknown on the terminal");
        process.at(this.#dice.between(0, 2), `${label} done`, () => {
          if (isUnknown) reject(new DiskFailure("InvalidStateError: the connection was closed"));
          else resolve(value);
        });
      });
    });
  }

  read<T>(process: Process, label: string, read: () => T): Promise<T> {
    if (!process.isAlive) return never();
    if (this.#isBroken && this.#conditions.full) {
      return process.answer(1, `${label} failed`, () => {
        throw new DiskFailure("the database cannot be opened while the disk is full");
      });
    }
    this.#isBroken = false;
    if (this.#dice.chance(this.#conditions.slowRead)) return process.answer(this.#dice.between(1, 3), label, read);
    return Promise.resolve(read());
  }

  /** The operating system writes by itself now and then. */
  flush(): void {
    this.#unsynced = [];
  }

  /** Keeps what was synced and a random first part of the rest; a half-written last transaction is as if it were not there. */
  losePower(): void {
    const lost = this.#unsynced.length === 0 ? 0 : this.#dice.between(0, this.#unsynced.length);
    if (this.#unsynced.length > 0) this.#world.sometimes("power lost with unsynced transactions");
    for (let count = 0; count < lost; count += 1) this.#unsynced.pop()?.();
    this.#unsynced = [];
  }

  /** Everything in it was replaced by something else. */
  forgetHistory(): void {
    this.#unsynced = [];
  }
}
