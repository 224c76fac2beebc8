import type { Uuid } from "@holdfast/domain/kernel/id";
import type { Mirror, StoredEntry } from "@holdfast/sync/ports";
import type { Process } from "../world/process.ts";
import type { Disk } from "./disk.ts";
import { DiskFailure } from "./sim-database.ts";

/**
 * The second copy of the log: one file a stream, flushed with every write.
 * @param missing takes the events of which there is no second copy
 */
export function diskMirror(disk: Disk, process: Process, missing: Set<string>): Mirror {
  return {
    write: async (entries) => {
      if (disk.mirrorFails) {
        for (const { event } of entries) missing.add(event);
        throw new DiskFailure("the second copy cannot be written");
      }
      await disk.mirrorFile.write(process, {
        label: "mirror",
        durability: "strict",
        apply: () => ({ value: undefined, undo: appendAll(disk.profile.mirror, entries) }),
      });
      for (const { event } of entries) missing.delete(event);
    },
  };
}

function appendAll(mirror: Map<Uuid, readonly StoredEntry[]>, entries: readonly StoredEntry[]): () => void {
  const before = new Map(entries.map(({ stream }) => [stream, mirror.get(stream)]));
  for (const entry of entries) mirror.set(entry.stream, [...(mirror.get(entry.stream) ?? []), entry]);
  return () => {
    for (const [stream, held] of before) {
      if (held === undefined) mirror.delete(stream);
      else mirror.set(stream, held);
    }
  };
}
