import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, chown, cp, mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import pg from "pg";
import { describe, expect, onTestFinished, test } from "vitest";
import { temporaryFolder } from "../../testing/temporary-folder.ts";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "./embedded-postgres.ts";
import { run } from "./run.ts";
import { mayUse, serverUser } from "./system-user.ts";

const isRoot = process.getuid?.() === 0;
const NOBODY = { uid: 65_534, gid: 65_534 };
const fixture = join(import.meta.dirname, "start-and-wait.fixture.ts");

/** A folder with a clone that every user may enter, and with whatever root keeps outside a clone. */
async function openFolder(): Promise<string> {
  const folder = await temporaryFolder("holdfast-db-");
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await mkdir(join(folder, "clone"));
  await chmod(join(folder, "clone"), 0o755);
  return folder;
}

async function start(folder: string, more: { port?: number; clone?: string; said?: string[] } = {}) {
  const { clone = "clone", said = [], ...options } = more;
  const server = await startEmbeddedPostgres({
    dataDir: join(folder, clone, "postgres"),
    sharedDir: join(folder, "shared"),
    log: (line) => said.push(line),
    ...options,
  });
  onTestFinished(() => server.stop("immediate"));
  return server;
}

async function ask(server: Pick<EmbeddedPostgres, "url">, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  try {
    const { rows } = await client.query({ text: sql, rowMode: "array" });
    return rows.flat();
  } finally {
    await client.end();
  }
}

async function makeNotes(server: EmbeddedPostgres): Promise<void> {
  await ask(server, "create table note (text text)");
  await ask(server, "insert into note values ('kept')");
}

/** A Holdfast of its own process, which can be killed. */
async function startFixture(dataDir: string, as?: typeof NOBODY): Promise<{ holdfast: ChildProcess; url: string }> {
  const holdfast = spawn(process.execPath, [fixture, dataDir], {
    stdio: ["ignore", "pipe", "inherit"],
    cwd: "/",
    ...as,
  });
  onTestFinished(() => {
    holdfast.kill("SIGKILL");
  });
  const [url] = await once(holdfast.stdout, "data");
  return { holdfast, url: String(url).trim() };
}

async function serverPid(dataFolder: string): Promise<number> {
  return Number.parseInt(await readFile(join(dataFolder, "postmaster.pid"), "utf8"), 10);
}

describe("a new database", () => {
  test("is UTF-8, durable, and reached by password from this machine only", async () => {
    const server = await start(await openFolder());
    const settings = ["server_encoding", "fsync", "synchronous_commit", "full_page_writes", "data_checksums"];
    const shown = await Promise.all(settings.map((name) => ask(server, `show ${name}`)));
    expect(shown.flat()).toEqual(["UTF8", "on", "on", "on", "on"]);
    expect(await ask(server, "show listen_addresses")).toEqual(["127.0.0.1"]);
    expect(await ask(server, "show unix_socket_directories")).toEqual([""]);
    expect(await ask(server, "select upper('éà')")).toEqual(["ÉÀ"]);
    const guessed = { url: server.url.replace(/:[^:@]+@/, ":guess@") };
    await expect(ask(guessed, "select 1")).rejects.toThrow("password authentication failed");
  });

  test("belongs to the server's user alone", async () => {
    const folder = await openFolder();
    await start(folder);
    const cluster = join(folder, "clone", "postgres");
    const modes = await Promise.all(
      [cluster, join(cluster, "data"), join(cluster, "password")].map((path) => stat(path)),
    );
    expect(modes.map(({ mode }) => (mode & 0o777).toString(8))).toEqual(["700", "700", "600"]);
    expect(new Set(modes.map(({ uid }) => uid)).size).toBe(1);
    expect(modes[0]?.uid === 0).toBe(false);
  });

  test("is made again when an earlier attempt was killed half-way", async () => {
    const folder = await openFolder();
    const unfinished = join(folder, "clone", "postgres", "data.unfinished");
    await mkdir(unfinished, { recursive: true });
    await writeFile(join(unfinished, "PG_VERSION"), "18\n");
    const server = await start(folder);
    expect(await ask(server, "select current_database()")).toEqual(["holdfast"]);
    expect(await stat(unfinished).catch(() => "gone")).toBe("gone");
  });
});

describe("a database that is there", () => {
  test("is kept over a stop and a start", async () => {
    const folder = await openFolder();
    const first = await start(folder);
    await makeNotes(first);
    await first.stop();
    const said: string[] = [];
    const second = await start(folder, { said });
    expect(await ask(second, "select text from note")).toEqual(["kept"]);
    expect(said).toEqual([]);
  });

  test("recovers from an immediate stop", async () => {
    const folder = await openFolder();
    const first = await start(folder);
    await makeNotes(first);
    await first.stop("immediate");
    expect(await ask(await start(folder), "select text from note")).toEqual(["kept"]);
  });

  test("is not started a second time, and the first goes on", async () => {
    const folder = await openFolder();
    const first = await start(folder);
    await expect(start(folder)).rejects.toThrow(`Holdfast already runs on`);
    expect(await ask(first, "select 1")).toEqual([1]);
  });

  test("starts though its pid file names a number that another program now has", async () => {
    const folder = await openFolder();
    const first = await start(folder);
    await makeNotes(first);
    const data = join(folder, "clone", "postgres", "data");
    const pidFile = join(data, "postmaster.pid");
    const oldPidFile = await readFile(pidFile, "utf8");
    await first.stop("immediate");
    const { uid, gid } = await stat(data);
    const other = spawn("sleep", ["60"], { ...(isRoot && { uid, gid }), cwd: "/", stdio: "ignore" });
    onTestFinished(() => {
      other.kill();
    });
    await writeFile(pidFile, oldPidFile.replace(/^\d+/, String(other.pid)));
    await chown(pidFile, uid, gid);
    expect(await ask(await start(folder), "select text from note")).toEqual(["kept"]);
    expect(other.exitCode).toBe(null);
  });
});

describe("when the process that started it is killed", () => {
  test("the server stops by itself", async () => {
    const folder = await openFolder();
    const dataDir = join(folder, "clone", "postgres");
    const { holdfast } = await startFixture(dataDir);
    holdfast.kill("SIGKILL");
    const log = () => readFile(join(dataDir, "server.log"), "utf8");
    await expect.poll(log, { timeout: 30_000 }).toContain("database system is shut down");
  });

  test("a server that could not know of it is stopped at the next start", async () => {
    const folder = await openFolder();
    const dataDir = join(folder, "clone", "postgres");
    const { holdfast } = await startFixture(dataDir);
    const orphan = await serverPid(join(dataDir, "data"));
    const children = await readFile(`/proc/${holdfast.pid}/task/${holdfast.pid}/children`, "utf8");
    for (const child of children.trim().split(" ").map(Number)) if (child !== orphan) process.kill(child, "SIGKILL");
    holdfast.kill("SIGKILL");
    await once(holdfast, "exit");
    const said: string[] = [];
    const server = await start(folder, { said });
    expect(said.join()).toContain(`Stopping the database server ${orphan}`);
    expect(await ask(server, "select 1")).toEqual([1]);
  });
});

describe("what goes wrong", () => {
  test("a port in use is named", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    onTestFinished(() => {
      other.close();
    });
    await once(other, "listening");
    const address = other.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    await expect(start(await openFolder(), { port })).rejects.toThrow(`Port ${port} for the database is in use`);
  });

  test("damaged data stops the start with the server's own words, and stays as it is", async () => {
    const folder = await openFolder();
    const first = await start(folder);
    await first.stop();
    const control = join(folder, "clone", "postgres", "data", "global", "pg_control");
    await writeFile(control, "");
    await expect(start(folder)).rejects.toThrow(/PostgreSQL did not start.*pg_control/s);
    expect((await stat(control)).size).toBe(0);
  });

  test("data of another version is not touched", async () => {
    const folder = await openFolder();
    const first = await start(folder);
    await first.stop();
    await writeFile(join(folder, "clone", "postgres", "data", "PG_VERSION"), "14\n");
    await expect(start(folder)).rejects.toThrow("made by another version of PostgreSQL");
  });
});

describe("in a clone that only its owner may enter", () => {
  async function closedClone() {
    const folder = await openFolder();
    await chmod(join(folder, "clone"), 0o700);
    return folder;
  }

  test("the database is made and kept", async () => {
    const folder = await closedClone();
    const first = await start(folder);
    await makeNotes(first);
    await first.stop();
    expect(await ask(await start(folder), "select text from note")).toEqual(["kept"]);
    expect((await stat(join(folder, "clone"))).mode & 0o777).toBe(0o700);
  });

  test("a moved clone finds its database again", async () => {
    const folder = await closedClone();
    const first = await start(folder);
    await makeNotes(first);
    await first.stop();
    await rename(join(folder, "clone"), join(folder, "moved"));
    const moved = await start(folder, { clone: "moved" });
    expect(await ask(moved, "select text from note")).toEqual(["kept"]);
  });

  test.runIf(isRoot)("a copied clone gets a database of its own", async () => {
    const folder = await closedClone();
    await makeNotes(await start(folder));
    await cp(join(folder, "clone"), join(folder, "copy"), { recursive: true });
    await chmod(join(folder, "copy"), 0o700);
    const copy = await start(folder, { clone: "copy" });
    expect(await ask(copy, "select to_regclass('note')")).toEqual([null]);
  });
});

describe("users", () => {
  test("an ordinary user's database stays in the clone", async (context) => {
    const folder = await openFolder();
    if (isRoot && !(await mayUse(NOBODY, process.execPath))) context.skip("this clone is closed to other users");
    const clone = join(folder, "clone");
    if (isRoot) await chown(clone, NOBODY.uid, NOBODY.gid);
    const { url } = await startFixture(join(clone, "postgres"), isRoot ? NOBODY : undefined);
    expect(await ask({ url }, "select 1")).toEqual([1]);
    expect(await readdir(join(clone, "postgres"))).toContain("data");
  });

  test.runIf(isRoot)("root's server gets a system user where there is none", async () => {
    const name = `holdfast-test-${process.pid}`;
    onTestFinished(async () => {
      await run("userdel", [name]);
    });
    const user = await serverUser(["no-such-user", name]);
    expect(user.uid).toBeGreaterThan(0);
    expect(await serverUser([name])).toEqual(user);
  });
});
