import type { Uuid } from "@holdfast/domain/kernel/id";
import { enrolReplySchema } from "@holdfast/protocol/enrol";
import { uuidSchema } from "@holdfast/protocol/primitives";
import { z } from "zod";
import { MIRROR_FOLDER } from "./mirror-files.ts";

/**
 * Says that this device is wiped, from the moment at which everything it held was secured: whoever starts it again finishes the
 * destruction first. It outlives the databases, so it lies beside them.
 */
const wipeMarkSchema = z.strictObject({
  v: z.literal(1),
  /** Whose device it was; its token is good for bringing the sealed rest, and void once it has said that it is done. */
  identity: enrolReplySchema,
  /** Streams of which the server has not confirmed all: their second copy stays, sealed to the server. */
  kept: z.array(uuidSchema),
  /** The server knows. */
  told: z.boolean(),
});
export type WipeMark = z.infer<typeof wipeMarkSchema>;

const NAME = "wiped.json";
/** The app itself, the same in every shop: without it a wiped device could not say that it is. */
const APP_CACHE = "holdfast-shell-";

export async function readWipeMark(): Promise<WipeMark | null> {
  const root = await navigator.storage.getDirectory();
  const handle = await root.getFileHandle(NAME).catch(() => null);
  if (handle === null) return null;
  return wipeMarkSchema.parse(JSON.parse(await (await handle.getFile()).text()));
}

/** The file is there whole or not at all. */
export async function saveWipeMark(mark: WipeMark): Promise<void> {
  const root = await navigator.storage.getDirectory();
  const file = await (await root.getFileHandle(NAME, { create: true })).createWritable();
  await file.write(JSON.stringify(mark));
  await file.close();
}

export async function removeWipeMark(): Promise<void> {
  await (await navigator.storage.getDirectory()).removeEntry(NAME);
}

/** Destroys keys, log, drafts, customers, catalogue and settings. Doing it again changes nothing. */
export async function destroyCopies({ kept }: Pick<WipeMark, "kept">): Promise<void> {
  for (const { name } of await indexedDB.databases()) if (name !== undefined) await deleteDatabase(name);
  for (const name of await caches.keys()) if (!name.startsWith(APP_CACHE)) await caches.delete(name);
  localStorage.clear();
  sessionStorage.clear();
  await destroyMirror(new Set(kept));
}

async function destroyMirror(kept: ReadonlySet<Uuid>): Promise<void> {
  const root = await navigator.storage.getDirectory();
  const folder = await root.getDirectoryHandle(MIRROR_FOLDER, { create: true });
  const files = new Set([...kept].map((stream) => `${stream}.log`));
  const names: string[] = [];
  for await (const [name] of folder.entries()) if (!files.has(name)) names.push(name);
  for (const name of names) await folder.removeEntry(name, { recursive: true });
}

/** Another window that has it open lets go by itself when asked. */
function deleteDatabase(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(name);
    request.onsuccess = () => resolve();
    request.onerror = () => reject(request.error ?? new Error(`${name} could not be deleted`));
  });
}
