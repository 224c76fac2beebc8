import { isUuid, type Uuid } from "@holdfast/domain/kernel/id";
import { type MirrorRow, mirrorHeaderSchema, mirrorRowSchema } from "@holdfast/protocol/rescue";

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
    files.push({ stream, ...parseMirror(await file.text()), changedAtMs: file.lastModified });
  }
  return files.sort((a, b) => (a.stream < b.stream ? -1 : 1));
}

export async function forgetMirror(stream: Uuid): Promise<void> {
  await (await mirrorFolder()).removeEntry(`${stream}.log`);
}

async function mirrorFolder(): Promise<FileSystemDirectoryHandle> {
  return await (await navigator.storage.getDirectory()).getDirectoryHandle(MIRROR_FOLDER, { create: true });
}

/** Each opening of a file begins a run of its own, sealed with a key of its own: rows of a later run bring their header along. */
export function parseMirror(text: string): Pick<MirrorFile, "header" | "rows"> {
  const [header = "", ...lines] = text.split("\n");
  const rows: MirrorFile["rows"][number][] = [];
  let run = header;
  for (const line of lines) {
    const value = jsonOf(line);
    if (mirrorHeaderSchema.safeParse(value).success) run = line;
    const row = mirrorRowSchema.safeParse(value);
    if (row.success) rows.push({ ...row.data, line: run === header ? line : `${run}\n${line}` });
  }
  return { header, rows };
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
