import { isDeepStrictEqual } from "node:util";
import { sha256Hex } from "../../../apps/server/src/sync/signing.ts";
import { audit, type Paper, type Violation } from "../auditor/audit.ts";
import type { Books } from "../auditor/books.ts";
import { memoryBooks } from "../auditor/memory-books.ts";
import { documentsOf } from "../server/memory-feed.ts";
import type { Running } from "../terminal/app.ts";
import type { Device } from "../terminal/device.ts";
import type { Floor } from "./floor.ts";

/** Whether a counter has nothing left to tell the server, nor the server anything to tell it. */
export function isQuiet(floor: Floor, { app }: Device): boolean {
  const running = app?.running;
  if (running === null || running === undefined || running.loop.isBusy) return false;
  return running.outbox.unsentCount === 0 && isAtHead(floor, running);
}

function isAtHead({ server: { db } }: Floor, running: Running): boolean {
  return running.identity.channels.every((channel) => {
    const held = running.replica.channels().find((each) => each.channel === channel);
    return held?.origin === db.origin && held.rev === (db.heads.get(channel) ?? 0);
  });
}

/** At the head, at whatever moment, the copy is the source; only a restored database of which nobody was told may differ. */
export function copiesAreTrue(floor: Floor): Violation[] {
  return floor.devices.flatMap((device) => {
    const running = device.app?.running;
    if (running === null || running === undefined || !isAtHead(floor, running)) return [];
    return copyDiffers(floor, device, isKnownSame);
  });
}

/** Documents that were compared once and found the same; none of them is ever changed in place, and at the end all are compared. */
const SAME = new WeakMap<object, object>();

function isKnownSame(a: unknown, b: unknown): boolean {
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return isDeepStrictEqual(a, b);
  if (SAME.get(a) === b) return true;
  const isSame = isDeepStrictEqual(a, b);
  if (isSame) SAME.set(a, b);
  return isSame;
}

/** Everything that must hold once the shop has come to rest. */
export function finalViolations(floor: Floor): Violation[] {
  const books = memoryBooks(floor.server.db);
  const setAside = new Set(books.quarantined.map(({ event }) => event));
  const papers = papersToBook(floor, books);
  return [
    ...audit(books, papers, floor.unmarked),
    ...quarantinesAreExplained(floor, setAside),
    ...numbersAreGivenOnce(floor),
    ...logIsClosed(floor),
    ...floor.devices.flatMap((device) => copyDiffers(floor, device)),
    ...floor.devices.flatMap((device) => stockDiffers(floor, device)),
  ];
}

/** Papers whose sales must be in the books: all but those of which no copy is left, and those that no database can take. */
export function papersToBook(floor: Floor, { sales, quarantined }: Books): Paper[] {
  const booked = new Set(sales.map(({ sale }) => sale));
  const setAside = new Set(quarantined.map(({ event }) => event));
  return [...new Map(floor.devices.flatMap((device) => [...device.papers])).values()].filter(
    ({ sale }) =>
      booked.has(sale) || !(floor.beyondRescue.has(sale) || (floor.server.poison.has(sale) && setAside.has(sale))),
  );
}

/** Nothing is set aside that the day gave no cause for. */
function quarantinesAreExplained({ server }: Floor, setAside: ReadonlySet<string>): Violation[] {
  return [...setAside]
    .filter((event) => !server.poison.has(event))
    .map((event) => ({
      rule: "set-aside-with-cause",
      detail: `${event} was set aside: ${server.db.events.get(event)?.message}`,
    }));
}

/** Of a series that one device alone counts, each number is given once, and none is left out. */
function numbersAreGivenOnce({ server, sharedSeries }: Floor): Violation[] {
  const bySeries = new Map<string, number[]>();
  const texts = new Set<string>();
  const violations: Violation[] = [];
  for (const { sale } of server.db.sales.values()) {
    const { series, number, stream } = sale.number;
    const text = `${series}-${number}-${stream}`;
    if (texts.has(text)) violations.push({ rule: "number-once", detail: `${text} is on two sales` });
    texts.add(text);
    if (!sharedSeries.has(sale.terminal)) bySeries.set(series, [...(bySeries.get(series) ?? []), number]);
  }
  for (const [series, numbers] of bySeries)
    if (new Set(numbers).size !== numbers.length)
      violations.push({ rule: "number-once", detail: `${series} gave a number twice` });
  return violations;
}

/** Every entry is held as it was made, after the one that it names. */
function logIsClosed({ server: { db } }: Floor): Violation[] {
  return [...db.entries.values()].flatMap(({ hash, raw, prev, stream, seq }) => [
    ...(sha256Hex(raw) === hash ? [] : [{ rule: "bytes-unchanged", detail: `${stream} ${seq} has other bytes` }]),
    ...(seq === 0 || db.entries.get(prev)?.stream === stream
      ? []
      : [{ rule: "parent-held", detail: `${stream} ${seq} follows nothing` }]),
  ]);
}

/** Each counter's copy of the shop is the shop. */
function copyDiffers({ server }: Floor, { app, name }: Device, isSame = isDeepStrictEqual): Violation[] {
  const running = app?.running;
  if (running === null || running === undefined) return [{ rule: "counter-runs", detail: `${name} does not run` }];
  return running.identity.channels.flatMap((channel) => {
    const theirs = documentsOf(server.db, channel).filter(({ deleted }) => deleted !== true);
    const wrong = theirs.filter(({ kind, id, rev, body }) => {
      const held = running.replica.get(channel, kind, id);
      return held?.rev !== rev || !isSame(held.body, body);
    });
    const count = running.replica.copyOf(channel)?.figures().count ?? 0;
    if (wrong.length === 0 && count === theirs.length) return [];
    const detail = `${name} ${channel}: ${wrong.length} of ${theirs.length} differ, holds ${count}, first ${wrong[0]?.kind} ${wrong[0]?.id}`;
    return [{ rule: "copy-equals-source", detail }];
  });
}

/** What a counter shows as on hand is what the shop has, once everything is told. */
function stockDiffers({ server, ids }: Floor, { app, name }: Device): Violation[] {
  if (app === null) return [];
  return ids.variants.flatMap((variant) => {
    const shown = app.onHand(variant);
    const pool = server.db.pools.get(`${app.running?.identity.branch} ${variant}`);
    if (shown === pool?.pool.units) return [];
    return [{ rule: "shown-stock", detail: `${name} shows ${shown} of ${variant}, the shop has ${pool?.pool.units}` }];
  });
}
