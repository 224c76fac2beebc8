import { DatabaseStartFailure } from "./failure.ts";
import { type RunAs, run } from "./run.ts";

type SystemUser = NonNullable<RunAs>;

const SERVER_USERS = ["postgres", "holdfast-db"] as const;

/** PostgreSQL refuses to run as root: the first of these users that exists, else the last one, newly made. */
export async function serverUser(names: readonly string[] = SERVER_USERS): Promise<SystemUser> {
  for (const name of names) {
    const found = await systemUser(name);
    if (found !== undefined) return found;
  }
  const name = names.at(-1) ?? SERVER_USERS[1];
  const made = await run("useradd", [
    "--system",
    "--user-group",
    "--no-create-home",
    "--shell",
    "/bin/false",
    name,
  ]).catch(() => ({ code: 1, output: "there is no useradd" }));
  const user = await systemUser(name);
  if (user !== undefined) return user;
  throw new DatabaseStartFailure(
    `PostgreSQL does not run as root, and a system user for it could not be made (${made.output.trim()}). Start Holdfast as an ordinary user.`,
  );
}

async function systemUser(name: string): Promise<SystemUser | undefined> {
  const [uid, gid] = await Promise.all([run("id", ["-u", name]), run("id", ["-g", name])]);
  if (uid.code !== 0 || gid.code !== 0) return undefined;
  return { uid: Number(uid.output), gid: Number(gid.output) };
}

/** Whether that user may enter the folder, or run the program. */
export async function mayUse(user: SystemUser, path: string): Promise<boolean> {
  const { code } = await run("/bin/sh", ["-c", 'test -x "$0"', path], { as: user });
  return code === 0;
}
