import type { Cart } from "@holdfast/domain/cart/cart";
import type { NewLine } from "@holdfast/domain/cart/check-line";
import { addLine } from "@holdfast/domain/cart/edit-cart";
import { priceCart } from "@holdfast/domain/cart/price-cart";
import { type Day, localDay } from "@holdfast/domain/kernel/instant";
import { accept, type Result, refuse } from "@holdfast/domain/kernel/result";
import { type Amount, subtract, sumBy, ZERO } from "@holdfast/domain/money/amount";
import type { Decimal } from "@holdfast/domain/money/decimal";
import {
  type BlindReturn,
  type BlindReturnRefusal,
  blindReturnLine,
  isBlind,
} from "@holdfast/domain/sale/blind-return";
import { parseReceiptNumber, receiptNumberToText } from "@holdfast/domain/sale/receipt-number";
import type { Approval } from "@holdfast/domain/staff/approval";
import type { Desk } from "../cart/desk.ts";
import type { Refusal } from "../cart/news.ts";
import { type RingUpRefusal, ringUp } from "../cart/ring-up.ts";
import type { CodeHit } from "../catalog/catalogue.ts";
import type { GoodsDetails } from "../catalog/find-scanned.ts";
import type { Shop } from "../shell/shop.ts";
import type { TillParts } from "../shell/till-parts.ts";
import type { Approvals } from "../staff/approvals.ts";

/** Goods on the counter whose sale nobody knows. */
export type BlindGoods = {
  readonly hit: CodeHit;
  readonly details: GoodsDetails;
  /** Null where what was typed is no number. */
  readonly count: Decimal | null;
  readonly restock: boolean;
};

export type BlindAct = {
  readonly goods: readonly BlindGoods[];
  readonly reason: string;
  /** As far as it can be read on the paper; empty where there is none. */
  readonly number: string;
  readonly day: string;
};

export type BlindRefusal =
  | BlindReturnRefusal
  | RingUpRefusal
  | { readonly kind: "nothing-chosen" }
  | { readonly kind: "day-missing" }
  | { readonly kind: "unknown-series"; readonly series: string }
  /** This till made it and knows what was sold and what came back. */
  | { readonly kind: "receipt-is-here" }
  | { readonly kind: "not-allowed" }
  | { readonly kind: "cart-refused" };

export type BlindReturnsPorts = {
  readonly shop: () => Shop;
  readonly clock: { readonly instant: () => Parameters<typeof localDay>[0] };
  readonly desk: Pick<Desk, "tried" | "edit">;
  readonly permit: Approvals["permit"];
  readonly terminalOf: TillParts["terminalOf"];
  readonly isOwn: (number: string) => boolean;
};

/** What the goods come to, for the screen; null where they cannot be taken. */
export function blindValue(ports: BlindReturnsPorts, goods: readonly BlindGoods[]): Amount | null {
  const made = linesOf(ports, goods, { reason: "-" });
  if (!made.ok) return null;
  let before: Amount = ZERO;
  const tried = ports.desk.tried((cart) => {
    before = blindSum(cart);
    return withLines(cart, made.value);
  });
  return tried.ok ? subtract(blindSum(tried.value), before) : null;
}

/**
 * Takes goods back without their sale: today's price, a manager's approval for all such goods of the cart together, since
 * that is the money that goes out.
 */
export async function takeBlind(ports: BlindReturnsPorts, act: BlindAct): Promise<Result<null, BlindRefusal>> {
  if (act.goods.length === 0) return refuse({ kind: "nothing-chosen" });
  const receipt = typedReceipt(ports, act);
  if (!receipt.ok) return receipt;
  const made = linesOf(ports, act.goods, { reason: act.reason, ...receipt.value });
  if (!made.ok) return made;
  const tried = ports.desk.tried((cart) => withLines(cart, made.value));
  if (!tried.ok) return refuse({ kind: "cart-refused" });
  const value = blindSum(tried.value);
  const permit = await ports.permit({ action: "blind-return", sale: tried.value.sale, amount: value });
  if (!permit.ok) return refuse({ kind: "not-allowed" });
  const isTaken = ports.desk.edit((cart) => withLines(cart, made.value, permit.approval), null);
  return isTaken ? accept(null) : refuse({ kind: "cart-refused" });
}

function typedReceipt(
  { terminalOf, isOwn }: BlindReturnsPorts,
  { number, day }: BlindAct,
): Result<Pick<BlindReturn, "receipt">, BlindRefusal> {
  if (number.trim() === "") return accept({});
  const parsed = parseReceiptNumber(number);
  if (parsed === null) return refuse({ kind: "not-a-number" });
  if (isOwn(receiptNumberToText(parsed))) return refuse({ kind: "receipt-is-here" });
  if (terminalOf(parsed.series) === undefined) return refuse({ kind: "unknown-series", series: parsed.series });
  if (day === "") return refuse({ kind: "day-missing" });
  return accept({ receipt: { number: receiptNumberToText(parsed), day: day as Day } });
}

function linesOf(
  { shop, clock }: BlindReturnsPorts,
  goods: readonly BlindGoods[],
  act: Pick<BlindReturn, "reason" | "receipt">,
): Result<NewLine[], BlindRefusal> {
  const at = clock.instant();
  const lines: NewLine[] = [];
  for (const { hit, details, count, restock } of goods) {
    if (count === null) return refuse({ kind: "quantity-invalid" });
    // What may no longer be sold may well come back.
    const { expiry: _past, ...kept } = details;
    const rung = ringUp({ ...shop(), isRecalled: () => false }, { hit, count, at, details: kept });
    if (!rung.ok) return rung;
    const line = blindReturnLine(rung.value, { ...act, restock, today: localDay(at) });
    if (!line.ok) return line;
    lines.push(line.value);
  }
  return accept(lines);
}

function withLines(cart: Cart, lines: readonly NewLine[], approval?: Approval): Result<Cart, Refusal> {
  let next: Cart = approval === undefined ? cart : { ...cart, approvals: [...(cart.approvals ?? []), approval] };
  for (const line of lines) {
    const added = addLine(next, line);
    if (!added.ok) return added;
    next = added.value;
  }
  return accept(next);
}

function blindSum(cart: Cart): Amount {
  return sumBy(priceCart(cart).lines.filter(isBlind), (line) => line.incTax);
}
