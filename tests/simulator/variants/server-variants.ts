import type { SignedEntry } from "@holdfast/protocol/entry";
import type { LogReply } from "@holdfast/protocol/log";
import { readEntry } from "@holdfast/sync/read-entry";
import { sha256Hex } from "../../../apps/server/src/sync/signing.ts";
import type { MemoryDatabase } from "../../../apps/server/src/testing/memory-database.ts";
import type { Seams, UploadPlace } from "../seams.ts";
import { DatabaseFailure } from "../server/conditions.ts";
import type { Variant } from "./variant.ts";

const REMEMBERED_MS = 600_000;
const LATE_MS = 1_800_000;

/** Wrong ways to take uploads in, and to tell of them. */
export const SERVER_VARIANTS = {
  "dedupe with a lifetime": {
    does: "remembers for ten minutes what it has seen",
    faults: ["repliesLost", "outage"],
    seams: () =>
      uploading((entries, { db, nowMs }) => {
        for (const { held } of heldOf(db, entries)) {
          if (nowMs() - Date.parse(held.recordedAt) < REMEMBERED_MS) continue;
          const sale = db.sales.get(held.event);
          if (sale !== undefined) db.sales.set(`${held.event} again`, sale);
        }
        return entries;
      }),
  },
  "counted again": {
    does: "takes the goods of an upload off the shelf each time it comes",
    faults: ["repliesLost", "lossy"],
    seams: () =>
      uploading((entries, { db }) => {
        for (const { held } of heldOf(db, entries)) takeOffAgain(db, held.event);
        return entries;
      }),
  },
  "dedupe by number": {
    does: "takes a number of a series that it has seen, or passed, for the same sale",
    faults: ["rewind", "clone", "outage"],
    seams: () =>
      dropping(({ type, body }, { db }) => {
        if (type !== "sale-completed") return false;
        const { series, number } = (body as { number: { series: string; number: number } }).number;
        for (const { sale } of db.sales.values())
          if (sale.number.series === series && sale.number.number >= number) return true;
        return false;
      }),
  },
  "late is refused": {
    does: "takes nothing that is older than half an hour, and says that it did",
    faults: ["outage", "lossy"],
    seams: () => dropping(({ at }, { nowMs }) => nowMs() - Date.parse(at) > LATE_MS),
  },
  "forks dropped": {
    does: "takes a second stream after the same entry for a copy of the first",
    faults: ["clone", "outage", "killTab"],
    seams: () => {
      const dropped = new Set<string>();
      return dropping(({ stream, type, body }, { db }) => {
        if (type === "stream-opened" && isSecondAfter(db, stream, body)) dropped.add(stream);
        return dropped.has(stream);
      });
    },
  },
  "no parent rule": {
    does: "takes entries in whatever came before them",
    faults: ["restore", "killTab"],
    seams: () =>
      uploading((entries, { db, nowMs }) => {
        for (const { entry } of readAll(entries)) {
          if (entry.seq === 0 || db.entries.get(entry.prev) !== undefined) continue;
          const { stream, prev } = entry;
          const recordedAt = new Date(nowMs()).toISOString();
          const phantom = { hash: prev, stream, seq: entry.seq - 1, prev: "", raw: "", sig: "", courier: null };
          db.entries.set(prev, { ...phantom, event: entry.event, recordedAt });
        }
        return entries;
      }),
  },
  "two transactions": {
    does: "stores what came, and in a second step does what it says",
    faults: ["killServer", "lossy"],
    seams: () => ({
      commit: async (tx, { db, kill }) => {
        if (tx.written(db.sales).size > 0) {
          tx.commit([db.streams, db.entries, db.events] as never);
          await kill();
        }
        tx.commit();
      },
    }),
  },
  "no quarantine": {
    does: "fails an upload in which one event fails",
    faults: ["poison"],
    seams: () => ({
      ingestStore: (store) => ({
        ...store,
        insertEvents: async (rows) => {
          if (rows.some(({ status }) => status === "quarantined"))
            throw new DatabaseFailure("XX000", "an event failed");
          await store.insertEvents(rows);
        },
      }),
    }),
  },
  "origin kept": {
    does: "goes back to a backup without a word",
    faults: ["restore", "prices"],
    seams: () => ({ restoreKeepsOrigin: true }),
  },
  "cursor at insert": {
    does: "gives revisions out when rows are written, not when they are committed",
    faults: ["twoProcesses", "lossy"],
    seams: () => ({
      ingestStore: (store, { db }) => ({
        ...store,
        takeRevisions: async (counts) => {
          const first = new Map<Parameters<typeof counts.get>[0], number>();
          for (const [branch, count] of counts) {
            const head = db.heads.get(`b:${branch}`) ?? 0;
            db.heads.set(`b:${branch}`, head + count);
            first.set(branch, head + 1);
          }
          return first;
        },
      }),
    }),
  },
} satisfies Readonly<Record<string, Variant>>;

type Read = ReturnType<typeof readAll>[number];

function readAll(entries: readonly SignedEntry[]) {
  return entries.flatMap((signed) => {
    const read = readEntry(signed.raw);
    return "entry" in read ? [{ signed, hash: sha256Hex(signed.raw), entry: read.entry }] : [];
  });
}

function heldOf(db: MemoryDatabase, entries: readonly SignedEntry[]) {
  return readAll(entries).flatMap(({ hash }) => {
    const held = db.entries.get(hash);
    return held === undefined ? [] : [{ held }];
  });
}

function uploading(change: (entries: readonly SignedEntry[], place: UploadPlace) => readonly SignedEntry[]): Seams {
  return { upload: (entries, place) => ({ entries: change(entries, place), answer: (reply) => reply }) };
}

/** Leaves entries out, and confirms them all the same. */
function dropping(isDropped: (entry: Read["entry"], place: UploadPlace) => boolean): Seams {
  return {
    upload: (entries, place) => {
      const gone = readAll(entries).filter(({ entry }) => isDropped(entry, place));
      const dropped = new Set(gone.map(({ signed }) => signed));
      return {
        entries: entries.filter((entry) => !dropped.has(entry)),
        answer: (reply) => withReceipts(reply, gone, place),
      };
    },
  };
}

function withReceipts(reply: LogReply, gone: readonly Read[], { receiptOf }: UploadPlace): LogReply {
  const { origin } = reply;
  const at = new Date(reply.now).toISOString();
  const receipts = gone.map(({ hash, entry: { stream, seq } }) => receiptOf({ stream, seq, hash, origin, at }));
  return { ...reply, receipts: [...reply.receipts, ...receipts] };
}

function isSecondAfter(db: MemoryDatabase, stream: string, body: unknown): boolean {
  const { after } = body as { after: { hash: string } | null };
  if (after === null) return false;
  for (const row of db.streams.values()) if (row.stream !== stream && row.after?.hash === after.hash) return true;
  return false;
}

function takeOffAgain(db: MemoryDatabase, sale: string): void {
  for (const { document, branch, variant, units } of [...db.movements.values()]) {
    const key = `${branch} ${variant}`;
    const row = db.pools.get(key);
    if (document !== sale || row === undefined) continue;
    db.pools.set(key, { ...row, pool: { ...row.pool, units: row.pool.units + units } });
  }
}
