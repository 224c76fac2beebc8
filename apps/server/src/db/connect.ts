import { randomBytes } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { startEmbeddedPostgres } from "./embedded/embedded-postgres.ts";
import { APP_ROLE, migrate } from "./migrate.ts";

export type Connected = {
  /** Address of the role that owns the schema. */
  readonly ownerUrl: string;
  /** Address of the role that serves. */
  readonly appUrl: string;
  readonly stop: () => Promise<void>;
};

export type ConnectOptions = {
  readonly dataDir: string;
  readonly databaseUrl: string | null;
  readonly log: (line: string) => void;
};

/** The database to serve from: migrated by its owner, served by a role that may do less. */
export async function connect({ dataDir, databaseUrl, log }: ConnectOptions): Promise<Connected> {
  await mkdir(dataDir, { recursive: true });
  const embedded =
    databaseUrl === null ? await startEmbeddedPostgres({ dataDir: join(dataDir, "postgres"), log }) : null;
  const ownerUrl = databaseUrl ?? embedded?.url ?? "";
  try {
    const password = await appPassword(dataDir);
    await migrate(ownerUrl, password);
    const appUrl = new URL(ownerUrl);
    appUrl.username = APP_ROLE;
    appUrl.password = password;
    return { ownerUrl, appUrl: appUrl.href, stop: async () => await embedded?.stop() };
  } catch (error) {
    await embedded?.stop();
    throw error;
  }
}

/** Made once and kept beside the data, readable by its owner only. */
async function appPassword(dataDir: string): Promise<string> {
  const file = join(dataDir, "app-password");
  try {
    return await readFile(file, "utf8");
  } catch {
    const password = randomBytes(24).toString("base64url");
    await writeFile(file, password, { mode: 0o600 });
    return password;
  }
}
