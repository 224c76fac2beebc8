import { readdir, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";

/**
 * Damages every IndexedDB of every origin in a profile, as a bad disk does. Chromium finds a manifest it cannot read and, without
 * a word, makes empty databases in their place.
 * @returns how many were damaged
 */
export async function damageDatabases(profile: string): Promise<number> {
  const folder = join(profile, "Default", "IndexedDB");
  let damaged = 0;
  for (const name of await readdir(folder)) {
    if (!name.endsWith(".leveldb")) continue;
    for (const file of await readdir(join(folder, name))) {
      if (!file.startsWith("MANIFEST")) continue;
      const path = join(folder, name, file);
      await writeFile(path, Buffer.alloc((await stat(path)).size, 0xff));
      damaged += 1;
    }
  }
  return damaged;
}
