import type { Sale } from "@holdfast/domain/sale/sale";
import type { z } from "zod";
import { saleCompletedSchema } from "./sale-completed.ts";
import { type StreamOpened, streamOpenedSchema } from "./stream-opened.ts";

/** Facts that terminals report, each at its newest version. Adding one is adding a line here and an applier on the server. */
export type TerminalEvent =
  | { readonly type: "stream-opened"; readonly body: StreamOpened }
  | { readonly type: "sale-completed"; readonly body: Sale };

export type EventType = TerminalEvent["type"];

type EventDefinition = { readonly version: number; readonly schema: z.ZodType };

/** The newest version of every event type that this build can read and write. */
export const EVENT_DEFINITIONS: Readonly<Record<EventType, EventDefinition>> = {
  "stream-opened": { version: 1, schema: streamOpenedSchema },
  "sale-completed": { version: 1, schema: saleCompletedSchema },
};

export type UnreadableEvent = { readonly code: "unsupported_version" | "invalid_body"; readonly message: string };

/**
 * Reads an entry's body. A type or version from a newer build, or a body that does not fit, is not refused: the entry is
 * stored and quarantined under the code given here.
 */
export function parseEvent(type: string, version: number, body: unknown): TerminalEvent | UnreadableEvent {
  const definition = (EVENT_DEFINITIONS as Record<string, EventDefinition | undefined>)[type];
  if (definition === undefined || version > definition.version) {
    return { code: "unsupported_version", message: `${type} version ${version} is newer than this server` };
  }
  const parsed = definition.schema.safeParse(body);
  if (!parsed.success) return { code: "invalid_body", message: issueText(parsed.error) };
  return { type, body: parsed.data } as TerminalEvent;
}

/** The first thing that is wrong, with its place, for a person to read. */
export function issueText(error: z.ZodError): string {
  const [issue] = error.issues;
  if (issue === undefined) return "not valid";
  return `${issue.path.length === 0 ? "body" : issue.path.join(".")}: ${issue.message}`;
}
