import { Kysely, PostgresDialect, sql } from "kysely";
import { type Migration, Migrator } from "kysely/migration";
import pg from "pg";
import { up as house } from "./migrations/0001-house.ts";
import { up as cashiersDay } from "./migrations/0002-cashiers-day.ts";
import { up as terminalUnsent } from "./migrations/0003-terminal-unsent.ts";
import { up as priceChanged } from "./migrations/0004-price-changed.ts";
import { up as terminalWipe } from "./migrations/0005-terminal-wipe.ts";

/** Forward only; a released migration never changes. */
const MIGRATIONS: Readonly<Record<string, Migration>> = {
  "0001-house": { up: house },
  "0002-cashiers-day": { up: cashiersDay },
  "0003-terminal-unsent": { up: terminalUnsent },
  "0004-price-changed": { up: priceChanged },
  "0005-terminal-wipe": { up: terminalWipe },
};

/** Tables on which the server may add and read but neither change nor delete. */
const APPEND_ONLY = [
  "log_entry",
  "journal_entry",
  "stock_movement",
  "sale",
  "sale_line",
  "sale_tender",
  "shift",
  "cash_movement",
  "account_payment",
  "cash_count",
  "z_report",
  "card_answer",
  "customer_movement",
  "stored_value_movement",
  "stock_count",
  "stock_count_line",
  "delivery",
  "serial_movement",
  "coupon_use",
  "trace",
  "office_event",
];

export const APP_ROLE = "holdfast_app";

/**
 * Brings the schema up to date as its owner, and gives the server's own role what it may do and no more.
 * @param ownerUrl connection of the owner role
 * @param appPassword password of `holdfast_app`; left as it is when not given
 */
export async function migrate(ownerUrl: string, appPassword?: string): Promise<void> {
  const db = new Kysely<unknown>({
    dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: ownerUrl, max: 1 }) }),
  });
  try {
    const migrator = new Migrator({ db, provider: { getMigrations: async () => MIGRATIONS } });
    const { error } = await migrator.migrateToLatest();
    if (error !== undefined) throw error;
    await grantAppRole(db, appPassword);
    // Prepared plans made without statistics live as long as their connection.
    await sql`ANALYZE`.execute(db);
  } finally {
    await db.destroy();
  }
}

async function grantAppRole(db: Kysely<unknown>, appPassword: string | undefined): Promise<void> {
  const existing = await sql<{ rolname: string }>`SELECT rolname FROM pg_roles WHERE rolname = ${APP_ROLE}`.execute(db);
  if (existing.rows.length === 0) await sql.raw(`CREATE ROLE ${APP_ROLE} LOGIN`).execute(db);
  if (appPassword !== undefined)
    await sql.raw(`ALTER ROLE ${APP_ROLE} PASSWORD '${appPassword.replaceAll("'", "''")}'`).execute(db);
  await sql.raw(`GRANT USAGE ON SCHEMA public TO ${APP_ROLE}`).execute(db);
  await sql.raw(`GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ${APP_ROLE}`).execute(db);
  await sql.raw(`REVOKE UPDATE, DELETE, TRUNCATE ON ${APPEND_ONLY.join(", ")} FROM ${APP_ROLE}`).execute(db);
  await sql.raw(`REVOKE ALL ON kysely_migration, kysely_migration_lock FROM ${APP_ROLE}`).execute(db);
}
