import type { EventLog } from "@holdfast/sync/event-log";
import type { Wire } from "@holdfast/sync/ports";
import { readEntry } from "@holdfast/sync/read-entry";
import { WireFailure } from "@holdfast/sync/wire-failure";
import type { Disk } from "../disk/disk.ts";
import type { AppPlace } from "../seams.ts";
import { believed, pushing } from "./acks.ts";
import type { Variant } from "./variant.ts";

const TRIES_MAX = 10;
const SHORT_MS = 400;

/** Wrong ways to send. */
export const UPLOAD_VARIANTS = {
  "dequeue before ack": {
    does: "takes entries out of the queue when they are sent",
    faults: ["outage", "lossy"],
    seams: () => pushing((push) => (entries, origin) => push(entries).catch(() => believed(entries, origin))),
  },
  "whole batch acked": {
    does: "takes a batch for sent when its upload was answered, whatever the answer says of its entries",
    faults: ["restore", "killTab"],
    seams: () => pushing((push) => async (entries) => believed(entries, (await push(entries)).origin)),
  },
  "ack by position": {
    does: "takes the first n entries for sent where the server took n",
    faults: ["restore", "killTab", "outage"],
    seams: () =>
      pushing((push) => async (entries) => {
        const { accepted, origin } = await push(entries);
        return believed(entries.slice(0, accepted), origin);
      }),
  },
  "200 is an ack": {
    does: "takes the status of an answer for the answer",
    faults: ["portal", "repliesCut"],
    seams: () =>
      pushing(
        (push) => (entries, origin) =>
          push(entries).catch((error: unknown) => {
            if (error instanceof WireFailure && error.kind === "not-ours") return believed(entries, origin);
            throw error;
          }),
      ),
  },
  "give up after ten tries": {
    does: "drops what could not be sent ten times",
    faults: ["outage", "blackhole"],
    seams: () => {
      let tries = 0;
      return pushing((push) => async (entries, origin) => {
        try {
          const reply = await push(entries);
          tries = 0;
          return reply;
        } catch (error) {
          tries += 1;
          if (tries < TRIES_MAX) throw error;
          tries = 0;
          return believed(entries, origin);
        }
      });
    },
  },
  "a key for each try": {
    does: "makes the id of an event when it is sent",
    faults: ["repliesLost", "lossy"],
    seams: () => ({
      wire: (wire) => ({ ...wire, push: (entries) => wire.push(entries).catch(() => refusedWhole(entries)) }),
      log: (log, { newId }) => withNewIds(log, newId),
    }),
  },
  "oldest clock first": {
    does: "sends one entry at a time, the one with the oldest clock",
    faults: ["clockJumps", "outage", "repliesLost"],
    seams: () => ({
      wire: (wire) => ({
        ...wire,
        push: async (entries) => {
          const at = (raw: string): string => JSON.parse(raw).at;
          const oldest = entries.toSorted((a, b) => (at(a.raw) < at(b.raw) ? -1 : 1)).slice(0, 1);
          const reply = await wire.push(oldest);
          const line = entries.indexOf(oldest[0] as (typeof entries)[number]);
          return { ...reply, stopped: reply.stopped.map((stop) => ({ ...stop, line })) };
        },
      }),
    }),
  },
  "never asks what is held": {
    does: "believes that what was once confirmed is there for good",
    faults: ["restore", "killTab"],
    seams: () => ({ wire: (wire) => ({ ...wire, have: async () => ({ origin: "none", missing: [], end: true }) }) }),
  },
  "waits for the next sale": {
    does: "uploads when something is written, and at no other time",
    faults: ["outage", "lossy"],
    seams: () => ({
      clock: (clock) => ({
        ...clock,
        after: (delayMs, callback) => (delayMs >= SHORT_MS ? () => undefined : clock.after(delayMs, callback)),
      }),
    }),
  },
  "a flag that stays set": {
    does: "stores that it is sending, and does not send while that is stored",
    faults: ["killTab", "slowLine"],
    seams: () => {
      const sending = new Set<Disk>();
      return { wire: (wire, { disk }) => ({ ...wire, push: flagged(wire.push, sending, disk) }) };
    },
  },
  "signing out wipes": {
    does: "clears everything when the server does not know the terminal",
    faults: ["forgetsTokens", "outage"],
    seams: () => ({
      wire: (wire, place) => ({
        ...wire,
        push: (entries) =>
          wire.push(entries).catch((error: unknown) => {
            if (error instanceof WireFailure && error.kind === "signed-out") wipe(place);
            throw error;
          }),
      }),
    }),
  },
} satisfies Readonly<Record<string, Variant>>;

function flagged(push: Wire["push"], sending: Set<Disk>, disk: Disk): Wire["push"] {
  return async (entries) => {
    if (sending.has(disk)) throw new WireFailure("unreachable", "already sending");
    sending.add(disk);
    try {
      return await push(entries);
    } finally {
      sending.delete(disk);
    }
  };
}

function wipe({ disk }: AppPlace): void {
  const { log, mirror } = disk.profile;
  for (const table of [log.streams, log.entries, log.attention, mirror]) table.clear();
  log.writer = null;
}

/** As if the server had refused the first entry of each stream: what follows is then written anew. */
function refusedWhole(entries: Parameters<Wire["push"]>[0]): Awaited<ReturnType<Wire["push"]>> {
  const stopped = entries.flatMap(({ raw }, line) => {
    const read = readEntry(raw);
    if ("unreadable" in read) return [];
    return [{ line, stream: read.entry.stream, code: "bad_entry" as const, message: "again", tip: null }];
  });
  return { ...believed([], "none"), stopped };
}

function withNewIds(log: EventLog, newId: AppPlace["newId"]): EventLog {
  const renamed = {
    get stream() {
      return log.stream;
    },
    get tip() {
      return log.tip;
    },
    onAppended: log.onAppended.bind(log),
    append: log.append.bind(log),
    rotate: log.rotate.bind(log),
    appendAgain: (events: Parameters<EventLog["appendAgain"]>[0]) =>
      log.appendAgain(
        events.map((each) => {
          const event = newId();
          return { ...each, event, body: { ...(each.body as object), sale: event } };
        }),
      ),
  };
  return renamed as unknown as EventLog;
}
