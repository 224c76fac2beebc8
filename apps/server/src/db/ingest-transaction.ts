import pg from "pg";
import { ATTEMPTS_MAX, isRetryable, Raced } from "./database.ts";

/**
 * Constraints that only break when another request wrote the same entries or events a moment before: then it is the other
 * that counts, and this one looks again and finds everything there.
 */
const RACED_CONSTRAINTS = new Set(["log_entry_pkey", "log_stream_pkey", "inv_04_event_once"]);

/** How often a connection may go on with plans it made: one made while a table was empty looks rows up by the wrong index. */
const PLANS_KEPT_MS = 1_000;
const plansMadeAt = new WeakMap<pg.PoolClient, number>();

/**
 * A transaction on a connection of its own, for what has to be fast: statements are prepared once, rows go in by COPY. The
 * work may run several times, so it must do nothing but talk to its transaction.
 */
export async function inIngestTransaction<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    const client = await pool.connect();
    try {
      await forgetOldPlans(client);
      await client.query("BEGIN");
      const result = await work(client);
      await client.query("COMMIT");
      client.release();
      return result;
    } catch (error) {
      await rollBack(client);
      if (attempt >= ATTEMPTS_MAX || !(isRetryable(error) || isRaced(error))) throw error;
    }
  }
}

async function forgetOldPlans(client: pg.PoolClient): Promise<void> {
  const now = performance.now();
  if (now - (plansMadeAt.get(client) ?? Number.NEGATIVE_INFINITY) < PLANS_KEPT_MS) return;
  plansMadeAt.set(client, now);
  await client.query("DISCARD PLANS");
}

/** A connection that cannot even roll back is thrown away. */
async function rollBack(client: pg.PoolClient): Promise<void> {
  try {
    await client.query("ROLLBACK");
    client.release();
  } catch (error) {
    client.release(error instanceof Error ? error : true);
  }
}

function isRaced(error: unknown): boolean {
  return error instanceof Raced || (error instanceof pg.DatabaseError && RACED_CONSTRAINTS.has(error.constraint ?? ""));
}
