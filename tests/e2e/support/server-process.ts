import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { createTestDatabase, type TestDatabase } from "../../../apps/server/src/testing/test-database.ts";

const ROOT = join(import.meta.dirname, "../../..");
const TERMINALS = 3;
const START_LIMIT_MS = 60_000;

/** The real server in a process of its own, that can be stopped, killed and started again on the same data. */
export class ServerProcess {
  readonly database: TestDatabase;
  readonly port: number;
  readonly #dataDir: string;
  #site: string | null = null;
  #child: ChildProcess | null = null;
  #said = "";

  private constructor(database: TestDatabase, dataDir: string, port: number) {
    this.database = database;
    this.#dataDir = dataDir;
    this.port = port;
  }

  static async start(): Promise<ServerProcess> {
    const database = await createTestDatabase();
    const dataDir = await mkdtemp(join(tmpdir(), "holdfast-e2e-"));
    // The serving role is one for the whole cluster: every server under test has to know its one password.
    await writeFile(join(dataDir, "app-password"), decodeURIComponent(new URL(database.appUrl).password));
    const server = new ServerProcess(database, dataDir, await freePorts(TERMINALS + 1));
    await server.up();
    return server;
  }

  get isUp(): boolean {
    return this.#child !== null;
  }

  get officeUrl(): string {
    return `http://localhost:${this.port}`;
  }

  terminalUrl(index: number): string {
    return `http://localhost:${this.port + 1 + index}`;
  }

  /** The code that the server printed for a terminal that is not enrolled yet. */
  enrolmentCode(index: number): string {
    const match = new RegExp(`:${this.port + 1 + index}/#enrol=(\\S+)`).exec(this.#said);
    if (match?.[1] === undefined) throw new Error(`the server printed no code for terminal ${index}:\n${this.#said}`);
    return match[1];
  }

  async up(): Promise<void> {
    this.#said = "";
    const args = [
      "apps/server/src/main.ts",
      "--port",
      String(this.port),
      "--data",
      this.#dataDir,
      "--terminals",
      String(TERMINALS),
    ];
    const child = spawn(process.execPath, args, {
      cwd: ROOT,
      env: {
        ...process.env,
        ...{ DATABASE_URL: this.database.ownerUrl, HOLDFAST_LOG: "error" },
        ...(this.#site === null ? {} : { HOLDFAST_SITE: this.#site }),
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#child = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        this.#said += text;
      });
    }
    child.once("exit", () => {
      if (this.#child === child) this.#child = null;
    });
    const deadline = Date.now() + START_LIMIT_MS;
    while (!this.#said.includes("Ctrl-C stops everything")) {
      if (child.exitCode !== null || Date.now() > deadline) throw new Error(`the server did not start:\n${this.#said}`);
      await delay(20);
    }
  }

  /** Its next process comes with these web apps; null for those of this build. */
  async releaseSite(folder: string | null): Promise<void> {
    await this.stop();
    this.#site = folder;
    await this.up();
  }

  /** Asks it to stop, as an operator would. */
  async stop(): Promise<void> {
    await this.#end("SIGTERM");
  }

  /** Takes it down without a warning. */
  async kill(): Promise<void> {
    await this.#end("SIGKILL");
  }

  async dispose(): Promise<void> {
    await this.stop();
    await this.database.drop();
    await rm(this.#dataDir, { recursive: true, force: true });
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    if (child === null) return;
    const exited = once(child, "exit");
    child.kill(signal);
    await exited;
    this.#child = null;
  }
}

/** The first of several neighbouring ports that are free now. */
async function freePorts(count: number): Promise<number> {
  for (;;) {
    const first = 20_000 + Math.floor(Math.random() * 20_000);
    const free = await Promise.all(Array.from({ length: count }, (_, index) => isFree(first + index)));
    if (free.every(Boolean)) return first;
  }
}

async function isFree(port: number): Promise<boolean> {
  const probe = createServer();
  try {
    probe.listen(port, "127.0.0.1");
    await once(probe, "listening");
    return true;
  } catch {
    return false;
  } finally {
    probe.close();
  }
}
