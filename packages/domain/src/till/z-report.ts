import type { Instant } from "../kernel/instant.ts";
import { type Amount, negate, subtract, sum, sumBy, ZERO } from "../money/amount.ts";
import type { ReceiptNumber } from "../sale/receipt-number.ts";
import type { Sale } from "../sale/sale.ts";
import { cashKept } from "../tender/settle.ts";
import type { TenderKind } from "../tender/tender.ts";
import type { AccountPaid, CashMovementKind, GrandTotals, ShiftOpened } from "./shift-events.ts";
import { addTurnover, expectedCash, type Shift, turnoverOf } from "./till.ts";
import {
  type CashierTotal,
  type GroupTotal,
  type RateTotal,
  salesByCashier,
  salesByGroup,
  totalsByRate,
} from "./z-groups.ts";

/** How many, and what they come to. */
export type Tally = { readonly count: number; readonly amount: Amount };

/** What happened at the terminal besides sales and cash movements, as its event log has it. */
export type ShiftAudit = {
  /** Whole carts that were abandoned, by what they came to. */
  readonly cancelled: readonly Amount[];
  /** Receipts that were printed again, by their totals. */
  readonly copies: readonly Amount[];
  readonly proForma: readonly Amount[];
  readonly priceLookups: number;
  /** Whether the event log's chain holds, and how many of its entries nobody else has yet. */
  readonly chainIntact: boolean;
  readonly unsent: number;
};

export type TenderTotal = {
  readonly tender: TenderKind;
  readonly count: number;
  /** What was kept of it: tendered less given back, cash less change. */
  readonly amount: Amount;
};

/**
 * A snapshot of a shift (X, made any number of times) or its closing (Z, made once, with a number). Amounts of sales and
 * returns contain tax and are positive; the net is their difference. Training is counted and nothing else.
 */
export type ShiftReport = {
  readonly kind: "x" | "z";
  readonly zNumber: number | null;
  readonly automatic: boolean;
  readonly opened: ShiftOpened;
  readonly from: Instant;
  readonly to: Instant;
  readonly sales: Tally;
  readonly returns: Tally;
  /** Goods sold at list price in the basis of the price list; then sales less returns. */
  readonly gross: Amount;
  readonly net: Amount;
  readonly discounts: Tally;
  readonly byGroup: readonly GroupTotal[];
  readonly byCashier: readonly CashierTotal[];
  readonly byTender: readonly TenderTotal[];
  readonly byRate: readonly RateTotal[];
  /** Goods that bear no tax at all, net of returns. */
  readonly untaxed: Amount;
  readonly storedValueSold: Tally;
  readonly onAccount: Tally;
  readonly storeCreditIssued: Tally;
  readonly accountPayments: Tally;
  readonly postVoids: Tally;
  readonly lineVoids: Tally;
  readonly cancelled: Tally;
  readonly copies: Tally;
  readonly proForma: Tally;
  readonly training: Tally;
  readonly priceLookups: number;
  readonly drawerOpenings: number;
  readonly movements: Readonly<Record<CashMovementKind, Tally>>;
  readonly cashRounding: Amount;
  readonly cash: CashFigures;
  readonly grandTotals: GrandTotals;
  readonly firstReceipt: ReceiptNumber | null;
  readonly lastReceipt: ReceiptNumber | null;
  readonly chainIntact: boolean;
  readonly unsent: number;
};

/** `expected = float + cash of sales and payments + movements in − out`; counted and what follows only on a Z. */
export type CashFigures = {
  readonly float: Amount;
  readonly expected: Amount;
  readonly counted: Amount | null;
  readonly overShort: Amount | null;
  readonly left: Amount | null;
  readonly dropped: Amount | null;
};

export type ReportFacts = {
  readonly shift: Shift;
  /** Every sale of the shift in the order of its numbers, training included. */
  readonly sales: readonly Sale[];
  readonly payments: readonly AccountPaid[];
  readonly audit: ShiftAudit;
  /** The totals of the terminal when the shift began. */
  readonly grandTotalsBefore: GrandTotals;
  /** When the report is made; a Z is made when its shift was closed. */
  readonly at: Instant;
};

/** What a shift came to, made from its facts alone. */
export function shiftReport(facts: ReportFacts): ShiftReport {
  const { shift, payments, audit } = facts;
  const counting = facts.sales.filter((sale) => !sale.training);
  const closed = shift.kind === "closed" ? shift.closed : null;
  const turnovers = counting.map(turnoverOf);
  return {
    kind: closed === null ? "x" : "z",
    zNumber: closed?.zNumber ?? null,
    automatic: closed?.automatic ?? false,
    opened: shift.opened,
    from: shift.opened.at,
    to: closed?.at ?? facts.at,
    ...turnoverFigures(counting),
    byGroup: salesByGroup(counting),
    byCashier: salesByCashier(counting),
    byTender: totalsByTender(counting, payments),
    byRate: totalsByRate(counting),
    untaxed: untaxedGoods(counting),
    ...liabilityFigures(counting),
    accountPayments: tally(payments.map((payment) => payment.amount)),
    postVoids: tally(counting.filter((sale) => sale.postVoidOf !== undefined).map((sale) => negate(sale.totals.total))),
    lineVoids: tally(counting.flatMap((sale) => sale.voids.map((each) => each.amount))),
    cancelled: tally(audit.cancelled),
    copies: tally(audit.copies),
    proForma: tally(audit.proForma),
    training: tally(facts.sales.filter((sale) => sale.training).map((sale) => sale.totals.total)),
    priceLookups: audit.priceLookups,
    drawerOpenings: shift.drawerOpenings,
    movements: movementFigures(shift),
    cashRounding: sum([...counting, ...payments].map((each) => each.cashRounding)),
    cash: cashFigures(shift),
    grandTotals: turnovers.reduce(addTurnover, facts.grandTotalsBefore),
    firstReceipt: counting[0]?.number ?? null,
    lastReceipt: counting.at(-1)?.number ?? null,
    chainIntact: audit.chainIntact,
    unsent: audit.unsent,
  };
}

type TurnoverFigures = Pick<ShiftReport, "sales" | "returns" | "gross" | "net" | "discounts">;

/** A receipt with both is counted on both sides: an exchange is one sale and one return. */
function turnoverFigures(sales: readonly Sale[]): TurnoverFigures {
  const turnovers = sales.map(turnoverOf);
  const goods = sales.flatMap((sale) => sale.lines).filter((line) => line.giftCard === undefined);
  const sold = goods.filter((line) => line.kind === "sale");
  const discounted = sold.map((line) => subtract(line.extended, line.amount)).filter((off) => off !== 0);
  const salesAmount = sum(turnovers.map((turnover) => turnover.sales));
  const returnsAmount = sum(turnovers.map((turnover) => turnover.returns));
  return {
    sales: { count: sales.filter((sale) => sale.lines.some(isSold)).length, amount: salesAmount },
    returns: { count: sales.filter((sale) => sale.lines.some(isReturned)).length, amount: returnsAmount },
    gross: sum(sold.map((line) => line.extended)),
    net: subtract(salesAmount, returnsAmount),
    discounts: tally(discounted),
  };
}

function untaxedGoods(sales: readonly Sale[]): Amount {
  const goods = sales.flatMap((sale) => sale.lines).filter((line) => line.giftCard === undefined);
  return sumBy(
    goods.filter((line) => line.lineTaxes.length === 0),
    (line) => line.exTax,
  );
}

function isSold(line: Sale["lines"][number]): boolean {
  return line.kind === "sale" && line.giftCard === undefined;
}

function isReturned(line: Sale["lines"][number]): boolean {
  return line.kind === "return" && line.giftCard === undefined;
}

function totalsByTender(sales: readonly Sale[], payments: readonly AccountPaid[]): TenderTotal[] {
  const totals = new Map<TenderKind, { count: number; amount: Amount }>();
  const count = (tender: TenderKind, amount: Amount): void => {
    const total = totals.get(tender) ?? { count: 0, amount: ZERO };
    totals.set(tender, { count: total.count + 1, amount: sum([total.amount, amount]) });
  };
  for (const { tenders, change } of [...sales, ...payments]) {
    if (tenders.some((tender) => tender.kind === "cash")) count("cash", cashKept(tenders, change));
    for (const tender of tenders) if (tender.kind !== "cash") count(tender.kind, tender.amount);
  }
  return [...totals].map(([tender, total]) => ({ tender, ...total })).sort((a, b) => (a.tender < b.tender ? -1 : 1));
}

function liabilityFigures(
  sales: readonly Sale[],
): Pick<ShiftReport, "storedValueSold" | "onAccount" | "storeCreditIssued"> {
  const cards = sales.flatMap((sale) => sale.lines).filter((line) => line.giftCard !== undefined);
  const tenders = sales.flatMap((sale) => sale.tenders);
  const credits = tenders.filter((tender) => tender.kind === "store-credit" && tender.amount < 0);
  return {
    storedValueSold: tally(cards.map((line) => line.incTax)),
    onAccount: tally(tenders.filter((tender) => tender.kind === "on-account").map((tender) => tender.amount)),
    storeCreditIssued: tally(credits.map((tender) => negate(tender.amount))),
  };
}

function movementFigures({ movements }: Shift): ShiftReport["movements"] {
  const of = (kind: CashMovementKind): Tally =>
    tally(movements.filter((movement) => movement.movementKind === kind).map((movement) => movement.amount));
  return { "paid-in": of("paid-in"), "paid-out": of("paid-out"), pickup: of("pickup"), loan: of("loan") };
}

/** Before the count nobody is told by an X what should be found: the shell leaves `expected` off a cashier's screen. */
function cashFigures(shift: Shift): CashFigures {
  const closed = shift.kind === "closed" ? shift.closed : null;
  return {
    float: shift.opened.float,
    expected: closed?.expected ?? expectedCash(shift),
    counted: closed?.counted ?? null,
    overShort: closed?.overShort ?? null,
    left: closed?.left ?? null,
    dropped: closed?.dropped ?? null,
  };
}

function tally(amounts: readonly Amount[]): Tally {
  return { count: amounts.length, amount: sum(amounts) };
}
