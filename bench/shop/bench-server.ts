import { rm } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import { pino } from "pino";
import { connect } from "../../apps/server/src/db/connect.ts";
import { migrate } from "../../apps/server/src/db/migrate.ts";
import type { ServerContext } from "../../apps/server/src/http/server-context.ts";
import { serve } from "../../apps/server/src/serve.ts";
import { temporaryFolder } from "../../apps/server/src/testing/temporary-folder.ts";
import { startProcess } from "./start-process.ts";

export type BenchServer = {
  /** For laying things out before anything is measured, in this process. */
  readonly context: ServerContext;
  readonly ownerUrl: string;
  /** Where the measured server, a process of its own, answers terminals. */
  readonly baseUrl: string;
  readonly officeUrl: string;
  /** A database of the same schema for what is compared with. */
  readonly otherDatabase: () => Promise<string>;
  readonly stop: () => Promise<void>;
};

export type BenchServerOptions = {
  readonly log: (line: string) => void;
  /** Folder for a profile of the server process, to be opened in a browser's developer tools. */
  readonly profileDir?: string | undefined;
};

/** Where the web apps stand, each with what was built of it. */
const SITE = join(import.meta.dirname, "../../apps");

/** PostgreSQL on an empty cluster with its usual durability, and the server beside it. */
export async function startBenchServer({ log, profileDir }: BenchServerOptions): Promise<BenchServer> {
  const dataDir = await temporaryFolder("holdfast-bench-");
  const database = await connect({ dataDir, databaseUrl: null, log });
  const options = { appUrl: database.appUrl, host: "127.0.0.1", siteDir: SITE, log: pino({ level: "warn" }) };
  const serving = await serve({ ...options, ports: [0, 0] });
  const profiling = profileDir === undefined ? [] : ["--cpu-prof", "--cpu-prof-dir", profileDir];
  const server = await startProcess("server-process.ts", { args: [database.appUrl, SITE], flags: profiling });
  const { office = 0, terminal = 0 } = server.ports;
  return {
    context: serving.context,
    ownerUrl: database.ownerUrl,
    baseUrl: `http://127.0.0.1:${terminal}`,
    officeUrl: `http://127.0.0.1:${office}`,
    otherDatabase: () => makeDatabase(database.ownerUrl),
    stop: async () => {
      await server.stop();
      await serving.stop();
      await database.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

let databases = 0;

async function makeDatabase(ownerUrl: string): Promise<string> {
  databases += 1;
  const name = `bench_${databases}`;
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  await client.query(`CREATE DATABASE ${name}`);
  await client.end();
  const url = new URL(ownerUrl);
  url.pathname = `/${name}`;
  await migrate(url.href);
  return url.href;
}
