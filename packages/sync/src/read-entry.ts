import { isUuid, type Uuid } from "@holdfast/domain/kernel/id";
import { type Entry, entrySchema } from "@holdfast/protocol/entry";
import { issueText } from "@holdfast/protocol/events/event";

export type Unreadable = { readonly stream: Uuid | null; readonly message: string };

/** Reads the envelope of a raw entry; its body stays unread, for it may be of a newer build. */
export function readEntry(raw: string): { readonly entry: Entry } | { readonly unreadable: Unreadable } {
  let value: unknown;
  try {
    value = JSON.parse(raw);
  } catch {
    return { unreadable: { stream: null, message: "the entry is not JSON" } };
  }
  const parsed = entrySchema.safeParse(value);
  if (parsed.success) return { entry: parsed.data };
  return { unreadable: { stream: streamOf(value), message: issueText(parsed.error) } };
}

function streamOf(value: unknown): Uuid | null {
  const stream = typeof value === "object" && value !== null && "stream" in value ? value.stream : null;
  return typeof stream === "string" && isUuid(stream) ? stream : null;
}

/** What identifies the content of an event wherever it is written: its type, version and body, without its place. */
export function eventText(entry: Pick<Entry, "type" | "tv" | "body">): string {
  return `${entry.type}|${entry.tv}|${JSON.stringify(entry.body)}`;
}
