import type { SignedEntry } from "@holdfast/protocol/entry";
import { batchEntriesMax } from "@holdfast/protocol/limits";
import type { StoredEntry, Wire } from "@holdfast/sync/ports";
import { WireFailure } from "@holdfast/sync/wire-failure";
import type { App } from "./app.ts";

const AGAIN_MS = 30_000;

/**
 * Entries of the second copy that the log does not have are brought to the server as they are: the union of both is by hash,
 * and what an entry proves it proves in anybody's hands.
 */
export async function rescueMirror(app: App, wire: Wire): Promise<void> {
  const { device, process } = app;
  const { log, mirror } = device.disk.profile;
  for (const [stream, copies] of mirror) {
    const held = new Set((log.entries.get(stream) ?? []).map(({ hash }) => hash));
    const lost = copies.filter(({ hash }) => !held.has(hash));
    if (lost.length === 0) continue;
    device.options.world.sometimes("the mirror had what the log had lost");
    // From its start, so that the server has every parent.
    for (let from = 0; from < copies.length; from += batchEntriesMax)
      await bring(app, wire, copies.slice(from, from + batchEntriesMax));
    if (process.isAlive) mirror.delete(stream);
  }
}

async function bring(app: App, wire: Wire, entries: readonly StoredEntry[]): Promise<void> {
  for (;;) {
    try {
      const { stopped } = await wire.push(entries.map(({ raw, sig }): SignedEntry => ({ raw, sig })));
      if (stopped.length === 0) return;
    } catch (error) {
      if (!(error instanceof WireFailure)) throw error;
    }
    await app.process.answer(AGAIN_MS, "rescue again", () => undefined);
  }
}
