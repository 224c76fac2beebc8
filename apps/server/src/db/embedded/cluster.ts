import { randomBytes } from "node:crypto";
import { chown, open, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ClusterHome } from "./cluster-home.ts";
import { startFailure } from "./failure.ts";
import { run } from "./run.ts";

export const OWNER = "holdfast_owner";
export const DATABASE = "holdfast";

export function dataFolder(home: ClusterHome): string {
  return join(home.folder, "data");
}

export async function ownerPassword(home: ClusterHome): Promise<string> {
  return await readFile(join(home.folder, "password"), "utf8");
}

/**
 * Makes the cluster unless it is there. It is made under another name and renamed when it is complete, so that a folder
 * `data` always is a whole one and is never removed, and what a killed attempt left behind can be.
 */
export async function makeCluster(home: ClusterHome, log: (line: string) => void): Promise<void> {
  const isThere = await stat(join(dataFolder(home), "PG_VERSION")).then(
    () => true,
    () => false,
  );
  if (isThere) return;
  log("Making the database (once, a few seconds)");
  const unfinished = join(home.folder, "data.unfinished");
  await rm(unfinished, { recursive: true, force: true });
  await writePassword(home);
  await mustRun(home, ["initdb", ...initdbArguments(home, unfinished)]);
  const createDatabase = `CREATE DATABASE ${DATABASE};\n`;
  await mustRun(home, ["postgres", "--single", "-D", unfinished, "postgres"], createDatabase);
  await rename(unfinished, dataFolder(home));
  await syncFolder(home.folder);
}

async function writePassword(home: ClusterHome): Promise<void> {
  const file = join(home.folder, "password");
  await rm(file, { force: true });
  await writeFile(file, randomBytes(24).toString("base64url"), { mode: 0o600, flush: true });
  if (home.as !== undefined) await chown(file, home.as.uid, home.as.gid);
}

function initdbArguments(home: ClusterHome, folder: string): string[] {
  return [
    ...["--pgdata", folder, "--username", OWNER, "--pwfile", join(home.folder, "password")],
    ...["--auth-host", "scram-sha-256", "--auth-local", "reject"],
    ...["--encoding", "UTF8", "--locale", "C", "--locale-provider", "builtin", "--builtin-locale", "C.UTF-8"],
  ];
}

async function mustRun(home: ClusterHome, [program = "", ...args]: string[], input = ""): Promise<void> {
  const { code, output } = await run(join(home.bin, program), args, { as: home.as, input });
  if (code !== 0) throw startFailure(`The database could not be made in ${home.folder}.`, output);
}

/** A rename is on disk only when the folder that holds the name is. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder);
  await handle.sync();
  await handle.close();
}
