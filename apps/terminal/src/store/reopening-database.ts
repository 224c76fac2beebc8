import { type DBSchema, type IDBPDatabase, type OpenDBCallbacks, openDB } from "idb";

export type DatabaseDefinition<Schema extends DBSchema> = {
  readonly name: string;
  readonly version: number;
  readonly upgrade: NonNullable<OpenDBCallbacks<Schema>["upgrade"]>;
};

const HEALINGS_MAX = 3;

/**
 * A database handle that heals itself: a full disk, a damaged file or the browser closes the connection under us, and then
 * every later call on the old handle fails although the data are there. What failed is tried again on a fresh one.
 */
export class ReopeningDatabase<Schema extends DBSchema> {
  readonly #definition: DatabaseDefinition<Schema>;
  #db: Promise<IDBPDatabase<Schema>> | null = null;

  constructor(definition: DatabaseDefinition<Schema>) {
    this.#definition = definition;
  }

  /** @param work may run again from the start, so it must be one whole transaction */
  async use<T>(work: (db: IDBPDatabase<Schema>) => Promise<T>): Promise<T> {
    for (let healing = 0; ; healing += 1) {
      try {
        this.#db ??= this.#open();
        return await work(await this.#db);
      } catch (error) {
        // Whatever it was, and above all where it could not be opened: a full disk's refusal must not be the answer for ever.
        await this.close();
        if (healing >= HEALINGS_MAX || !isBrokenConnection(error)) throw error;
      }
    }
  }

  async close(): Promise<void> {
    const db = this.#db;
    this.#db = null;
    (await db?.catch(() => null))?.close();
  }

  async #open(): Promise<IDBPDatabase<Schema>> {
    const { name, version, upgrade } = this.#definition;
    const db = await openDB<Schema>(name, version, {
      upgrade,
      // A newer build waits for this connection to end: it ends at once and the work goes on with what is then there.
      blocking: () => void this.close(),
      terminated: () => {
        this.#db = null;
      },
    });
    return db;
  }
}

const BROKEN = new Set(["InvalidStateError", "UnknownError", "AbortError"]);

function isBrokenConnection(error: unknown): boolean {
  return error instanceof DOMException && BROKEN.has(error.name);
}
