import type { EventBodies, TerminalEvent } from "@holdfast/protocol/events/event";
import {
  type EventContext,
  type EventEffects,
  NO_EFFECTS,
  placeFault,
  type Quarantine,
} from "../sync/event-effects.ts";

/** Events that leave a trace and do nothing else. */
type TraceType =
  | "cart-suspended"
  | "cart-resumed"
  | "cart-cancelled"
  | "line-voided"
  | "staff-signed-in"
  | "staff-signed-out"
  | "staff-locked"
  | "sign-in-refused"
  | "approval-refused"
  | "receipt-printed"
  | "training-switched"
  | "price-looked-up"
  | "clock-changed";

type Columns = {
  readonly shift?: string | null;
  readonly staff?: string | null;
  readonly sale?: string | null;
  readonly amount?: number | null;
  readonly reason?: string;
  readonly approver?: string | null | undefined;
};

/** What can be asked for without reading the whole body. */
const COLUMNS: { readonly [Type in TraceType]: (body: EventBodies[Type]) => Columns } = {
  "cart-suspended": ({ by, shift, cart, total, label }) => ({
    staff: by,
    shift,
    sale: cart,
    amount: total,
    reason: label,
  }),
  "cart-resumed": ({ by, shift, cart }) => ({ staff: by, shift, sale: cart }),
  "cart-cancelled": ({ by, shift, cart, total, reason, approval }) => ({
    ...{ staff: by, shift, sale: cart, amount: total, reason },
    approver: approval?.approver,
  }),
  "line-voided": ({ by, shift, cart, void: voided }) => ({
    ...{ staff: by, shift, sale: cart, amount: voided.amount, reason: voided.name },
    approver: voided.approval?.approver,
  }),
  "staff-signed-in": ({ by }) => ({ staff: by }),
  "staff-signed-out": ({ by }) => ({ staff: by }),
  "staff-locked": ({ by, cause }) => ({ staff: by, reason: cause }),
  "sign-in-refused": ({ staff }) => ({ staff }),
  "approval-refused": ({ by, shift, sale, amount, why, approver }) => ({
    ...{ staff: by, shift, sale, amount, reason: why, approver },
  }),
  "receipt-printed": ({ by, shift, sale, total, copy }) => ({ staff: by, shift, sale, amount: total, reason: copy }),
  "training-switched": ({ by, shift, on, approval }) => ({
    ...{ staff: by, shift, reason: on ? "on" : "off" },
    approver: approval?.approver,
  }),
  "price-looked-up": ({ by, shift }) => ({ staff: by, shift }),
  "clock-changed": () => ({}),
};

type TraceEvent = Extract<TerminalEvent, { readonly type: TraceType }>;

export function traceEffects(traced: TraceEvent, context: EventContext): EventEffects | Quarantine {
  const { type, body } = traced;
  const { branch } = body;
  const { event, terminal, at } = context;
  const row = { event, type, branch, terminal, ...columnsOf(traced), details: body, occurred_at: at };
  return placeFault({ branch }, context) ?? { ...NO_EFFECTS, branch, occurredAt: at, rows: [{ table: "trace", row }] };
}

function columnsOf<Type extends TraceType>({
  type,
  body,
}: {
  readonly type: Type;
  readonly body: EventBodies[Type];
}): Columns {
  return { reason: "", ...COLUMNS[type](body) };
}
