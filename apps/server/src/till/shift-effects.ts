import type { JournalEntry } from "@holdfast/domain/ledger/journal-entry";
import {
  postAccountPayment,
  postCashMovement,
  postFloat,
  postShiftClosing,
} from "@holdfast/domain/posting/shift-posting";
import type {
  AccountPaid,
  CashCounted,
  CashMoved,
  DrawerOpened,
  ShiftOpened,
} from "@holdfast/domain/till/shift-events";
import type { ShiftClosing } from "@holdfast/protocol/events/shift";
import {
  type EventContext,
  type EventEffects,
  NO_EFFECTS,
  placeFault,
  type Quarantine,
} from "../sync/event-effects.ts";
import { spentOf } from "../sync/stored-value-deeds.ts";

type Applied = EventEffects | Quarantine;

export function shiftOpenedEffects(opened: ShiftOpened, context: EventContext): Applied {
  const { shift, till, branch, terminal, businessDay, currency, float, carried, by, at } = opened;
  const row = {
    ...{ shift, event: context.event, till, branch, terminal, business_day: businessDay, currency },
    ...{ float, carried, opened_by: by, opened_at: at },
  };
  return (
    placeFault(opened, context) ?? {
      ...NO_EFFECTS,
      ...{ branch, occurredAt: at, rows: [{ table: "shift", row }], post: () => made(postFloat(opened)) },
    }
  );
}

export function cashMovedEffects(moved: CashMoved, context: EventContext): Applied {
  const { movement, shift, place, movementKind, amount, tax, reason, reference, approval, by, at } = moved;
  const { branch, terminal } = place;
  const row = {
    ...{ movement, event: context.event, shift, branch, terminal, kind: movementKind, amount },
    ...{ tax: tax?.tax, tax_amount: tax?.amount, reason, reference: reference ?? "", approver: approval?.approver },
    ...{ staff: by, occurred_at: at },
  };
  return (
    placeFault(place, context) ?? {
      ...NO_EFFECTS,
      ...{ branch, occurredAt: at, ofShift: shift, rows: [{ table: "cash_movement", row }] },
      post: () => made(postCashMovement(moved)),
    }
  );
}

export function drawerOpenedEffects(opening: DrawerOpened, context: EventContext): Applied {
  const { shift, place, reason, approval, by, at } = opening;
  const row = {
    ...{ event: context.event, type: opening.kind, branch: place.branch, terminal: place.terminal, shift, staff: by },
    ...{ reason, approver: approval?.approver, details: {}, occurred_at: at },
  };
  return (
    placeFault(place, context) ?? {
      ...NO_EFFECTS,
      ...{ branch: place.branch, occurredAt: at, ofShift: shift, rows: [{ table: "trace", row }] },
    }
  );
}

export function accountPaidEffects(paid: AccountPaid, context: EventContext): Applied {
  const { payment, shift, place, customer, amount, tenders, change, cashRounding, by, at } = paid;
  const { branch, terminal } = place;
  const row = {
    ...{ payment, event: context.event, shift, branch, terminal, customer, amount, change },
    ...{ cash_rounding: cashRounding, tenders, staff: by, occurred_at: at },
  };
  const fault = placeFault(place, context) ?? settlementFault(paid);
  return (
    fault ?? {
      ...NO_EFFECTS,
      ...{ branch, occurredAt: at, ofShift: shift, rows: [{ table: "account_payment", row }] },
      happening: { branch, postingDay: place.businessDay, occurredAt: at, currency: place.currency },
      owed: [{ customer, amount: -amount as typeof amount, cause: "payment" }],
      storedValue: spentOf(tenders),
      post: () => made(postAccountPayment(paid)),
    }
  );
}

/** Without this no balanced entry can be made. */
function settlementFault({ amount, tenders, change, cashRounding }: AccountPaid): Quarantine | null {
  const tendered = tenders.reduce((sum, tender) => sum + tender.amount, 0);
  const isSettled = tendered - change === amount + cashRounding;
  const isDebt = tenders.some((tender) => tender.kind === "on-account");
  if (isSettled && !isDebt) return null;
  return { code: "tenders-do-not-settle", message: "tenders, change and rounding do not come to what was paid off" };
}

export function cashCountedEffects(count: CashCounted, context: EventContext): Applied {
  const { shift, place, counted, total, by, at } = count;
  const row = { event: context.event, shift, counted, total, staff: by, occurred_at: at };
  return (
    placeFault(place, context) ?? {
      ...NO_EFFECTS,
      ...{ branch: place.branch, occurredAt: at, ofShift: shift, rows: [{ table: "cash_count", row }] },
    }
  );
}

/** The row and the entries of a closing are written where it is known whether the shift was closed before. */
export function shiftClosedEffects(closing: ShiftClosing, context: EventContext): Applied {
  const { shift, place, at } = closing;
  return (
    placeFault(place, context) ?? {
      ...NO_EFFECTS,
      ...{ branch: place.branch, occurredAt: at, ofShift: shift, closing },
    }
  );
}

export function closingRow(closing: ShiftClosing, event: string, posted: boolean): Readonly<Record<string, unknown>> {
  const { shift, place, zNumber, automatic, expected, counted, overShort, left, dropped, grandTotals, report } =
    closing;
  const { branch, terminal, businessDay } = place;
  return {
    ...{ event, shift, branch, terminal, business_day: businessDay, number: zNumber, automatic },
    ...{ expected, counted, over_short: overShort, left_in_till: left, to_safe: dropped },
    ...{ grand_sales: grandTotals.sales, grand_returns: grandTotals.returns, grand_net: grandTotals.net },
    ...{ series: report.lastReceipt?.series, first_number: report.firstReceipt?.number },
    ...{ last_number: report.lastReceipt?.number, report, posted, staff: closing.by, occurred_at: closing.at },
  };
}

export function closingEntries(closing: ShiftClosing): JournalEntry[] {
  const { overShort, drop } = postShiftClosing(closing);
  return [...made(overShort), ...made(drop)];
}

function made(entry: JournalEntry | null): JournalEntry[] {
  return entry === null ? [] : [entry];
}
