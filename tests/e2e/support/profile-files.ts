import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** Which of these texts stand in any file of a profile, as UTF-8 or as UTF-16, as `grep -a` would find them. */
export async function textsInProfile(profile: string, texts: readonly string[]): Promise<Set<string>> {
  const forms = texts.flatMap((text) => [
    { text, bytes: Buffer.from(text, "utf8") },
    { text, bytes: Buffer.from(text, "utf16le") },
  ]);
  const found = new Set<string>();
  for (const entry of await readdir(profile, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const content = await readFile(join(entry.parentPath, entry.name));
    for (const { text, bytes } of forms) if (content.includes(bytes)) found.add(text);
  }
  return found;
}
