import { unreachable } from "../kernel/assert.ts";
import { type Amount, add, amount, negate, subtract, ZERO } from "../money/amount.ts";
import type { BranchId, TerminalId } from "../party/merchant.ts";
import type { Sale } from "../sale/sale.ts";
import { cashKept } from "../tender/settle.ts";
import type {
  CashCounted,
  CashMoved,
  GrandTotals,
  ShiftClosed,
  ShiftEvent,
  ShiftOpened,
  TillId,
} from "./shift-events.ts";

/** From the opening float to the cash count of one till. */
export type Shift =
  | (ShiftFacts & { readonly kind: "open" })
  /** Counted, not yet closed: nothing moves any more. */
  | (ShiftFacts & { readonly kind: "counted"; readonly count: CashCounted })
  | (ShiftFacts & { readonly kind: "closed"; readonly closed: ShiftClosed });

type ShiftFacts = {
  readonly opened: ShiftOpened;
  readonly movements: readonly CashMoved[];
  readonly drawerOpenings: number;
  /** Cash kept from sales and account payments, less cash given back. */
  readonly cashTaken: Amount;
};

/** A till at its terminal: its present or last shift, and what outlives every shift. */
export type Till = {
  readonly till: TillId;
  readonly branch: BranchId;
  readonly terminal: TerminalId;
  /** Number of the last Z report; 0 before the first. */
  readonly lastZ: number;
  readonly grandTotals: GrandTotals;
  readonly shift: Shift | null;
};

export const NO_GRAND_TOTALS: GrandTotals = { sales: ZERO, returns: ZERO, net: ZERO };

/** What should be in the drawer. */
export function expectedCash({ opened, movements, cashTaken }: ShiftFacts): Amount {
  return movements.reduce((cash, movement) => add(cash, cashOf(movement)), add(opened.float, cashTaken));
}

/** Signed as the till sees it. */
function cashOf({ movementKind, amount: value }: CashMoved): Amount {
  switch (movementKind) {
    case "paid-in":
    case "loan":
      return value;
    case "paid-out":
    case "pickup":
      return negate(value);
    default:
      return unreachable(movementKind);
  }
}

/** The till after something happened to it. Total: what happened is never refused, only what is to happen. */
export function evolve(till: Till, event: ShiftEvent): Till {
  switch (event.kind) {
    case "shift-opened":
      return {
        ...till,
        shift: { kind: "open", opened: event, movements: [], drawerOpenings: 0, cashTaken: ZERO },
      };
    case "cash-moved":
      return withShift(till, event.shift, (shift) => ({ ...shift, movements: [...shift.movements, event] }));
    case "drawer-opened":
      return withShift(till, event.shift, (shift) => ({ ...shift, drawerOpenings: shift.drawerOpenings + 1 }));
    case "account-paid":
      return withCash(till, event.shift, cashKept(event.tenders, event.change));
    case "cash-counted":
      return withShift(till, event.shift, (shift) => ({ ...shift, kind: "counted", count: event }));
    case "shift-closed": {
      const closed = withShift(till, event.shift, (shift) => ({ ...shift, kind: "closed", closed: event }));
      return { ...closed, lastZ: event.zNumber, grandTotals: event.grandTotals };
    }
    default:
      return unreachable(event);
  }
}

/** The till after a sale: its cash, and its part in the totals that never go back. Training counts for nothing. */
export function withSale(till: Till, sale: Sale): Till {
  if (sale.training) return till;
  const taken = sale.shift === null ? till : withCash(till, sale.shift, cashKept(sale.tenders, sale.change));
  return { ...taken, grandTotals: addTurnover(till.grandTotals, turnoverOf(sale)) };
}

function withCash(till: Till, shift: string, cash: Amount): Till {
  return withShift(till, shift, (open) => ({ ...open, cashTaken: add(open.cashTaken, cash) }));
}

/** A closed shift stays as its Z report shows it; what belongs to another shift does not change this one. */
function withShift(till: Till, shift: string, change: (shift: Shift) => Shift): Till {
  const present = till.shift;
  if (present === null || present.opened.shift !== shift || present.kind === "closed") return till;
  return { ...till, shift: change(present) };
}

/** Goods sold and goods taken back, tax included, both positive. Stored value is neither. */
export type Turnover = { readonly sales: Amount; readonly returns: Amount };

export function turnoverOf(sale: Sale): Turnover {
  let [sales, returns] = [0, 0];
  for (const line of sale.lines) {
    if (line.giftCard !== undefined) continue;
    if (line.kind === "sale") sales += line.incTax;
    else returns -= line.incTax;
  }
  return { sales: amount(sales), returns: amount(returns) };
}

export function addTurnover(totals: GrandTotals, turnover: Turnover): GrandTotals {
  const sales = add(totals.sales, turnover.sales);
  const returns = add(totals.returns, turnover.returns);
  return { sales, returns, net: subtract(sales, returns) };
}
