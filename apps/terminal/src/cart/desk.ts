import { addReturnLines } from "@holdfast/domain/cart/add-returns";
import type { Cart } from "@holdfast/domain/cart/cart";
import { addLine, newCart, setQuantity } from "@holdfast/domain/cart/edit-cart";
import type { Approval } from "@holdfast/domain/cart/line";
import { priceCart } from "@holdfast/domain/cart/price-cart";
import type { VariantId } from "@holdfast/domain/catalog/variant";
import type { Uuid } from "@holdfast/domain/kernel/id";
import { localDay } from "@holdfast/domain/kernel/instant";
import type { Result } from "@holdfast/domain/kernel/result";
import { addDecimals, compareDecimals, type Decimal, decimal } from "@holdfast/domain/money/decimal";
import type { CouponRefusal } from "@holdfast/domain/pricing/coupon";
import { taxesOn } from "@holdfast/domain/tax/definition";
import type { Clock } from "@holdfast/sync/ports";
import type { CodeHit } from "../catalog/catalogue.ts";
import { findScanned } from "../catalog/find-scanned.ts";
import { priceFor } from "../customer/price-for.ts";
import type { Shop } from "../shell/shop.ts";
import { createValue, type Value } from "../shell/value.ts";
import type { AddOptions, DeskState, Question } from "./desk-state.ts";
import type { DraftKeeper } from "./draft-keeper.ts";
import type { News, Refusal } from "./news.ts";
import { type RingUpRefusal, ringUp } from "./ring-up.ts";

export type DeskPorts = {
  readonly shop: () => Shop;
  readonly clock: Clock;
  readonly newId: () => Uuid;
  readonly keeper: DraftKeeper;
  /** What is on hand, own sales taken off; null where the shop keeps no stock of it. */
  readonly onHand: (variant: VariantId) => Decimal | null;
  /** Grants what the running promotions give for the cart as it stands. */
  readonly promote: (cart: Cart) => Cart;
  readonly takeCoupon: (cart: Cart, code: string) => Result<Cart, { readonly kind: CouponRefusal }>;
  readonly tell: (news: News) => void;
  readonly isTraining: () => boolean;
  /** The code on a receipt was scanned: goods come back. */
  readonly onReceipt: (text: string) => void;
};

type Scan = { readonly text: string; readonly count: Decimal | null };

/** The cart on the desk: every act of the cashier makes the next one, and each is on its way to the disk at once. */
export class Desk {
  readonly #ports: DeskPorts;
  readonly state: Value<DeskState>;
  readonly question: Value<Question | null> = createValue<Question | null>(null);
  /** Scans that came while the till could not take them; none is lost. */
  readonly #scans: Scan[] = [];
  /** An approval may be given for a cart that has no line yet. */
  #nextCart: Uuid | null = null;

  constructor(ports: DeskPorts, restored: DeskState) {
    this.#ports = ports;
    this.state = createValue(restored);
    // What came while a sale was being stored, or a question was open, goes on when that is over.
    this.state.watch(() => this.#takeScans());
    this.question.watch(() => this.#takeScans());
  }

  /** @param count as typed before it: so many of whatever it is */
  scan(text: string, count: Decimal | null = null): void {
    this.#scans.push({ text, count });
    this.#takeScans();
  }

  #takeScans(): void {
    while (this.#canTakeScan()) {
      const scan = this.#scans.shift();
      if (scan !== undefined) this.#scanned(scan);
    }
  }

  #canTakeScan(): boolean {
    return this.#scans.length > 0 && this.state.get().kind !== "completing" && this.question.get() === null;
  }

  #scanned({ text, count }: Scan): void {
    const { catalogue, branch } = this.#ports.shop();
    const scanned = findScanned(catalogue, text, branch.labelRules);
    switch (scanned.kind) {
      case "found":
        this.add(scanned.hit, { code: scanned.code, count, details: scanned.details });
        break;
      case "receipt":
        this.#ports.onReceipt(scanned.text);
        break;
      case "several":
        this.question.set({ kind: "which", code: scanned.code, hits: scanned.hits });
        break;
      case "misread":
        this.#ports.tell({ kind: "misread", code: scanned.code });
        break;
      default:
        this.#givenCode(scanned.code);
    }
  }

  /** No goods: it may be a coupon. */
  #givenCode(code: string): void {
    const state = this.state.get();
    const cart = state.kind === "selling" ? (state.cart ?? this.#newCart()) : null;
    const used = cart === null ? null : this.#ports.takeCoupon(cart, code);
    if (used === null || (!used.ok && used.refusal.kind === "unknown-coupon")) {
      this.#ports.tell({ kind: "unknown-code", code });
    } else if (!used.ok) this.#refuse(used.refusal);
    else {
      this.#show(used.value, state.kind === "selling" ? state.selected : null);
      this.#ports.tell({ kind: "coupon", code });
    }
  }

  /** Rings something up, into the open cart or a new one. While it is being paid, more may still be added. */
  add(hit: CodeHit, options: AddOptions = {}): void {
    const state = this.state.get();
    if (state.kind === "completing") return;
    const cart = state.kind === "paid" || state.cart === null ? this.#newCart() : state.cart;
    const at = this.#ports.clock.instant();
    const shop = this.#ports.shop();
    const rung = ringUp(
      { ...shop, priceOf: priceFor(shop, cart.priceList) },
      { ...options, hit, count: options.count ?? null, at },
    );
    if (!rung.ok) {
      if (isQuestion(rung.refusal)) this.question.set({ kind: ASKED[rung.refusal.kind], hit, known: options });
      else this.#refuse(rung.refusal);
      return;
    }
    const added = addLine(cart, rung.value);
    if (!added.ok) {
      this.#refuse(added.refusal);
      return;
    }
    const line = touchedLine(cart, added.value);
    this.#show(added.value, line);
    this.#tellLine("added", line);
    this.#warnOversold(added.value, hit.variant.variant as VariantId);
  }

  /** Answers the open question with goods, or with what was asked of them; null leaves it. */
  answer(hit: CodeHit | null, said: AddOptions = {}): void {
    const question = this.question.get();
    if (question === null) return;
    this.question.set(null);
    if (hit === null) return;
    const known: AddOptions = question.kind === "which" ? { code: question.code } : question.known;
    this.add(hit, { ...known, ...said, details: { ...known.details, ...said.details } });
  }

  /** The open cart's id, or the one that the next cart will have. */
  get cartId(): Uuid {
    const state = this.state.get();
    if (state.kind !== "paid" && state.cart !== null) return state.cart.sale;
    this.#nextCart ??= this.#ports.newId();
    return this.#nextCart;
  }

  /** Puts goods that come back beside those that are sold: an exchange is one cart with both. */
  addReturns(returns: Parameters<typeof addReturnLines>[1], approval: Approval | undefined): boolean {
    const state = this.state.get();
    if (state.kind !== "selling") return false;
    const cart = state.cart ?? this.#newCart();
    const added = addReturnLines(cart, returns);
    if (!added.ok) {
      this.#refuse(added.refusal);
      return false;
    }
    const approvals = approval === undefined ? {} : { approvals: [...(cart.approvals ?? []), approval] };
    this.#show({ ...added.value, ...approvals }, added.value.lines.at(-1)?.line ?? null);
    return true;
  }

  select(line: number): void {
    const { state } = this;
    const current = state.get();
    if (current.kind !== "selling" || current.cart === null) return;
    state.set({ ...current, selected: line });
    this.#keep();
  }

  /** Up or down the cart. */
  moveSelection(step: 1 | -1): void {
    const state = this.state.get();
    if (state.kind !== "selling" || state.cart === null) return;
    const { lines } = state.cart;
    const at = lines.findIndex(({ line }) => line === state.selected);
    const next = lines[Math.min(Math.max(at + step, 0), lines.length - 1)];
    if (next !== undefined) this.select(next.line);
  }

  setQuantity(count: Decimal): void {
    const open = this.#selected();
    if (open === null) return;
    const { unit, scale } = open.line.quantity;
    if (count.scale > scale) {
      this.#refuse({ kind: "too-fine" });
      return;
    }
    const quantity = { ...addDecimals(count, decimal(0, scale)), unit };
    this.#change(open.line.line, setQuantity(open.cart, open.line.line, quantity));
  }

  /** One more or one less; the last one goes only by a line void, which leaves its trace. */
  stepQuantity(step: 1 | -1): void {
    const open = this.#selected();
    if (open === null) return;
    const { units, scale } = open.line.quantity;
    const next = units + step * 10 ** scale;
    if (next > 0) this.setQuantity(decimal(next, scale));
  }

  /** An act on the cart that was decided elsewhere, such as a discount that a manager approved. A cart is begun for it if need be. */
  edit(edit: (cart: Cart) => Result<Cart, Refusal>, selected: number | null): boolean {
    const state = this.state.get();
    if (state.kind !== "selling") return false;
    const edited = edit(state.cart ?? this.#newCart());
    if (!edited.ok) {
      this.#refuse(edited.refusal);
      return false;
    }
    this.#show(edited.value, selected ?? state.selected);
    return true;
  }

  /** The open cart, or the one that would be begun, as an act would make it. */
  tried<Why>(edit: (cart: Cart) => Result<Cart, Why>): Result<Cart, Why> {
    const state = this.state.get();
    return edit(state.kind === "paid" || state.cart === null ? this.#newCart() : state.cart);
  }

  /** Clears the desk of a cart that is kept elsewhere. */
  setAside(): void {
    if (this.state.get().kind === "selling") this.state.set({ kind: "selling", cart: null, selected: null });
  }

  /** Puts a cart that was set aside back onto the empty desk. */
  takeUp(cart: Cart): void {
    this.#show(cart, cart.lines.at(-1)?.line ?? null);
  }

  /** Forgets the whole cart; its trace was written before. */
  cancel(): void {
    const state = this.state.get();
    if (state.kind !== "selling" || state.cart === null) return;
    if (state.cart.tenders.length > 0) {
      this.#refuse({ kind: "money-taken" });
      return;
    }
    this.#ports.keeper.drop(state.cart.sale);
    this.state.set({ kind: "selling", cart: null, selected: null });
    this.#ports.tell({ kind: "cancelled" });
  }

  #newCart(): Cart {
    const { clock, newId, shop } = this.#ports;
    const { taxes, list, rules } = shop();
    const startedAt = clock.instant();
    this.#nextCart ??= newId();
    return newCart({
      sale: this.#nextCart,
      startedAt,
      rules,
      taxes: taxesOn(taxes, localDay(startedAt), list.includesTax),
      training: this.#ports.isTraining(),
    });
  }

  #selected(): { readonly cart: Cart; readonly line: Cart["lines"][number] } | null {
    const state = this.state.get();
    if (state.kind !== "selling" || state.cart === null) return null;
    const line = state.cart.lines.find((each) => each.line === state.selected);
    if (line !== undefined) return { cart: state.cart, line };
    this.#refuse({ kind: "no-line-selected" });
    return null;
  }

  #change(line: number, edited: Result<Cart, Refusal>): void {
    if (!edited.ok) {
      this.#refuse(edited.refusal);
      return;
    }
    this.#show(edited.value, line);
    this.#tellLine("changed", line);
    const variant = edited.value.lines.find((each) => each.line === line)?.variant;
    if (variant != null) this.#warnOversold(edited.value, variant);
  }

  #show(cart: Cart, selected: number | null): void {
    if (cart.sale === this.#nextCart) this.#nextCart = null;
    this.state.set({ kind: "selling", cart: this.#ports.promote(cart), selected });
    this.#keep();
  }

  #keep(): void {
    const state = this.state.get();
    if (state.kind !== "selling" || state.cart === null) return;
    const { cart, selected } = state;
    this.#ports.keeper.keep(cart.sale, { v: 1, kind: "cart", cart, selected, isPaying: false });
  }

  #refuse(refusal: Refusal): void {
    this.#ports.tell({ kind: "refused", refusal });
  }

  #tellLine(kind: "added" | "changed", number: number): void {
    const state = this.state.get();
    if (state.kind !== "selling" || state.cart === null) return;
    const priced = priceCart(state.cart);
    const line = priced.lines.find((each) => each.line === number);
    if (line !== undefined)
      this.#ports.tell({ kind, name: line.name, amount: line.amount, total: priced.totals.total });
  }

  #warnOversold(cart: Cart, variant: VariantId): void {
    const onHand = this.#ports.onHand(variant);
    const lines = cart.lines.filter((line) => line.variant === variant && line.stockQuantity !== null);
    const [first] = lines;
    if (onHand === null || first === undefined) return;
    const wanted = lines.reduce<Decimal>((sum, line) => addDecimals(sum, line.stockQuantity ?? sum), decimal(0, 0));
    if (compareDecimals(wanted, onHand) <= 0) return;
    this.#ports.tell({ kind: "oversold", name: first.name, onHand: { ...onHand, unit: first.quantity.unit } });
  }
}

/** What is missing of goods is asked, and then they are rung up. */
const ASKED = {
  "amount-needed": "how-much",
  "card-needed": "gift-card",
  "serial-needed": "serial",
  "lot-needed": "lot",
} as const satisfies Partial<Record<RingUpRefusal["kind"], Question["kind"]>>;

function isQuestion(refusal: RingUpRefusal): refusal is RingUpRefusal & { readonly kind: keyof typeof ASKED } {
  return refusal.kind in ASKED;
}

/** The line that an addition went to: a new one, or the one it joined. */
function touchedLine(before: Cart, after: Cart): number {
  const changed = after.lines.find((line) => before.lines.find((each) => each.line === line.line) !== line);
  return changed?.line ?? after.lines.at(-1)?.line ?? 1;
}
