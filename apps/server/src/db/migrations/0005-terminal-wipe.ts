import { type Kysely, sql } from "kysely";

/** Somebody asked that a terminal bring what it holds and then destroy its copies; and when it said that it had. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    ALTER TABLE terminal
      ADD COLUMN wipe_asked_at timestamptz,
      ADD COLUMN wiped_at timestamptz`.execute(db);
}
