import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { DatabaseStartFailure } from "./failure.ts";
import { commandLine, processName } from "./process-table.ts";

const ORPHAN_STOP_LIMIT_MS = 60_000;
const POLL_MS = 50;

/** The setting that tells whose server it is; PostgreSQL accepts and ignores names with a dot. */
export const OWNER_SETTING = "holdfast.started_by";

/** Stops a server of ours that outlived the process that started it, and disarms the pid file of one that is long gone. */
export async function stopOrphan(dataFolder: string, log: (line: string) => void): Promise<void> {
  const pidFile = join(dataFolder, "postmaster.pid");
  const text = await readFile(pidFile, "utf8").catch(() => "");
  const pid = Number.parseInt(text, 10);
  const command = Number.isNaN(pid) ? undefined : commandLine(pid);
  if (command === undefined) return; // no server, or a dead one, which PostgreSQL itself knows how to clean up after
  if (!command.includes(dataFolder)) return disarm(pidFile, text);

  const startedBy = command.match(new RegExp(`${OWNER_SETTING}=(\\S+)`))?.[1] ?? "";
  const owner = Number.parseInt(startedBy, 10);
  if (processName(owner) === startedBy) {
    throw new DatabaseStartFailure(`Holdfast already runs on ${dataFolder} (process ${owner}): stop it first.`);
  }
  log(`Stopping the database server ${pid}, which a killed Holdfast left behind`);
  await stopProcess(pid);
}

/**
 * The number in the file now belongs to another program, and PostgreSQL would refuse to start. With our own number there it
 * goes on to its second check, whether any old process still has the shared memory; without the file it could not.
 */
async function disarm(pidFile: string, text: string): Promise<void> {
  await writeFile(pidFile, text.replace(/^\d+/, String(process.pid)));
}

async function stopProcess(pid: number): Promise<void> {
  const name = processName(pid);
  const deadline = performance.now() + ORPHAN_STOP_LIMIT_MS;
  process.kill(pid, "SIGINT");
  while (name !== undefined && processName(pid) === name) {
    if (performance.now() > deadline) {
      throw new DatabaseStartFailure(`The database server ${pid}, left behind by a killed Holdfast, does not stop.`);
    }
    await delay(POLL_MS);
  }
}
