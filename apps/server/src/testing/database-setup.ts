import { rm } from "node:fs/promises";
import { join } from "node:path";
import { startEmbeddedPostgres } from "../db/embedded/embedded-postgres.ts";
import { temporaryFolder } from "./temporary-folder.ts";
import { makeTemplate } from "./test-database.ts";

/** One server for the whole run, its template migrated once. HOLDFAST_TEST_ADMIN_URL names another server to test on. */
export async function setup(): Promise<() => Promise<void>> {
  const given = process.env.HOLDFAST_TEST_ADMIN_URL;
  if (given !== undefined) {
    await makeTemplate(given);
    return async () => undefined;
  }
  const folder = await temporaryFolder("holdfast-test-");
  const server = await startEmbeddedPostgres({ dataDir: join(folder, "postgres"), log: console.log });
  await makeTemplate(server.url);
  process.env.HOLDFAST_TEST_ADMIN_URL = server.url;
  return async () => {
    await server.stop("immediate");
    await rm(folder, { recursive: true, force: true });
  };
}
