import type { Uuid } from "@holdfast/domain/kernel/id";
import type { Remembered } from "@holdfast/sync/event-log";
import type { StreamState } from "@holdfast/sync/ports";
import type { StrayStream } from "@holdfast/sync/strays";
import type { MirrorFile } from "./mirror-files.ts";

export type MirrorComparison = {
  /** What only the second copy has. */
  readonly strays: readonly StrayStream[];
  readonly remembered: Remembered;
  /** Streams whose second copy the server has confirmed. */
  readonly confirmed: readonly Uuid[];
};

export type ComparedLog = {
  readonly streams: readonly StreamState[];
  readonly hashes: (stream: Uuid) => Promise<ReadonlySet<string>>;
};

/** The records of this device are the union of both copies, by hash. */
export async function compareMirror(files: readonly MirrorFile[], log: ComparedLog): Promise<MirrorComparison> {
  const strays: StrayStream[] = [];
  const confirmed: Uuid[] = [];
  for (const { stream, header, rows } of files) {
    const state = log.streams.find((each) => each.stream === stream);
    const last = rows.at(-1);
    if (state?.receipt != null && last !== undefined && last.seq <= state.receipt.seq) {
      confirmed.push(stream);
      continue;
    }
    const held = state === undefined ? new Set<string>() : await log.hashes(stream);
    const missing = rows.filter(({ hash }) => !held.has(hash));
    if (missing.length > 0)
      strays.push({ stream, header, rows: missing.map(({ seq, hash, line }) => ({ seq, hash, line })) });
  }
  return { strays, confirmed, remembered: { counters: countersIn(files), last: lastIn(files) } };
}

function countersIn(files: readonly MirrorFile[]): Remembered["counters"] {
  const counters: Record<string, number> = {};
  for (const { counters: told = {} } of files.flatMap(({ rows }) => rows))
    for (const [series, number] of Object.entries(told)) counters[series] = Math.max(counters[series] ?? 0, number);
  return counters;
}

function lastIn(files: readonly MirrorFile[]): Remembered["last"] {
  const file = files.findLast(({ rows }) => rows.length > 0);
  const row = file?.rows.at(-1);
  return file === undefined || row === undefined ? null : { stream: file.stream, seq: row.seq, hash: row.hash };
}
