import type { Uuid } from "@holdfast/domain/kernel/id";
import type { Entry } from "@holdfast/protocol/entry";
import { parseEvent, type TerminalEvent, type UnreadableEvent } from "@holdfast/protocol/events/event";
import { eventText, readEntry } from "@holdfast/sync/read-entry";
import { sha256Hex } from "./signing.ts";

/** One line of an upload, read but not yet believed. */
export type BatchLine =
  | { readonly kind: "unreadable"; readonly stream: Uuid | null; readonly message: string }
  | ReadLine;

export type ReadLine = {
  readonly kind: "entry";
  readonly raw: string;
  readonly sig: string;
  readonly hash: string;
  readonly bodyHash: string;
  readonly entry: Entry;
  readonly event: TerminalEvent | UnreadableEvent;
};

/** Everything that can be known of a line without the database: most of the work of an upload, done outside its transaction. */
export function readLine(raw: string, sig: string): BatchLine {
  const read = readEntry(raw);
  if ("unreadable" in read) return { kind: "unreadable", ...read.unreadable };
  const { entry } = read;
  return {
    kind: "entry",
    raw,
    sig,
    entry,
    hash: sha256Hex(raw),
    bodyHash: sha256Hex(eventText(entry)),
    event: parseEvent(entry.type, entry.tv, entry.body),
  };
}
