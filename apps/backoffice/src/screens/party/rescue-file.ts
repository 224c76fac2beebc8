import { batchBytesMax, batchEntriesMax } from "@holdfast/protocol/limits";
import { type RescueLine, rescueLineSchema } from "@holdfast/protocol/rescue";

export type RescueFile = {
  /** Lines to send together, in the file's order: a stream's records follow one another. */
  readonly parts: readonly string[];
  readonly records: number;
  /** Lines that are no record at all; they keep none of the others back. */
  readonly unreadable: number;
};

type Limits = { readonly entries: number; readonly bytes: number };
type Part = { readonly lines: string[]; records: number; bytes: number; head: string | null };

/** Takes a file apart that a terminal saved. Sealed records stand after the head that says how to open them, in every part. */
export function readRescueFile(
  text: string,
  limits: Limits = { entries: batchEntriesMax, bytes: batchBytesMax },
): RescueFile {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const parts: Part[] = [];
  let head: string | null = null;
  let records = 0;
  let unreadable = 0;
  for (const line of lines) {
    const read = readLine(line);
    if (read === null) {
      unreadable += 1;
      continue;
    }
    if ("ephemeral" in read) {
      head = line;
      continue;
    }
    records += 1;
    add({ line, head: "box" in read ? head : null }, { parts, limits });
  }
  return { parts: parts.map((part) => part.lines.join("\n")), records, unreadable };
}

type Row = { readonly line: string; readonly head: string | null };

/** Puts a record into the last part, or into a new one where that is full, under its head where it has one. */
function add(row: Row, { parts, limits }: { readonly parts: Part[]; readonly limits: Limits }): void {
  const last = parts.at(-1);
  const lines = linesFor(row, last?.head ?? null);
  if (last === undefined || last.records >= limits.entries || last.bytes + sizeOf(lines) > limits.bytes) {
    const first = linesFor(row, null);
    parts.push({ lines: first, records: 1, bytes: sizeOf(first), head: row.head });
    return;
  }
  last.lines.push(...lines);
  last.records += 1;
  last.bytes += sizeOf(lines);
  last.head = row.head ?? last.head;
}

function linesFor({ line, head }: Row, standing: string | null): string[] {
  return head === null || head === standing ? [line] : [head, line];
}

function sizeOf(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + new TextEncoder().encode(line).length + 1, 0);
}

function readLine(line: string): RescueLine | null {
  try {
    return rescueLineSchema.safeParse(JSON.parse(line)).data ?? null;
  } catch {
    return null;
  }
}
