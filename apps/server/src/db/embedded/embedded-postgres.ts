import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { open, readFile, rename } from "node:fs/promises";
import { join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { DATABASE, dataFolder, makeCluster, OWNER, ownerPassword } from "./cluster.ts";
import { type ClusterHome, findClusterHome } from "./cluster-home.ts";
import { DatabaseStartFailure, startFailure, startFailureFromLog } from "./failure.ts";
import { OWNER_SETTING, stopOrphan } from "./orphan.ts";
import { freePort } from "./port.ts";
import { processName } from "./process-table.ts";
import { surroundings } from "./run.ts";

const READY_LIMIT_MS = 10 * 60_000; // recovery after a crash replays up to max_wal_size
const STOP_LIMIT_MS = 60_000;
const POLL_MS = 20;
const PATIENCE_MS = 5_000;
const STATUS_LINE = 7;

const SETTINGS = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  max_connections: "100",
  shared_buffers: "256MB",
  max_wal_size: "1GB",
  fsync: "on",
  synchronous_commit: "on",
  full_page_writes: "on",
  timezone: "UTC",
  log_timezone: "UTC",
  log_line_prefix: "%m [%p] ",
} as const;

export type EmbeddedPostgresOptions = {
  readonly dataDir: string;
  /** Any free port if left out. */
  readonly port?: number;
  readonly log: (line: string) => void;
  /** Where root keeps what the server's own user could not reach in `dataDir`. */
  readonly sharedDir?: string;
};

export type EmbeddedPostgres = {
  /** The owner's address: whoever has it may do everything. */
  readonly url: string;
  readonly port: number;
  /** `fast` ends sessions and writes a checkpoint; `immediate` is a crash that the next start recovers from. */
  stop(mode?: "fast" | "immediate"): Promise<void>;
};

/**
 * Starts the PostgreSQL server that came with npm, on a cluster of our own that is made when it is not there. The server
 * listens on the loopback address only, and ends with this process however that ends.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  try {
    return await start(options);
  } catch (error) {
    if (error instanceof DatabaseStartFailure) throw error;
    throw startFailure("The database could not be started.", error instanceof Error ? error.message : String(error));
  }
}

async function start(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { dataDir, log, sharedDir = "/var/lib/holdfast" } = options;
  const home = await findClusterHome(resolve(dataDir), sharedDir);
  await stopOrphan(dataFolder(home), log);
  await makeCluster(home, log);
  const port = await freePort(options.port);
  const password = await ownerPassword(home);
  const logFile = await nextLogFile(home);
  const server = await spawnServer(home, port, logFile);
  stopWithUs(server, home);
  await untilReady(server, home, { logFile, log });

  let isStopping = false;
  server.once("exit", () => {
    if (!isStopping)
      void startFailureFromLog("PostgreSQL ended by itself.", logFile).then(({ message }) => log(message));
  });
  return {
    url: `postgres://${OWNER}:${password}@127.0.0.1:${port}/${DATABASE}`,
    port,
    stop: async (mode = "fast") => {
      isStopping = true;
      await stopServer(server, mode);
    },
  };
}

/** The log of this start and of the one before are kept. */
async function nextLogFile(home: ClusterHome): Promise<string> {
  const logFile = join(home.folder, "server.log");
  await rename(logFile, join(home.folder, "server.previous.log")).catch(() => undefined);
  return logFile;
}

/** In a session of its own: Ctrl-C is for us, who still need the database to finish what is under way. */
async function spawnServer(home: ClusterHome, port: number, logFile: string): Promise<ChildProcess> {
  const settings = { ...SETTINGS, port, [OWNER_SETTING]: processName(process.pid) ?? "" };
  const args = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const output = await open(logFile, "w", 0o600);
  const server = spawn(join(home.bin, "postgres"), ["-D", dataFolder(home), ...args], {
    ...surroundings(home.as),
    stdio: ["ignore", output.fd, output.fd],
    detached: true,
  });
  server.unref();
  await Promise.race([once(server, "spawn"), once(server, "error").then(([error]) => Promise.reject(error))]);
  await output.close();
  return server;
}

type Reporting = { readonly logFile: string; readonly log: (line: string) => void };

async function untilReady(server: ChildProcess, home: ClusterHome, { logFile, log }: Reporting): Promise<void> {
  const startedAt = performance.now();
  let sayWaitingAt = startedAt + PATIENCE_MS;
  while (!(await isReady(server, home))) {
    if (hasEnded(server)) throw await startFailureFromLog("PostgreSQL did not start.", logFile);
    const now = performance.now();
    if (now > startedAt + READY_LIMIT_MS) {
      await stopServer(server, "fast");
      throw await startFailureFromLog("PostgreSQL did not become ready.", logFile);
    }
    if (now > sayWaitingAt) {
      log("The database is still starting: it may be recovering from a power cut");
      sayWaitingAt = now + PATIENCE_MS;
    }
    await delay(POLL_MS);
  }
}

async function isReady(server: ChildProcess, home: ClusterHome): Promise<boolean> {
  const lines = (await readFile(join(dataFolder(home), "postmaster.pid"), "utf8").catch(() => "")).split("\n");
  return lines[0] === String(server.pid) && lines[STATUS_LINE]?.trim() === "ready";
}

/** A shell whose input ends when this process does, even by SIGKILL, and which then asks the server to stop. */
function stopWithUs(server: ChildProcess, home: ClusterHome): void {
  const script = 'cat; [ "$(head -n 1 "$0")" = "$1" ] && kill -INT "$1"'; // the file is gone once the server has stopped
  const pidFile = join(dataFolder(home), "postmaster.pid");
  const watchdog = spawn("/bin/sh", ["-c", script, pidFile, String(server.pid)], {
    ...surroundings(home.as),
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
  });
  watchdog.unref();
  watchdog.stdin.on("error", () => undefined); // somebody killed the shell: then the next start looks after the server
  server.once("exit", () => watchdog.stdin.end());
}

async function stopServer(server: ChildProcess, mode: "fast" | "immediate"): Promise<void> {
  if (hasEnded(server)) return;
  const ended = once(server, "exit");
  server.ref();
  server.kill(mode === "fast" ? "SIGINT" : "SIGQUIT");
  const limit = setTimeout(() => server.kill("SIGQUIT"), STOP_LIMIT_MS);
  await ended;
  clearTimeout(limit);
}

function hasEnded(server: ChildProcess): boolean {
  return server.exitCode !== null || server.signalCode !== null;
}
