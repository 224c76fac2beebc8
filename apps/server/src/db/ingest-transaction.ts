import { type ControlledTransaction, Kysely, PostgresDialect, sql } from "kysely";
import pg from "pg";
import { ATTEMPTS_MAX, isRetryable, Raced, type Tx } from "./database.ts";
import { Lane } from "./lane.ts";

/** One transaction on one connection, for statements of either kind: by the driver itself, or through the query builder. */
export type IngestTransaction = {
  readonly lane: Lane;
  readonly tx: Tx;
};

/**
 * Constraints that only break when another request wrote the same entries or events a moment before: then it is the other
 * that counts, and this one looks again and finds everything there.
 */
const RACED_CONSTRAINTS = new Set(["log_entry_pkey", "log_stream_pkey", "inv_04_event_once"]);

/** How often a connection may go on with plans it made: one made while a table was empty looks rows up by the wrong index. */
const PLANS_KEPT_MS = 1_000;

/**
 * A transaction for what has to be fast: statements are prepared once a connection, rows go in by COPY. The work may run
 * several times, so it must do nothing but talk to its transaction.
 */
export async function inIngestTransaction<T>(
  pool: pg.Pool,
  work: (transaction: IngestTransaction) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    const client = await pool.connect();
    let broken: Error | undefined;
    try {
      return await tryOnce(client, work);
    } catch (error) {
      if (error instanceof RollbackFailed) broken = error;
      const cause = error instanceof RollbackFailed ? error.cause : error;
      if (attempt >= ATTEMPTS_MAX || !isRetryable(cause)) throw cause;
    } finally {
      client.release(broken);
    }
  }
}

/** The connection is of no use any more and is thrown away; the cause is what happened first. */
class RollbackFailed extends Error {
  override readonly name = "RollbackFailed";
}

async function tryOnce<T>(client: pg.PoolClient, work: (transaction: IngestTransaction) => Promise<T>): Promise<T> {
  const connection = connectionOf(client);
  const { lane } = connection;
  const tx = await begin(connection);
  try {
    const result = await work({ lane, tx });
    await lane.settle();
    await tx.commit().execute();
    return result;
  } catch (error) {
    const cause = isRaced(error) ? new Raced("another request wrote the same just now", { cause: error }) : error;
    try {
      await lane.clear();
      await tx.rollback().execute();
    } catch {
      throw new RollbackFailed("the transaction could not be rolled back", { cause });
    }
    throw cause;
  }
}

type Connection = { readonly lane: Lane; readonly queries: Kysely<unknown>; plansMadeAt: number };
const connections = new WeakMap<pg.PoolClient, Connection>();

function connectionOf(client: pg.PoolClient): Connection {
  const known = connections.get(client);
  if (known !== undefined) return known;
  const lane = new Lane(client);
  const made = { lane, queries: queriesOn(lane), plansMadeAt: Number.NEGATIVE_INFINITY };
  connections.set(client, made);
  return made;
}

async function begin(connection: Connection): Promise<ControlledTransaction<unknown>> {
  const now = performance.now();
  if (now - connection.plansMadeAt > PLANS_KEPT_MS) {
    connection.plansMadeAt = now;
    await sql`DISCARD PLANS`.execute(connection.queries);
  }
  return await connection.queries.startTransaction().execute();
}

/** The query builder on this very connection, which stays with whoever took it from the pool. */
function queriesOn(lane: Lane): Kysely<unknown> {
  const query = ((text: string, values: readonly unknown[]) => lane.query(text, [...values])) as pg.PoolClient["query"];
  const connect = async () => ({ query, release: () => undefined });
  const pool = { connect, end: async () => undefined, options: {} };
  return new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
}

function isRaced(error: unknown): boolean {
  return error instanceof pg.DatabaseError && RACED_CONSTRAINTS.has(error.constraint ?? "");
}
