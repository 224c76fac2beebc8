import { chmod, mkdir, mkdtemp, readFile, realpath, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { installedBinaries, sharedBinaries } from "./binaries.ts";
import { DatabaseStartFailure } from "./failure.ts";
import { type RunAs, run } from "./run.ts";
import { mayUse, serverUser } from "./system-user.ts";

/** Where one database cluster lives, the programs that serve it, and the user that runs them. */
export type ClusterHome = { readonly folder: string; readonly bin: string; readonly as: RunAs };

/**
 * An ordinary user's database stays in `dataDir`. PostgreSQL refuses to run as root, so root's is run by a system user;
 * what that user cannot reach (a clone below /root, or in a folder closed to others) is kept in `sharedDir` instead.
 */
export async function findClusterHome(dataDir: string, sharedDir: string): Promise<ClusterHome> {
  await mkdir(dataDir, { recursive: true });
  const binaries = await installedBinaries();
  const isRoot = process.getuid?.() === 0;
  if (!isRoot) return { folder: await ownFolder(dataDir), bin: join(binaries.folder, "bin"), as: undefined };

  const kept = await keptElsewhere(dataDir);
  const owner = await ownerOf(kept ?? dataDir);
  const as = owner ?? (await serverUser());
  const folder = kept ?? (await folderFor(as, { dataDir, sharedDir, isInUse: owner !== undefined }));
  if (owner === undefined) await giveTo(as, folder);

  const runsInPlace = await mayUse(as, join(binaries.folder, "bin", "postgres"));
  const native = runsInPlace ? binaries.folder : await sharedBinaries(binaries, sharedDir);
  return { folder, bin: join(native, "bin"), as };
}

async function ownFolder(dataDir: string): Promise<string> {
  const roots = await textOf(join(dataDir, "kept-at"));
  if (roots !== undefined)
    throw new DatabaseStartFailure(`The database is root's, in ${roots}: start Holdfast as root.`);
  await chmod(dataDir, 0o700);
  return dataDir;
}

/** The user that the data belongs to already. Data that was unpacked as root's gets the server's user. */
async function ownerOf(folder: string): Promise<RunAs> {
  const found = await stat(join(folder, "data")).catch(() => undefined);
  return found === undefined || found.uid === 0 ? undefined : { uid: found.uid, gid: found.gid };
}

type Wanted = { readonly dataDir: string; readonly sharedDir: string; readonly isInUse: boolean };

async function folderFor(as: NonNullable<RunAs>, { dataDir, sharedDir, isInUse }: Wanted): Promise<string> {
  if (await mayUse(as, dirname(await realpath(dataDir)))) return dataDir;
  if (isInUse) {
    throw new DatabaseStartFailure(
      `The database in ${dataDir} belongs to the user with id ${as.uid}, who can no longer enter that folder: open the folders above it, for example with \`chmod o+x\`.`,
    );
  }
  await mkdir(sharedDir, { recursive: true });
  await chmod(sharedDir, 0o755);
  const folder = await mkdtemp(join(sharedDir, "cluster-"));
  await writeFile(join(dataDir, "kept-at"), folder);
  await writeFile(join(folder, "kept-for"), await realpath(dataDir));
  return folder;
}

/** A moved clone keeps its database; a copied clone must not share that of the original. */
async function keptElsewhere(dataDir: string): Promise<string | undefined> {
  const folder = await textOf(join(dataDir, "kept-at"));
  const keptFor = folder && (await textOf(join(folder, "kept-for")));
  if (!folder || !keptFor) return undefined;
  const here = await realpath(dataDir);
  if (keptFor === here) return folder;
  const isCopy = (await textOf(join(keptFor, "kept-at"))) === folder;
  if (isCopy) return undefined;
  await writeFile(join(folder, "kept-for"), here);
  return folder;
}

function textOf(file: string): Promise<string | undefined> {
  return readFile(file, "utf8").catch(() => undefined);
}

async function giveTo(as: NonNullable<RunAs>, folder: string): Promise<void> {
  await chmod(folder, 0o700);
  const given = await run("chown", ["-R", `${as.uid}:${as.gid}`, folder]);
  if (given.code !== 0) throw new DatabaseStartFailure(`${folder} could not be given to its user: ${given.output}`);
}
