import type { Mirror } from "@holdfast/sync/ports";
import type { MirrorFile } from "../../../apps/terminal/src/store/mirror-files.ts";
import type { Process } from "../world/process.ts";
import type { Disk } from "./disk.ts";
import type { MirroredEntry, Profile } from "./profile.ts";
import { DiskFailure } from "./sim-database.ts";

/**
 * The second copy of the log: one file a stream, flushed with every write.
 * @param missing takes the events of which there is no second copy
 */
export function diskMirror(disk: Disk, process: Process, missing: Set<string>): Mirror {
  return {
    write: async (entries, counters) => {
      if (disk.mirrorFails) {
        for (const { event } of entries) missing.add(event);
        throw new DiskFailure("the second copy cannot be written");
      }
      await disk.mirrorFile.write(process, {
        label: "mirror",
        durability: "strict",
        apply: () => ({
          value: undefined,
          undo: appendAll(
            disk.profile.mirror,
            entries.map((entry) => ({ ...entry, counters })),
          ),
        }),
      });
      for (const { event } of entries) missing.delete(event);
    },
  };
}

function appendAll(mirror: Profile["mirror"], entries: readonly MirroredEntry[]): () => void {
  const before = new Map(entries.map(({ stream }) => [stream, mirror.get(stream)]));
  for (const entry of entries) mirror.set(entry.stream, [...(mirror.get(entry.stream) ?? []), entry]);
  return () => {
    for (const [stream, held] of before) {
      if (held === undefined) mirror.delete(stream);
      else mirror.set(stream, held);
    }
  };
}

/** The files of the second copy, as the terminal reads them at a start. */
export function mirrorFiles({ mirror }: Profile): MirrorFile[] {
  return [...mirror].map(([stream, entries]) => ({
    stream,
    header: "",
    changedAtMs: 0,
    rows: entries.map(({ seq, hash, counters, raw, sig }) => ({
      seq,
      hash,
      counters,
      iv: "",
      box: "",
      line: JSON.stringify({ raw, sig }),
    })),
  }));
}
