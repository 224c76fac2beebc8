import { type Kysely, sql } from "kysely";

/** Since when a list says what it says: of a sale that is older nobody can tell any more what it said then. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`ALTER TABLE price ADD COLUMN changed_at timestamptz NOT NULL DEFAULT now()`.execute(db);
}
