import type { Uuid } from "@holdfast/domain/kernel/id";
import type { Sale } from "@holdfast/domain/sale/sale";
import type { GrandTotals, ShiftEvent, TillId } from "@holdfast/domain/till/shift-events";
import { evolve, NO_GRAND_TOTALS, type Till, withSale } from "@holdfast/domain/till/till";
import type { EnrolReply } from "@holdfast/protocol/enrol";
import type { Draft, StoredEntry } from "@holdfast/sync/ports";
import { readEntry } from "@holdfast/sync/read-entry";

/**
 * The till as it stands, kept beside the log and written in the transaction of every fact that changes it: numbers and totals
 * that never go back must outlive the entries they came from.
 */
export type TillRecord = {
  readonly v: 1;
  readonly kind: "till";
  readonly till: Till;
  /** The terminal's totals when the present shift was opened. */
  readonly totalsBefore: GrandTotals;
};

/** A terminal has one drawer, so the till is named as its terminal is. */
export function newTillRecord({ terminal, branch }: Pick<EnrolReply, "terminal" | "branch">): TillRecord {
  const till: Till = {
    till: terminal as Uuid as TillId,
    branch,
    terminal,
    lastZ: 0,
    grandTotals: NO_GRAND_TOTALS,
    shift: null,
  };
  return { v: 1, kind: "till", till, totalsBefore: NO_GRAND_TOTALS };
}

export function tillDraft(record: TillRecord): Draft {
  return { draft: record.till.till, body: record };
}

export function keptTill(drafts: readonly Draft[], till: Uuid): TillRecord | null {
  const body = drafts.find(({ draft }) => draft === till)?.body;
  return isTillRecord(body) ? body : null;
}

function isTillRecord(body: unknown): body is TillRecord {
  if (typeof body !== "object" || body === null || !("v" in body) || !("kind" in body)) return false;
  return body.v === 1 && body.kind === "till";
}

export function withShiftEvent(record: TillRecord, event: ShiftEvent): TillRecord {
  const totalsBefore = event.kind === "shift-opened" ? record.till.grandTotals : record.totalsBefore;
  return { ...record, till: evolve(record.till, event), totalsBefore };
}

export function withSoldSale(record: TillRecord, sale: Sale): TillRecord {
  return { ...record, till: withSale(record.till, sale) };
}

const SHIFT_EVENTS: ReadonlySet<string> = new Set([
  "shift-opened",
  "cash-moved",
  "drawer-opened",
  "account-paid",
  "cash-counted",
  "shift-closed",
] satisfies ShiftEvent["kind"][]);

/** The till after an entry of its own log. What this terminal wrote and signed itself is taken at its word. */
export function afterEntry(record: TillRecord, { type, raw }: Pick<StoredEntry, "type" | "raw">): TillRecord {
  const isShiftEvent = SHIFT_EVENTS.has(type);
  if (!isShiftEvent && type !== "sale-completed") return record;
  const read = readEntry(raw);
  if (!("entry" in read)) return record;
  const { body } = read.entry;
  return isShiftEvent ? withShiftEvent(record, body as ShiftEvent) : withSoldSale(record, body as Sale);
}
