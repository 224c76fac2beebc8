import { type Kysely, sql } from "kysely";

/** What a terminal said, when it was last heard of, of the records that it had still to send. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    ALTER TABLE terminal
      ADD COLUMN unsent integer CHECK (unsent >= 0),
      ADD COLUMN oldest_unsent_at timestamptz`.execute(db);
}
