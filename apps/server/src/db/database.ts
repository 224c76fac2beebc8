import { Kysely, PostgresDialect, sql, type Transaction } from "kysely";
import pg from "pg";

/** Rows are parsed where each query stands, so the schema type of the builder stays empty. */
export type Db = Kysely<unknown>;
export type Tx = Transaction<unknown>;

// bigint columns hold minor units, units and revisions: all safe integers by the domain's own assertion.
pg.types.setTypeParser(pg.types.builtins.INT8, (text) => {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`a bigint beyond the safe integers: ${text}`);
  return value;
});
// A calendar day stays a day; the driver would make a moment of it in the server's own zone.
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text);

export type DatabaseOptions = {
  readonly url: string;
  readonly connectionsMax: number;
  readonly onError: (error: Error) => void;
};

/** Every statement of the hot path names its rows by their keys: a young table must not tempt the planner to read it whole. */
const BY_KEY = "-c enable_seqscan=off -c jit=off";

/** Connections to one database: as a pool for what has to be fast, and behind the query builder for everything else. */
export type Database = { readonly db: Db; readonly pool: pg.Pool };

export function openDatabase({ url, connectionsMax, onError }: DatabaseOptions): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: connectionsMax,
    maxLifetimeSeconds: 600,
    keepAlive: true,
    options: BY_KEY,
  });
  // Of a connection that is lent out the pool hears nothing: without a listener its end would be the end of the process.
  pool.on("connect", (client) => client.on("error", onError));
  pool.on("error", () => undefined);
  return { db: new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) }), pool };
}

export const ATTEMPTS_MAX = 8;

/** Losing a race is normal under load: the database says so with these codes and the work is done again. */
const RETRYABLE = new Set(["40001", "40P01", "55P03"]);

/** Thrown inside a transaction that found its premises changed by another one. */
export class Raced extends Error {
  override readonly name = "Raced";
}

/**
 * The one way to change anything. The work may run several times, so it must do nothing but talk to its transaction.
 * Plans of an earlier day are dropped first: those for the checks of foreign keys would otherwise live as long as the
 * connection, and one made while a table was empty looks up its rows by the wrong index for ever, a hundred times slower.
 */
export async function inTransaction<T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await db.transaction().execute(async (tx) => {
        await sql`DISCARD PLANS`.execute(tx);
        return await work(tx);
      });
    } catch (error) {
      if (attempt >= ATTEMPTS_MAX || !isRetryable(error)) throw error;
    }
  }
}

/** One consistent picture for a report or a feed page: everything read inside sees the same moment. */
export async function inSnapshot<T>(db: Db, read: (tx: Tx) => Promise<T>): Promise<T> {
  return await db.transaction().setIsolationLevel("repeatable read").setAccessMode("read only").execute(read);
}

export function isRetryable(error: unknown): boolean {
  return error instanceof Raced || (error instanceof pg.DatabaseError && RETRYABLE.has(error.code ?? ""));
}

const REQUIRED_SETTINGS = { fsync: "on", synchronous_commit: "on", full_page_writes: "on" } as const;

/** Refuses to serve on a database that may forget what it has confirmed. */
export async function assertDurable(db: Db): Promise<void> {
  for (const [name, wanted] of Object.entries(REQUIRED_SETTINGS)) {
    const { rows } = await sql<{ value: string }>`SELECT current_setting(${name}) AS value`.execute(db);
    const found = rows[0]?.value;
    if (found !== wanted) {
      throw new Error(
        `PostgreSQL runs with ${name} = ${found}: it could lose confirmed sales. Set ${name} = ${wanted} and start again.`,
      );
    }
  }
}
