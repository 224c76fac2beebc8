import type { Uuid } from "@holdfast/domain/kernel/id";
import type { Instant } from "@holdfast/domain/kernel/instant";
import { businessDay } from "@holdfast/domain/kernel/instant";
import type { BranchId, TerminalId } from "@holdfast/domain/party/merchant";
import type { TillId } from "@holdfast/domain/till/shift-events";
import { NO_GRAND_TOTALS, type Till } from "@holdfast/domain/till/till";
import type { EventBodies, EventType, TerminalEvent } from "@holdfast/protocol/events/event";
import type { HeadlessTerminal } from "./headless-terminal.ts";

/** Writes one fact into a terminal's log, as its app would. */
export async function report<Type extends EventType>(
  terminal: HeadlessTerminal,
  type: Type,
  body: EventBodies[Type],
): Promise<Uuid> {
  const event = terminal.newId();
  await terminal.log.append({
    build: () => ({ events: [{ ...({ type, body } as unknown as TerminalEvent), event }], value: event }),
  });
  return event;
}

export function nowOf(ms = Date.now()): Instant {
  return new Date(ms).toISOString().replace("Z", "+00:00") as Instant;
}

/** The till at a terminal, never opened. */
export function tillOf({ identity, newId }: HeadlessTerminal): Till {
  const place = { branch: identity.branch as BranchId, terminal: identity.terminal as TerminalId };
  return { till: newId() as TillId, ...place, lastZ: 0, grandTotals: NO_GRAND_TOTALS, shift: null };
}

export function todayOf(at: Instant = nowOf()): ReturnType<typeof businessDay> {
  return businessDay(at, 4);
}
