import type { Brand } from "../kernel/brand.ts";
import type { Uuid } from "../kernel/id.ts";
import type { Day, Instant } from "../kernel/instant.ts";
import type { Amount } from "../money/amount.ts";
import type { CurrencyCode } from "../money/currency.ts";
import type { BranchId, CustomerId, TerminalId } from "../party/merchant.ts";
import type { Approval } from "../staff/approval.ts";
import type { StaffId } from "../staff/staff.ts";
import type { TaxId } from "../tax/tax.ts";
import type { Tender } from "../tender/tender.ts";
import type { Counted } from "./cash-count.ts";

/** The accountable contents of one drawer. */
export type TillId = Brand<Uuid, "TillId">;

/** What a terminal has ever sold and taken back, tax included; never reset. `net = sales − returns`. */
export type GrandTotals = { readonly sales: Amount; readonly returns: Amount; readonly net: Amount };

/** Where a shift is, and the day it counts for. Each of its facts carries this, and can be booked without the opening. */
export type ShiftPlace = {
  readonly till: TillId;
  readonly branch: BranchId;
  readonly terminal: TerminalId;
  readonly businessDay: Day;
  readonly currency: CurrencyCode;
};

export type ShiftOpened = ShiftPlace & {
  readonly kind: "shift-opened";
  readonly shift: Uuid;
  /** Cash in the till at opening. */
  readonly float: Amount;
  /** How much of it the shift before had left there; the rest comes from the safe, or goes to it. */
  readonly carried: Amount;
  readonly by: StaffId;
  readonly at: Instant;
};

/** Into the till: paid in, or a loan from the safe. Out of it: paid out, or a pickup for the safe. */
export type CashMovementKind = "paid-in" | "paid-out" | "pickup" | "loan";

export type CashMoved = {
  readonly kind: "cash-moved";
  readonly movement: Uuid;
  readonly shift: Uuid;
  readonly place: ShiftPlace;
  readonly movementKind: CashMovementKind;
  /** Above 0, whichever way it goes. */
  readonly amount: Amount;
  readonly reason: string;
  /** What a payment out contains of tax that can be claimed back. */
  readonly tax?: { readonly tax: TaxId; readonly amount: Amount };
  /** Where its paper is: a number, a picture. */
  readonly reference?: string;
  readonly approval?: Approval;
  readonly by: StaffId;
  readonly at: Instant;
};

/** The drawer was opened without a sale. */
export type DrawerOpened = {
  readonly kind: "drawer-opened";
  readonly opening: Uuid;
  readonly shift: Uuid;
  readonly place: ShiftPlace;
  readonly reason: string;
  readonly approval?: Approval;
  readonly by: StaffId;
  readonly at: Instant;
};

/** A customer paid off what was bought on account: cash for the till, no turnover. */
export type AccountPaid = {
  readonly kind: "account-paid";
  readonly payment: Uuid;
  readonly shift: Uuid;
  readonly place: ShiftPlace;
  readonly customer: CustomerId;
  /** What is taken off the account. */
  readonly amount: Amount;
  /** Never on account, which would only move the debt. */
  readonly tenders: readonly Tender[];
  readonly change: Amount;
  readonly cashRounding: Amount;
  readonly by: StaffId;
  readonly at: Instant;
};

/** What was found in the drawer, declared before anybody was shown what is expected. */
export type CashCounted = {
  readonly kind: "cash-counted";
  readonly shift: Uuid;
  readonly place: ShiftPlace;
  readonly counted: readonly Counted[];
  readonly total: Amount;
  readonly by: StaffId;
  readonly at: Instant;
};

/** The closing of a shift, made once, with the next number of its terminal. */
export type ShiftClosed = {
  readonly kind: "shift-closed";
  readonly shift: Uuid;
  readonly place: ShiftPlace;
  readonly zNumber: number;
  readonly expected: Amount;
  /** Null where a forgotten shift was closed by the next one's opening, uncounted. */
  readonly counted: Amount | null;
  /** `counted − expected`; 0 where nothing was counted. */
  readonly overShort: Amount;
  /** Cash that stays in the till for the next shift, and cash that goes to the safe. */
  readonly left: Amount;
  readonly dropped: Amount;
  readonly grandTotals: GrandTotals;
  readonly automatic: boolean;
  readonly by: StaffId;
  readonly at: Instant;
};

export type ShiftEvent = ShiftOpened | CashMoved | DrawerOpened | AccountPaid | CashCounted | ShiftClosed;
