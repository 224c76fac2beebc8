import { once } from "node:events";
import type pg from "pg";
import { from as copyFrom } from "pg-copy-streams";

/**
 * The statements of one connection, one after the other. Rows that only go in need not be waited for: the database takes
 * them while the next ones are made. If it does not take them, whatever comes next fails with its reason.
 */
export class Lane {
  readonly #client: pg.ClientBase;
  #tail: Promise<unknown> = Promise.resolve();
  #failure: { readonly error: unknown } | null = null;

  constructor(client: pg.ClientBase) {
    this.#client = client;
  }

  query<Row extends pg.QueryResultRow>(
    statement: string | pg.QueryConfig,
    values?: unknown[],
  ): Promise<pg.QueryResult<Row>> {
    return this.#inTurn(() => this.#client.query<Row>(statement, values));
  }

  copy(statement: string, bytes: Buffer): void {
    const turn = this.#inTurn(async () => {
      const stream = this.#client.query(copyFrom(statement));
      stream.end(bytes);
      await once(stream, "finish");
    });
    this.#tail = turn.catch((error: unknown) => {
      this.#failure ??= { error };
    });
  }

  /** Everything that went before was taken, or this says why not. */
  async settle(): Promise<void> {
    await this.#inTurn(async () => undefined);
  }

  /** Forgets what failed, once nothing is under way any more: for a rollback. */
  async clear(): Promise<void> {
    await this.#tail;
    this.#failure = null;
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#tail.then(() => {
      if (this.#failure !== null) throw this.#failure.error;
      return work();
    });
    this.#tail = turn.catch(() => undefined);
    return turn;
  }
}
