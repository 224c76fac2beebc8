import type { BootstrapProgress } from "@holdfast/sync/bootstrap";
import type { Wire } from "@holdfast/sync/ports";
import { createValue, type Value } from "./value.ts";

/** How far the first copy of the shop has come: a part of one, and documents so far. */
export type CopyProgress = { readonly part: number; readonly documents: number };

export type FirstCopy = {
  readonly progress: Value<CopyProgress>;
  /** The same line, overheard. */
  readonly overhear: (wire: Wire) => Wire;
  readonly noteChunks: (progress: BootstrapProgress) => void;
};

type ChannelProgress = { readonly part: number; readonly documents: number };

/** @param channels what there is to copy */
export function watchFirstCopy(channels: readonly string[]): FirstCopy {
  const byChannel = new Map<string, ChannelProgress>(channels.map((channel) => [channel, { part: 0, documents: 0 }]));
  const progress = createValue<CopyProgress>({ part: 0, documents: 0 });
  const note = (channel: string, change: ChannelProgress): void => {
    byChannel.set(channel, change);
    const all = [...byChannel.values()];
    progress.set({
      part: all.reduce((sum, { part }) => sum + part, 0) / Math.max(all.length, 1),
      documents: all.reduce((sum, { documents }) => sum + documents, 0),
    });
  };
  return {
    progress,
    overhear: (wire) => ({
      ...wire,
      pull: async (question) => {
        const reply = await wire.pull(question);
        for (const [channel, { to, head, docs }] of Object.entries(reply.channels)) {
          const { documents } = byChannel.get(channel) ?? { documents: 0 };
          note(channel, { part: head === 0 ? 1 : to / head, documents: documents + docs.length });
        }
        return reply;
      },
    }),
    noteChunks: ({ channel, documents, of }) => note(channel, { part: of === 0 ? 1 : documents / of, documents }),
  };
}
