import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmbeddedPostgres } from "../db/embedded/embedded-postgres.ts";
import { makeTemplate } from "./test-database.ts";

/** One server for the whole run, its template migrated once. HOLDFAST_TEST_ADMIN_URL names another server to test on. */
export async function setup(): Promise<() => Promise<void>> {
  const given = process.env.HOLDFAST_TEST_ADMIN_URL;
  if (given !== undefined) {
    await makeTemplate(given);
    return async () => undefined;
  }
  const folder = await mkdtemp(join(tmpdir(), "holdfast-test-"));
  await chmod(folder, 0o755); // root's server runs as another user, who must be let in
  const server = await startEmbeddedPostgres({ dataDir: join(folder, "postgres"), log: console.log });
  await makeTemplate(server.url);
  process.env.HOLDFAST_TEST_ADMIN_URL = server.url;
  return async () => {
    await server.stop("immediate");
    await rm(folder, { recursive: true, force: true });
  };
}
