import { type Uuid, uuid } from "@holdfast/domain/kernel/id";
import type { ServerReceipt } from "@holdfast/protocol/log";
import type { Mirror, StreamState } from "@holdfast/sync/ports";
import { sha256Hex } from "../../../apps/server/src/sync/signing.ts";
import { applyAppend } from "../disk/disk-log-store.ts";
import type { Variant } from "./variant.ts";

const NO_MIRROR: Mirror = { write: async () => undefined };
const LAZY_MS = 90_000;

/** Wrong ways to keep things on a terminal. */
export const DISK_VARIANTS = {
  "print before write": {
    does: "hands the receipt out before the sale is on the disk",
    faults: ["killTab", "diskFull", "slowDisk"],
    seams: () => ({ printsBeforeWriting: true }),
  },
  "relaxed durability": {
    does: "writes as the browser does by default, and has no second copy",
    faults: ["powerCut", "outage"],
    seams: () => ({ durability: "relaxed", mirror: () => NO_MIRROR }),
  },
  "no mirror": {
    does: "keeps its log in one place",
    faults: ["corruption", "outage"],
    seams: () => ({ mirror: () => NO_MIRROR }),
  },
  "second tab writes": {
    does: "appends without asking who the writer is",
    faults: ["secondTab", "frozenTab"],
    seams: () => ({
      logStore: (store, { disk, process }) => ({
        ...store,
        append: (change) =>
          disk.database.write(process, {
            label: "append",
            durability: "strict",
            apply: () => ({ value: true, undo: applyAppend(disk.profile.log, change) }),
          }),
      }),
    }),
  },
  "last receipt wins": {
    does: "saves each receipt as it comes, over one that covers more",
    faults: ["secondTab", "frozenTab", "lossy", "overlap"],
    seams: () => ({
      logStore: (store, { disk, process }) => ({
        ...store,
        saveReceipts: (receipts) =>
          disk.database.write(process, {
            label: "save receipts",
            durability: "strict",
            apply: () => ({ value: undefined, undo: putReceipts(disk.profile.log.streams, receipts) }),
          }),
      }),
    }),
  },
  "numbers start again": {
    does: "counts receipts in memory, from one at each start",
    faults: ["killTab"],
    seams: () => ({
      mirror: (mirror) => ({ write: (entries) => mirror.write(entries, {}) }),
      logStore: (store) => ({
        ...store,
        read: async () => {
          const state = await store.read();
          return state.writer === null ? state : { ...state, writer: { ...state.writer, counters: {} } };
        },
      }),
    }),
  },
  "reused ids": {
    does: "makes the id of a sale from its number",
    faults: ["rewind", "clone", "outage"],
    seams: () => ({ saleId: idFromNumber }),
  },
  "cursor before rows": {
    does: "stores how far it has read before what it read",
    faults: ["killTab", "prices", "cacheLost"],
    seams: () => ({
      cacheStore: (store, { world, process }) => ({
        ...store,
        apply: async (change) => {
          await store.apply({ ...change, put: [], remove: [] });
          void world.sleep(LAZY_MS, "lazy rows").then(() => (process.isAlive ? store.apply(change) : undefined));
        },
      }),
    }),
  },
  "news without looking": {
    does: "takes live news in whatever they continue from",
    faults: ["flapping", "lossy", "prices", "killServer"],
    seams: () => ({
      wire: (wire, { replica }) => ({
        ...wire,
        live: (channels, listener) =>
          wire.live(channels, {
            ...listener,
            onHello: () => listener.onPing(),
            onFeed: (event) => {
              const held = replica()
                .channels()
                .find(({ channel }) => channel === event.channel);
              listener.onFeed({ ...event, from: held?.rev ?? event.from, docs: event.docs ?? [] });
            },
          }),
      }),
    }),
  },
  "prune without receipt": {
    does: "forgets streams that are old, whether or not they were sent",
    faults: ["killTab", "outage"],
    seams: () => ({
      mirror: () => NO_MIRROR,
      logStore: (store) => ({
        ...store,
        read: async () => {
          const state = await store.read();
          const old = state.streams.slice(0, -1).map(({ stream }) => stream);
          await store.prune(old);
          return { ...state, streams: state.streams.slice(-1) };
        },
      }),
    }),
  },
  "green too early": {
    does: "shows that all is sent as soon as the server answers",
    faults: ["outage", "slowLine"],
    seams: () => ({ status: (status) => ({ ...status, green: status.reach === "online" }) }),
  },
} satisfies Readonly<Record<string, Variant>>;

function putReceipts(streams: Map<Uuid, StreamState>, receipts: readonly ServerReceipt[]): () => void {
  const before = new Map(streams);
  for (const receipt of receipts) {
    const state = streams.get(receipt.stream);
    if (state !== undefined) streams.set(receipt.stream, { ...state, receipt });
  }
  return () => {
    for (const { stream } of receipts) {
      const state = before.get(stream);
      if (state !== undefined) streams.set(stream, state);
    }
  };
}

function idFromNumber(series: string, number: number): Uuid {
  const hex = sha256Hex(`${series} ${number}`);
  return uuid(
    `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`,
  );
}
