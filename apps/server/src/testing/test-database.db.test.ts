import pg from "pg";
import { expect, onTestFinished, test } from "vitest";
import { createTestDatabase } from "./test-database.ts";

async function columnOf(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query({ text: sql, rowMode: "array" })).rows.flat();
  } finally {
    await client.end();
  }
}

test("each test database is migrated, and its own", async () => {
  const [first, second] = await Promise.all([createTestDatabase(), createTestDatabase()]);
  onTestFinished(async () => {
    await Promise.all([first.drop(), second.drop()]);
  });
  await columnOf(first.ownerUrl, "create table mine ()");
  expect(await columnOf(second.ownerUrl, "select to_regclass('mine'), to_regclass('merchant') is not null")).toEqual([
    null,
    true,
  ]);
});

test("the serving role can neither change the schema nor what is append-only", async () => {
  const database = await createTestDatabase();
  onTestFinished(database.drop);
  expect(await columnOf(database.appUrl, "select current_user::text")).toEqual(["holdfast_app"]);
  await expect(columnOf(database.appUrl, "create table mine ()")).rejects.toThrow("permission denied");
  await expect(columnOf(database.appUrl, "delete from log_entry")).rejects.toThrow("permission denied");
});
