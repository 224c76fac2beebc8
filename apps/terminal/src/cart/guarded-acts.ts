import type { Cart } from "@holdfast/domain/cart/cart";
import { voidLine } from "@holdfast/domain/cart/edit-cart";
import { addLineDiscount, addOrderDiscount, overridePrice } from "@holdfast/domain/cart/edit-price";
import { exemptFromTax } from "@holdfast/domain/cart/edit-tax";
import type { Approval, LineFacts } from "@holdfast/domain/cart/line";
import { lineLeft, priceCart } from "@holdfast/domain/cart/price-cart";
import type { UnitPrice } from "@holdfast/domain/catalog/variant";
import type { Instant } from "@holdfast/domain/kernel/instant";
import type { Result } from "@holdfast/domain/kernel/result";
import { type Amount, amount, multiply, subtract, sumBy, ZERO } from "@holdfast/domain/money/amount";
import { extendedAmount } from "@holdfast/domain/pricing/line-amount";
import type { StaffId } from "@holdfast/domain/staff/staff";
import type { TaxReplacement } from "@holdfast/domain/tax/definition";
import type { Approvals, WantedAct } from "../staff/approvals.ts";
import type { Desk } from "./desk.ts";
import { cartOf } from "./desk-state.ts";
import type { News, Refusal } from "./news.ts";

/** So much off, in parts per million of the price or in money. */
export type Reduction =
  | { readonly kind: "percent"; readonly percentPpm: number }
  | { readonly kind: "amount"; readonly amount: Amount };

export type GuardedActsPorts = {
  readonly desk: Pick<Desk, "state" | "edit" | "cancel">;
  readonly permit: Approvals["permit"];
  readonly by: () => StaffId | null;
  readonly now: () => Instant;
  readonly traces: CartTraces;
  readonly tell: (news: News) => void;
};

/** What an auditor finds of goods that were rung up and never sold. */
export type CartTraces = {
  readonly lineVoided: (cart: Cart, line: number) => void;
  /** Resolves when it is on the disk: only then may the cart go. */
  readonly cartCancelled: (cart: Cart, reason: string, approval: Approval | undefined) => Promise<void>;
};

/** Acts on the cart that not everybody may do alone: each is tried first, so that what is asked for is what it comes to. */
export class GuardedActs {
  readonly #ports: GuardedActsPorts;

  constructor(ports: GuardedActsPorts) {
    this.#ports = ports;
  }

  async discountLine(line: number, reduction: Reduction, reason: string): Promise<boolean> {
    const cart = this.#cart();
    const facts = cart?.lines.find((each) => each.line === line);
    if (cart === null || facts === undefined) return false;
    const discount = { ...reduction, reason };
    const tried = this.#tried(addLineDiscount(cart, line, discount));
    if (tried === null) return false;
    const before = lineLeft(facts, cart);
    const money = subtract(before, lineLeft(lineIn(tried, line, facts), tried));
    const size = reduction.kind === "percent" ? reduction.percentPpm : shareOf(money, extendedOf(tried, line));
    return await this.#act({ action: "discount", sale: cart.sale, line, amount: money, size }, line, (now, approval) =>
      addLineDiscount(now, line, { ...discount, ...approval }),
    );
  }

  async discountOrder(reduction: Reduction, reason: string): Promise<boolean> {
    const cart = this.#cart();
    if (cart === null) return false;
    const discount = { ...reduction, reason };
    const tried = this.#tried(addOrderDiscount(cart, discount));
    if (tried === null) return false;
    const money = subtract(orderDiscountOf(tried), orderDiscountOf(cart));
    const before = sumBy(priceCart(cart).lines, ({ kind, amount: left }) => (kind === "sale" ? left : ZERO));
    const size = reduction.kind === "percent" ? reduction.percentPpm : shareOf(money, before);
    return await this.#act({ action: "discount", sale: cart.sale, amount: money, size }, null, (now, approval) =>
      addOrderDiscount(now, { ...discount, ...approval }),
    );
  }

  async overridePrice(line: number, price: UnitPrice, reason: string): Promise<boolean> {
    const cart = this.#cart();
    const facts = cart?.lines.find((each) => each.line === line);
    if (cart === null || facts === undefined) return false;
    const tried = this.#tried(overridePrice(cart, line, { price, reason }));
    if (tried === null) return false;
    const listed = extendedAmount(facts.override?.listed ?? facts.unitPrice, facts.quantity, cart.rules);
    const money = amount(Math.max(0, listed - extendedOf(tried, line)));
    const act: WantedAct = {
      action: "price-override",
      sale: cart.sale,
      line,
      amount: money,
      size: shareOf(money, listed),
    };
    return await this.#act(act, line, (now, approval) => overridePrice(now, line, { price, reason, ...approval }));
  }

  /** Takes the tax off the goods of the cart, and off what is rung up after them. */
  async exemptFromTax(reason: string, replacement: TaxReplacement): Promise<boolean> {
    const cart = this.#cart();
    if (cart === null) return false;
    const exemption = { reason, replacement, taxes: [] };
    if (this.#tried(exemptFromTax(cart, exemption)) === null) return false;
    return await this.#act({ action: "tax-exemption", sale: cart.sale, amount: null }, null, (now, approval) =>
      exemptFromTax(now, { ...exemption, ...approval }),
    );
  }

  /** Takes the line back; what was on it stays on record. */
  async voidLine(line: number): Promise<boolean> {
    const cart = this.#cart();
    const facts = cart?.lines.find((each) => each.line === line);
    const by = this.#ports.by();
    if (cart === null || facts === undefined || by === null) return false;
    const place = cart.lines.indexOf(facts);
    const next = (cart.lines[place + 1] ?? cart.lines[place - 1])?.line ?? null;
    const act: WantedAct = { action: "line-void", sale: cart.sale, line, amount: lineLeft(facts, cart) };
    const isDone = await this.#act(act, next, (now, approval) =>
      voidLine(now, line, { by, at: this.#ports.now(), ...approval }),
    );
    const left = this.#cart();
    if (isDone && left !== null) {
      this.#ports.traces.lineVoided(left, line);
      this.#ports.tell({ kind: "voided", name: facts.name, total: priceCart(left).totals.total });
    }
    return isDone;
  }

  /** Abandons the whole cart. It goes only once its trace is on the disk. */
  async cancel(reason: string): Promise<boolean> {
    const cart = this.#cart();
    if (cart === null) return false;
    if (cart.tenders.length > 0) return this.#refuse({ kind: "money-taken" });
    const { total } = priceCart(cart).totals;
    const permit = await this.#permit({ action: "cancel", sale: cart.sale, amount: total });
    if (permit === null) return false;
    try {
      await this.#ports.traces.cartCancelled(cart, reason, permit.approval);
    } catch (error) {
      this.#ports.tell({ kind: "not-stored", error });
      return false;
    }
    this.#ports.desk.cancel();
    return true;
  }

  async #act(
    act: WantedAct,
    selected: number | null,
    edit: (cart: Cart, approval: { readonly approval?: Approval }) => Result<Cart, Refusal>,
  ): Promise<boolean> {
    const permit = await this.#permit(act);
    // Meanwhile the cart may have changed: what was allowed is done to the cart as it is now, or not at all.
    return permit !== null && this.#ports.desk.edit((cart) => edit(cart, permit), selected);
  }

  async #permit(act: WantedAct): Promise<{ readonly approval?: Approval } | null> {
    const permit = await this.#ports.permit(act);
    if (permit.ok) return permit.approval === undefined ? {} : { approval: permit.approval };
    if (permit.why === "forbidden") this.#refuse({ kind: "not-allowed" });
    return null;
  }

  #tried(edited: Result<Cart, Refusal>): Cart | null {
    if (edited.ok) return edited.value;
    this.#refuse(edited.refusal);
    return null;
  }

  #refuse(refusal: Refusal): false {
    this.#ports.tell({ kind: "refused", refusal });
    return false;
  }

  #cart(): Cart | null {
    const state = this.#ports.desk.state.get();
    return state.kind === "selling" ? cartOf(state) : null;
  }
}

function lineIn(cart: Cart, line: number, otherwise: LineFacts): LineFacts {
  return cart.lines.find((each) => each.line === line) ?? otherwise;
}

function extendedOf(cart: Cart, line: number): Amount {
  return priceCart(cart).lines.find((each) => each.line === line)?.extended ?? ZERO;
}

function orderDiscountOf(cart: Cart): Amount {
  return sumBy(priceCart(cart).lines, (line) => line.orderDiscount);
}

/** In parts per million, as rights count it; all of it where the whole is nothing. */
function shareOf(part: Amount, whole: Amount): number {
  return whole === 0 ? 1_000_000 : multiply(part, { numerator: 1_000_000, denominator: Math.abs(whole) }, "up");
}
