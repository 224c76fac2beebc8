import type { OrderDiscount, PricedLine } from "../cart/line.ts";
import { type Amount, amount, multiply, sumBy, ZERO } from "../money/amount.ts";
import { extendedAmount } from "../pricing/line-amount.ts";
import { type Act, type Approval, coversAct } from "../staff/approval.ts";
import { type Action, mayDo, type Rights, type StaffRights } from "../staff/rights.ts";
import type { Role } from "../staff/staff.ts";
import { isBlind } from "./blind-return.ts";
import type { Sale } from "./sale.ts";

/** Something the cashier was not free to do, and nobody with the right to it approved. The sale stands; a manager looks. */
export type RightsBreach = {
  readonly action: Action;
  readonly line: number | null;
  readonly size: number;
  /** No approval at all, one that was given for something else, or one that was used before. */
  readonly why: "not-approved" | "approval-does-not-fit" | "approval-used-twice" | "forbidden";
};

type Deed = {
  readonly act: Act & { readonly action: Action };
  readonly size: number;
  readonly approval: Approval | undefined;
};

/**
 * Every act of a sale that its cashier needed an approval for and had no fitting one.
 * @param cashier with the rights of the moment of the sale, not of its upload
 */
export function checkRights(sale: Sale, cashier: StaffRights, rights?: Readonly<Record<Role, Rights>>): RightsBreach[] {
  const used = new Set<string>();
  return deedsOf(sale).flatMap(({ act, size, approval }) => {
    const permission = mayDo(cashier, { action: act.action, size }, rights);
    if (permission.kind === "allowed") return [];
    const breach = (why: RightsBreach["why"]): RightsBreach[] => [
      { action: act.action, line: act.line ?? null, size, why },
    ];
    if (permission.kind === "forbidden") return breach("forbidden");
    if (approval === undefined) return breach("not-approved");
    if (!coversAct(approval, act)) return breach("approval-does-not-fit");
    const key = `${approval.approver} ${approval.at} ${approval.action} ${approval.line ?? ""}`;
    if (used.has(key)) return breach("approval-used-twice");
    used.add(key);
    return [];
  });
}

function deedsOf(sale: Sale): Deed[] {
  if (sale.postVoidOf !== undefined) return [deed(sale, "post-void", { money: sale.totals.total })];
  return [
    ...sale.lines.flatMap((line) => (line.kind === "sale" ? soldLineDeeds(line, sale) : [])),
    ...sale.orderDiscounts.map((discount) => orderDiscountDeed(discount, sale)),
    ...sale.voids.map(({ line, amount: money, approval }) => deed(sale, "line-void", { line, money, approval })),
    ...returnDeeds(sale),
    ...customerDeeds(sale),
  ];
}

type Measure = {
  readonly line?: number;
  /** Null where the act has no amount of its own. */
  readonly money: Amount | null;
  /** In the unit of the action's cap; the money if not said. */
  readonly size?: number;
  /** Kept beside the act; where it has no such place, it is looked for among the sale's. */
  readonly approval?: Approval | undefined;
};

function deed(sale: Sale, action: Action, { line, money, size, approval }: Measure): Deed {
  const act = { action, sale: sale.sale, amount: money, ...(line === undefined ? {} : { line }) };
  const candidates = sale.approvals.filter((each) => each.action === action);
  const found = approval ?? candidates.find((each) => coversAct(each, act)) ?? candidates[0];
  return { act, size: size ?? Math.abs(money ?? 0), approval: found };
}

function soldLineDeeds(line: PricedLine, sale: Sale): Deed[] {
  const { line: number, extended, override } = line;
  const deeds = line.discounts.flatMap((discount, index): Deed[] => {
    if (discount.kind === "promotion") return [];
    const money = line.discountAmounts[index] ?? ZERO;
    const size = discount.kind === "percent" ? discount.percentPpm : shareOf(money, extended);
    return [deed(sale, "discount", { line: number, money, size, approval: discount.approval })];
  });
  if (override !== undefined) {
    const listed = extendedAmount(override.listed, line.quantity, sale.rules);
    const money = amount(Math.max(0, listed - extended));
    const { approval } = override;
    deeds.push(deed(sale, "price-override", { line: number, money, size: shareOf(money, listed), approval }));
  }
  if (line.variant === null && line.giftCard === undefined) {
    deeds.push(deed(sale, "open-item", { line: number, money: extended }));
  }
  return deeds;
}

/** Of several order discounts nobody can tell what each came to; then an approval is held to its action alone. */
function orderDiscountDeed(discount: OrderDiscount, sale: Sale): Deed {
  const whole = sumBy(sale.lines, (line) => line.orderDiscount);
  const { approval } = discount;
  if (discount.kind === "amount") {
    const before = sumBy(sale.lines, (line) => amount(line.kind === "sale" ? line.amount + line.orderDiscount : 0));
    return deed(sale, "discount", { money: discount.amount, size: shareOf(discount.amount, before), approval });
  }
  const money = sale.orderDiscounts.length === 1 ? whole : null;
  return deed(sale, "discount", { money, size: discount.percentPpm, approval });
}

/** Returned goods are one act, however many lines they are: the cap is on the money that goes out. */
function returnDeeds(sale: Sale): Deed[] {
  const returns = sale.lines.filter((line) => line.kind === "return");
  const blind = returns.filter(isBlind);
  const known = returns.filter((line) => !isBlind(line));
  return [...returnDeed(sale, "return", known), ...returnDeed(sale, "blind-return", blind)];
}

function returnDeed(sale: Sale, action: Action, lines: readonly PricedLine[]): Deed[] {
  return lines.length === 0 ? [] : [deed(sale, action, { money: sumBy(lines, (line) => line.incTax) })];
}

function customerDeeds(sale: Sale): Deed[] {
  const owed = sale.tenders.filter((tender) => tender.kind === "on-account");
  const exemption = sale.customer?.taxExemption;
  return [
    ...(owed.length === 0 ? [] : [deed(sale, "sale-on-account", { money: sumBy(owed, (tender) => tender.amount) })]),
    ...(exemption === undefined ? [] : [deed(sale, "tax-exemption", { money: null, approval: exemption.approval })]),
  ];
}

/** In parts per million; all of it where the whole is nothing. */
function shareOf(part: Amount, whole: Amount): number {
  return whole === 0 ? 1_000_000 : multiply(part, { numerator: 1_000_000, denominator: Math.abs(whole) }, "up");
}
