import type { Uuid } from "../kernel/id.ts";
import type { Day, Instant } from "../kernel/instant.ts";
import { accept, type Result, refuse } from "../kernel/result.ts";
import { type Amount, subtract, ZERO } from "../money/amount.ts";
import type { CurrencyCode } from "../money/currency.ts";
import type { Approval } from "../staff/approval.ts";
import type { StaffId } from "../staff/staff.ts";
import type { CashRoundingRule } from "../tender/cash-rounding.ts";
import { type SettleRefusal, settle } from "../tender/settle.ts";
import type { Tender } from "../tender/tender.ts";
import { type CashCountRefusal, type Counted, countCash } from "./cash-count.ts";
import type {
  AccountPaid,
  CashCounted,
  CashMoved,
  DrawerOpened,
  ShiftClosed,
  ShiftOpened,
  ShiftPlace,
} from "./shift-events.ts";
import { expectedCash, type Shift, type Till } from "./till.ts";

/** Who did it and when, on the terminal's clock. */
export type Deed = { readonly by: StaffId; readonly at: Instant };

/** Minor units of one cash movement or float. */
export const cashAmountMax = 1_000_000_000_000;
export const reasonCharsMax = 2_000;

export type OpenShiftRefusal = { readonly kind: "already-open"; readonly shift: Uuid } | AmountRefusal;

type AmountRefusal = { readonly kind: "amount-invalid" };
type NotOpen = { readonly kind: "not-open" };
type ReasonRefusal = { readonly kind: "reason-missing" } | { readonly kind: "reason-too-long"; readonly max: number };

/**
 * Opens a shift. One that was forgotten on an earlier business day is closed first, by itself: uncounted, its cash still in
 * the till. Within the same day the open one goes on.
 */
export function openShift(
  till: Till,
  opening: Deed & {
    readonly shift: Uuid;
    readonly businessDay: Day;
    readonly currency: CurrencyCode;
    readonly float: Amount;
  },
): Result<readonly (ShiftClosed | ShiftOpened)[], OpenShiftRefusal> {
  const before = till.shift;
  if (!isCash(opening.float)) return refuse({ kind: "amount-invalid" });
  const { till: id, branch, terminal } = till;
  const opened = (carried: Amount): ShiftOpened => ({
    kind: "shift-opened",
    till: id,
    branch,
    terminal,
    carried,
    ...opening,
  });
  if (before === null) return accept([opened(ZERO)]);
  if (before.kind === "closed") return accept([opened(before.closed.left)]);
  if (before.opened.businessDay >= opening.businessDay) {
    return refuse({ kind: "already-open", shift: before.opened.shift });
  }
  const counted = before.kind === "counted" ? before.count.total : null;
  const left = counted ?? expectedCash(before);
  const { by, at } = opening;
  return accept([closing(till, before, { counted, left, automatic: true, by, at }), opened(left)]);
}

export type MoveCashRefusal = NotOpen | AmountRefusal | ReasonRefusal | { readonly kind: "tax-invalid" };

/** Cash goes into the till or out of it without a sale. */
export function moveCash(
  shift: Shift,
  movement: Omit<CashMoved, "kind" | "shift" | "place">,
): Result<CashMoved, MoveCashRefusal> {
  if (shift.kind !== "open") return refuse({ kind: "not-open" });
  if (!isCash(movement.amount) || movement.amount === 0) return refuse({ kind: "amount-invalid" });
  const fault = reasonFault(movement.reason);
  if (fault !== null) return refuse(fault);
  const { tax } = movement;
  const isTaxed = tax === undefined || (movement.movementKind === "paid-out" && isCash(tax.amount));
  if (!isTaxed || (tax?.amount ?? 0) > movement.amount) return refuse({ kind: "tax-invalid" });
  return accept({ kind: "cash-moved", ...belongingTo(shift), ...movement });
}

export type OpenDrawerRefusal = NotOpen | ReasonRefusal;

/** Opens the drawer without a sale, for a reason that is written down. */
export function openDrawer(
  shift: Shift,
  opening: Deed & { readonly opening: Uuid; readonly reason: string; readonly approval?: Approval },
): Result<DrawerOpened, OpenDrawerRefusal> {
  if (shift.kind !== "open") return refuse({ kind: "not-open" });
  const fault = reasonFault(opening.reason);
  return fault === null ? accept({ kind: "drawer-opened", ...belongingTo(shift), ...opening }) : refuse(fault);
}

export type PayAccountRefusal = NotOpen | AmountRefusal | SettleRefusal | { readonly kind: "tender-not-allowed" };

/** A customer pays off debt at the till: settled like a sale, and none. */
export function payAccount(
  shift: Shift,
  payment: Omit<AccountPaid, "kind" | "shift" | "place" | "change" | "cashRounding"> & {
    readonly tenders: readonly Tender[];
  },
  rule: CashRoundingRule,
): Result<AccountPaid, PayAccountRefusal> {
  if (shift.kind !== "open") return refuse({ kind: "not-open" });
  if (!isCash(payment.amount) || payment.amount === 0) return refuse({ kind: "amount-invalid" });
  if (payment.tenders.some((tender) => tender.kind === "on-account")) return refuse({ kind: "tender-not-allowed" });
  const settled = settle(payment.amount, payment.tenders, rule);
  if (!settled.ok) return settled;
  return accept({ kind: "account-paid", ...belongingTo(shift), ...payment, ...settled.value });
}

export type CountShiftRefusal = NotOpen | { readonly kind: "already-counted" } | CashCountRefusal;

/** Declares what is in the drawer, once a shift; what is expected is shown only after it. */
export function countShift(
  shift: Shift,
  count: Deed & { readonly counted: readonly Counted[] },
): Result<CashCounted, CountShiftRefusal> {
  if (shift.kind === "counted") return refuse({ kind: "already-counted" });
  if (shift.kind !== "open") return refuse({ kind: "not-open" });
  const total = countCash(count.counted);
  if (!total.ok) return total;
  return accept({ kind: "cash-counted", ...belongingTo(shift), ...count, total: total.value });
}

export type CloseShiftRefusal =
  | NotOpen
  | { readonly kind: "not-counted" }
  /** More is to stay in the till than was found in it. */
  | { readonly kind: "more-than-counted"; readonly counted: Amount };

/** Closes a counted shift with the terminal's next Z number. What does not stay in the till goes to the safe. */
export function closeShift(
  till: Till,
  close: Deed & { readonly left: Amount },
): Result<ShiftClosed, CloseShiftRefusal> {
  const { shift } = till;
  if (shift === null || shift.kind === "closed") return refuse({ kind: "not-open" });
  if (shift.kind === "open") return refuse({ kind: "not-counted" });
  const counted = shift.count.total;
  if (!isCash(close.left) || close.left > counted) return refuse({ kind: "more-than-counted", counted });
  return accept(closing(till, shift, { ...close, counted, automatic: false }));
}

function closing(
  till: Till,
  shift: Shift,
  how: Deed & { readonly counted: Amount | null; readonly left: Amount; readonly automatic: boolean },
): ShiftClosed {
  const expected = expectedCash(shift);
  const { counted, left } = how;
  return {
    kind: "shift-closed",
    ...belongingTo(shift),
    zNumber: till.lastZ + 1,
    expected,
    overShort: counted === null ? ZERO : subtract(counted, expected),
    dropped: counted === null ? ZERO : subtract(counted, left),
    grandTotals: till.grandTotals,
    ...how,
  };
}

function belongingTo({ opened }: Shift): { readonly shift: Uuid; readonly place: ShiftPlace } {
  const { shift, till, branch, terminal, businessDay, currency } = opened;
  return { shift, place: { till, branch, terminal, businessDay, currency } };
}

function isCash(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0 && value <= cashAmountMax;
}

function reasonFault(reason: string): ReasonRefusal | null {
  if (reason.trim() === "") return { kind: "reason-missing" };
  return reason.length > reasonCharsMax ? { kind: "reason-too-long", max: reasonCharsMax } : null;
}
