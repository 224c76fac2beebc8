import type { Sale } from "@holdfast/domain/sale/sale";
import type {
  AccountPaid,
  CashCounted,
  CashMoved,
  DrawerOpened,
  ShiftOpened,
} from "@holdfast/domain/till/shift-events";
import type { z } from "zod";
import { type AllotmentReturned, allotmentReturnedSchema } from "./allotment-returned.ts";
import * as audit from "./audit.ts";
import { type CardPaymentDecided, cardPaymentDecidedSchema } from "./card-payment-decided.ts";
import { type CustomerSaved, customerSavedSchema } from "./customer-saved.ts";
import { saleCompletedSchema } from "./sale-completed.ts";
import * as shift from "./shift.ts";
import { type GoodsReceived, goodsReceivedSchema, type StockCounted, stockCountedSchema } from "./stock.ts";
import { type StreamOpened, streamOpenedSchema } from "./stream-opened.ts";

/** Bodies of facts that terminals report, each at its newest version. Adding one is adding a line here and an applier on the server. */
export type EventBodies = {
  readonly "stream-opened": StreamOpened;
  readonly "sale-completed": Sale;
  readonly "shift-opened": ShiftOpened;
  readonly "cash-moved": CashMoved;
  readonly "drawer-opened": DrawerOpened;
  readonly "account-paid": AccountPaid;
  readonly "cash-counted": CashCounted;
  readonly "shift-closed": shift.ShiftClosing;
  readonly "cart-suspended": audit.CartSuspended;
  readonly "cart-resumed": audit.CartResumed;
  readonly "cart-cancelled": audit.CartCancelled;
  readonly "line-voided": audit.LineVoided;
  readonly "staff-signed-in": audit.StaffSignedIn;
  readonly "staff-signed-out": audit.StaffSignedOut;
  readonly "staff-locked": audit.StaffLocked;
  readonly "sign-in-refused": audit.SignInRefused;
  readonly "approval-refused": audit.ApprovalRefused;
  readonly "receipt-printed": audit.ReceiptPrinted;
  readonly "training-switched": audit.TrainingSwitched;
  readonly "price-looked-up": audit.PriceLookedUp;
  readonly "clock-changed": audit.ClockChanged;
  readonly "card-payment-decided": CardPaymentDecided;
  readonly "customer-saved": CustomerSaved;
  readonly "stock-counted": StockCounted;
  readonly "goods-received": GoodsReceived;
  readonly "allotment-returned": AllotmentReturned;
};

export type EventType = keyof EventBodies;
export type TerminalEvent = {
  readonly [Type in EventType]: { readonly type: Type; readonly body: EventBodies[Type] };
}[EventType];

/** Makes a body of one version into one of the next. Pure, and kept for ever: an old terminal's records are still facts. */
export type Upcast = (body: unknown) => unknown;

export type EventDefinition<Body = unknown> = {
  readonly version: number;
  readonly schema: z.ZodType<Body>;
  /** From version 1 on, one for each version before the newest. */
  readonly upcasts?: readonly Upcast[];
};

/** The newest version of every event type that this build can read and write. */
export const EVENT_DEFINITIONS: { readonly [Type in EventType]: EventDefinition<EventBodies[Type]> } = {
  "stream-opened": { version: 1, schema: streamOpenedSchema },
  "sale-completed": { version: 1, schema: saleCompletedSchema },
  "shift-opened": { version: 1, schema: shift.shiftOpenedSchema },
  "cash-moved": { version: 1, schema: shift.cashMovedSchema },
  "drawer-opened": { version: 1, schema: shift.drawerOpenedSchema },
  "account-paid": { version: 1, schema: shift.accountPaidSchema },
  "cash-counted": { version: 1, schema: shift.cashCountedSchema },
  "shift-closed": { version: 1, schema: shift.shiftClosedSchema },
  "cart-suspended": { version: 1, schema: audit.cartSuspendedSchema },
  "cart-resumed": { version: 1, schema: audit.cartResumedSchema },
  "cart-cancelled": { version: 1, schema: audit.cartCancelledSchema },
  "line-voided": { version: 1, schema: audit.lineVoidedSchema },
  "staff-signed-in": { version: 1, schema: audit.staffSignedInSchema },
  "staff-signed-out": { version: 1, schema: audit.staffSignedOutSchema },
  "staff-locked": { version: 1, schema: audit.staffLockedSchema },
  "sign-in-refused": { version: 1, schema: audit.signInRefusedSchema },
  "approval-refused": { version: 1, schema: audit.approvalRefusedSchema },
  "receipt-printed": { version: 1, schema: audit.receiptPrintedSchema },
  "training-switched": { version: 1, schema: audit.trainingSwitchedSchema },
  "price-looked-up": { version: 1, schema: audit.priceLookedUpSchema },
  "clock-changed": { version: 1, schema: audit.clockChangedSchema },
  "card-payment-decided": { version: 1, schema: cardPaymentDecidedSchema },
  "customer-saved": { version: 1, schema: customerSavedSchema },
  "stock-counted": { version: 1, schema: stockCountedSchema },
  "goods-received": { version: 1, schema: goodsReceivedSchema },
  "allotment-returned": { version: 1, schema: allotmentReturnedSchema },
};

export type UnreadableEvent = { readonly code: "unsupported_version" | "invalid_body"; readonly message: string };

/**
 * Reads an entry's body, whatever version it is of. A type or version from a newer build, or a body that does not fit, is not
 * refused: the entry is stored and quarantined under the code given here.
 */
export function parseEvent(type: string, version: number, body: unknown): TerminalEvent | UnreadableEvent {
  const read = readBody(definitionOf(type), { type, version, body });
  return "code" in read ? read : ({ type, body: read.body } as TerminalEvent);
}

type Written = { readonly type: string; readonly version: number; readonly body: unknown };

/** A body by its type's definition, brought up to the newest version first. */
export function readBody<Body>(
  definition: EventDefinition<Body> | null,
  { type, version, body }: Written,
): { readonly body: Body } | UnreadableEvent {
  if (definition === null || version > definition.version) {
    return { code: "unsupported_version", message: `${type} version ${version} is newer than this server` };
  }
  const newest = upcasted(definition, { type, version, body });
  if ("code" in newest) return newest;
  const parsed = definition.schema.safeParse(newest.body);
  return parsed.success ? { body: parsed.data } : { code: "invalid_body", message: issueText(parsed.error) };
}

/** An upcast meets whatever a terminal wrote, before any schema did: one that stumbles sets that one record aside. */
function upcasted(
  { upcasts = [] }: Pick<EventDefinition, "upcasts">,
  { version, body }: Written,
): { readonly body: unknown } | UnreadableEvent {
  try {
    return { body: upcasts.slice(version - 1).reduce((older, upcast) => upcast(older), body) };
  } catch (error) {
    return { code: "invalid_body", message: error instanceof Error ? error.message : String(error) };
  }
}

/** Only what is listed: a type may be called as anything is that every object has. */
function definitionOf(type: string): EventDefinition | null {
  return Object.hasOwn(EVENT_DEFINITIONS, type) ? EVENT_DEFINITIONS[type as EventType] : null;
}

/** The first thing that is wrong, with its place, for a person to read. */
export function issueText(error: z.ZodError): string {
  const [issue] = error.issues;
  if (issue === undefined) return "not valid";
  return `${issue.path.length === 0 ? "body" : issue.path.join(".")}: ${issue.message}`;
}
