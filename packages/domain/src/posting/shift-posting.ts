import { unreachable } from "../kernel/assert.ts";
import type { AccountRole } from "../ledger/account.ts";
import type { JournalEntry } from "../ledger/journal-entry.ts";
import { type Amount, subtract, ZERO } from "../money/amount.ts";
import type { AccountPaid, CashMoved, ShiftClosed, ShiftOpened } from "../till/shift-events.ts";
import { entry } from "./entry.ts";
import { EntryBuilder } from "./entry-builder.ts";
import { debitTenders } from "./tender-posting.ts";

/** The float that was not in the till already comes from the safe; what the shift before left beyond it goes back there. */
export function postFloat(opened: ShiftOpened): JournalEntry | null {
  const { shift, branch, currency, businessDay: postingDay, at: occurredAt, terminal } = opened;
  const issued = subtract(opened.float, opened.carried);
  const builder = new EntryBuilder(branch).debit("till-cash", issued, { terminal }).credit("safe-cash", issued);
  const name = { key: `shift:${shift}:float`, kind: "float", source: shift };
  return entry(name, { branch, currency, postingDay, occurredAt }, builder.lines());
}

/** Of a payment out, the tax that can be claimed back is no expense. */
export function postCashMovement(moved: CashMoved): JournalEntry | null {
  const { branch, currency, businessDay: postingDay, terminal } = moved.place;
  const builder = new EntryBuilder(branch);
  const { movementKind, amount, reason } = moved;
  switch (movementKind) {
    case "paid-in":
    case "loan":
      builder.debit("till-cash", amount, { terminal }).credit("safe-cash", amount);
      break;
    case "pickup":
      builder.debit("safe-cash", amount).credit("till-cash", amount, { terminal });
      break;
    case "paid-out": {
      const tax = moved.tax?.amount ?? ZERO;
      builder.debit("petty-cash-expenses", subtract(amount, tax), { reason });
      builder.debit("input-tax", tax, { tax: moved.tax?.tax ?? "" });
      builder.credit("till-cash", amount, { terminal });
      break;
    }
    default:
      unreachable(movementKind);
  }
  const name = { key: `cash:${moved.movement}`, kind: movementKind, source: moved.movement };
  return entry(name, { branch, currency, postingDay, occurredAt: moved.at }, builder.lines());
}

/** Over and short, and what goes to the safe: two entries, each null where there is nothing of it. */
export function postShiftClosing(closed: ShiftClosed): {
  readonly overShort: JournalEntry | null;
  readonly drop: JournalEntry | null;
} {
  const { shift, at: occurredAt, by: cashier } = closed;
  const { branch, currency, terminal, businessDay: postingDay } = closed.place;
  const happening = { branch, currency, postingDay, occurredAt };
  const move = (kind: string, value: Amount, to: AccountRole): JournalEntry | null => {
    const dimensions = to === "cash-over-short" ? { terminal, cashier } : {};
    const lines = new EntryBuilder(branch)
      .debit(to, value, dimensions)
      .credit("till-cash", value, { terminal })
      .lines();
    return entry({ key: `shift:${shift}:${kind}`, kind, source: shift }, happening, lines);
  };
  return {
    overShort: move("overshort", subtract(ZERO, closed.overShort), "cash-over-short"),
    drop: move("drop", closed.dropped, "safe-cash"),
  };
}

/** Not a sale: what the customer owes becomes less, and the till or the acquirer holds the money. */
export function postAccountPayment(paid: AccountPaid): JournalEntry | null {
  const { branch, currency, businessDay: postingDay, terminal } = paid.place;
  const builder = new EntryBuilder(branch);
  debitTenders(builder, { tenders: paid.tenders, change: paid.change, terminal });
  builder.credit("cash-rounding", paid.cashRounding, { terminal });
  builder.credit("receivable", paid.amount, { customer: paid.customer });
  const name = { key: `account-payment:${paid.payment}`, kind: "account-payment", source: paid.payment };
  return entry(name, { branch, currency, postingDay, occurredAt: paid.at }, builder.lines());
}
