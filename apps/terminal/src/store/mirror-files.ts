import { isUuid, type Uuid } from "@holdfast/domain/kernel/id";
import { type MirrorRow, mirrorRowSchema } from "@holdfast/protocol/rescue";

/** Where the second copy lies: one file a stream in the origin's private file system. */
export const MIRROR_FOLDER = "mirror";

export type MirrorFile = {
  readonly stream: Uuid;
  readonly header: string;
  readonly rows: readonly (MirrorRow & { readonly line: string })[];
  readonly changedAtMs: number;
};

/** Every file of the second copy, the oldest stream first. What a power cut left half written is left out. */
export async function readMirror(): Promise<MirrorFile[]> {
  const folder = await mirrorFolder();
  const files: MirrorFile[] = [];
  for await (const [name, handle] of folder.entries()) {
    const stream = name.replace(/\.log$/, "");
    if (handle.kind !== "file" || !isUuid(stream)) continue;
    const file = await (handle as FileSystemFileHandle).getFile();
    const [header = "", ...lines] = (await file.text()).split("\n");
    files.push({ stream, header, rows: lines.flatMap(rowsIn), changedAtMs: file.lastModified });
  }
  return files.sort((a, b) => (a.stream < b.stream ? -1 : 1));
}

export async function forgetMirror(stream: Uuid): Promise<void> {
  await (await mirrorFolder()).removeEntry(`${stream}.log`);
}

async function mirrorFolder(): Promise<FileSystemDirectoryHandle> {
  return await (await navigator.storage.getDirectory()).getDirectoryHandle(MIRROR_FOLDER, { create: true });
}

function rowsIn(line: string): MirrorFile["rows"][number][] {
  try {
    const parsed = mirrorRowSchema.safeParse(JSON.parse(line));
    return parsed.success ? [{ ...parsed.data, line }] : [];
  } catch {
    return [];
  }
}
