import { randomUUID } from "node:crypto";
import pg from "pg";
import { APP_ROLE, migrate } from "../db/migrate.ts";

const TEMPLATE = "holdfast_template";
const APP_PASSWORD = "holdfast-test";

export type TestDatabase = {
  /** The role that migrates: it may do everything. */
  readonly ownerUrl: string;
  /** The role that serves. */
  readonly appUrl: string;
  drop(): Promise<void>;
};

/** A fresh, migrated, empty database for one test file: a copy of the run's template. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const adminUrl = process.env.HOLDFAST_TEST_ADMIN_URL;
  if (adminUrl === undefined)
    throw new Error("Database tests run in Vitest's project `database`, which starts PostgreSQL.");
  const name = `holdfast_test_${randomUUID().replaceAll("-", "")}`;
  await execute(adminUrl, `CREATE DATABASE ${name} TEMPLATE ${TEMPLATE}`);
  const ownerUrl = addressOf(adminUrl, name);
  return {
    ownerUrl,
    appUrl: asAppRole(ownerUrl),
    drop: () => execute(adminUrl, `DROP DATABASE ${name} WITH (FORCE)`),
  };
}

export async function makeTemplate(adminUrl: string): Promise<void> {
  await execute(adminUrl, `DROP DATABASE IF EXISTS ${TEMPLATE} WITH (FORCE)`);
  await execute(adminUrl, `CREATE DATABASE ${TEMPLATE}`);
  await migrate(addressOf(adminUrl, TEMPLATE), APP_PASSWORD);
}

async function execute(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

function addressOf(url: string, database: string): string {
  const address = new URL(url);
  address.pathname = `/${database}`;
  return address.href;
}

function asAppRole(url: string): string {
  const address = new URL(url);
  address.username = APP_ROLE;
  address.password = APP_PASSWORD;
  return address.href;
}
