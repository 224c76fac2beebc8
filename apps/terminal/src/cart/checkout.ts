import type { Cart } from "@holdfast/domain/cart/cart";
import { addTender, remainderOfCart, removeTender } from "@holdfast/domain/cart/edit-tenders";
import { priceCart } from "@holdfast/domain/cart/price-cart";
import type { Uuid } from "@holdfast/domain/kernel/id";
import type { Amount } from "@holdfast/domain/money/amount";
import type { Sale } from "@holdfast/domain/sale/sale";
import type { Approval } from "@holdfast/domain/staff/approval";
import { settle } from "@holdfast/domain/tender/settle";
import type { Tender } from "@holdfast/domain/tender/tender";
import { printerReason } from "../devices/printer/printer.ts";
import type { Value } from "../shell/value.ts";
import { type DeskState, GUARD_MS } from "./desk-state.ts";
import type { DraftKeeper } from "./draft-keeper.ts";
import type { News } from "./news.ts";

export type CheckoutPorts = {
  readonly keeper: DraftKeeper;
  readonly newId: () => Uuid;
  /** By a clock that only goes forward. */
  readonly nowMs: () => number;
  /** Resolves when the sale is on the disk; never before. */
  readonly complete: (cart: Cart) => Promise<Sale>;
  /** Throws a `PrinterFailure`. */
  readonly print: (sale: Sale, options: { readonly copy: boolean }) => Promise<void>;
  readonly tell: (news: News) => void;
};

/** From *Pay* to paper. Each step is taken once, however often its button is pressed: the state has moved on by then. */
export class Checkout {
  readonly #ports: CheckoutPorts;
  readonly #state: Value<DeskState>;

  constructor(ports: CheckoutPorts, state: Value<DeskState>) {
    this.#ports = ports;
    this.#state = state;
  }

  pay(): void {
    const state = this.#state.get();
    if (state.kind !== "selling" || state.cart === null || state.cart.lines.length === 0) return;
    this.#show(state.cart, state.selected);
  }

  /** Back to the goods; payments that were taken stay taken. */
  back(): void {
    const state = this.#state.get();
    if (state.kind !== "paying") return;
    const { cart, selected } = state;
    this.#state.set({ kind: "selling", cart, selected });
    this.#ports.keeper.keep(cart.sale, { v: 1, kind: "cart", cart, selected, isPaying: false });
  }

  cash(amount: Amount): void {
    this.take({ kind: "cash", amount });
  }

  /** @param reference what the reader's slip says; never anything of the card */
  card(amount: Amount, reference: string): void {
    const attempt = this.#ports.newId();
    this.take({ kind: "card", amount, reader: "standalone", reference, state: "approved", attempt });
  }

  /** Makes a payment part of the cart; false where the cart is gone or does not take it. */
  take(tender: Tender, approvals: readonly Approval[] = []): boolean {
    const state = this.#state.get();
    if (state.kind !== "paying") return false;
    const tendered = addTender(state.cart, tender);
    if (!tendered.ok) {
      this.#ports.tell({ kind: "refused", refusal: tendered.refusal });
      return false;
    }
    const before = tendered.value;
    const cart =
      approvals.length === 0 ? before : { ...before, approvals: [...(before.approvals ?? []), ...approvals] };
    // A payment that was taken is on the disk even if the sale never gets there.
    this.#show(cart, state.selected);
    if (isCovered(cart)) void this.finish();
    else this.#ports.tell({ kind: "tendered", amount: tender.amount, due: remainderOfCart(cart).due });
    return true;
  }

  removeTender(index: number): void {
    const state = this.#state.get();
    if (state.kind !== "paying") return;
    const removed = removeTender(state.cart, index);
    if (removed.ok) this.#show(removed.value, state.selected);
    else this.#ports.tell({ kind: "refused", refusal: removed.refusal });
  }

  /** Completes what is paid in full. After a failure the cart is as it was, and this may be tried again. */
  async finish(): Promise<void> {
    const state = this.#state.get();
    if (state.kind !== "paying" || !isCovered(state.cart)) return;
    const { cart, selected } = state;
    this.#state.set({ kind: "completing", cart });
    let sale: Sale;
    try {
      await this.#ports.keeper.settle();
      sale = await this.#ports.complete(cart);
    } catch (error) {
      this.#show(cart, selected);
      this.#ports.tell({ kind: "not-stored", error });
      return;
    }
    this.#state.set({ kind: "paid", sale, paper: { kind: "printing" }, sinceMs: this.#ports.nowMs() });
    this.#ports.tell({ kind: "paid", total: sale.totals.total, change: sale.change });
    await this.print(sale);
  }

  /**
   * The paper of a sale that is on the disk. Whatever the printer does, the sale stays and stays one.
   * @returns whether it came out
   */
  async print(sale: Sale, { copy = false }: { readonly copy?: boolean } = {}): Promise<boolean> {
    this.#notePaper(sale, { kind: "printing" });
    try {
      await this.#ports.print(sale, { copy });
      this.#notePaper(sale, { kind: "printed" });
      this.#ports.keeper.drop(sale.sale);
      return true;
    } catch (error) {
      const reason = printerReason(error);
      this.#notePaper(sale, { kind: "failed", reason });
      this.#ports.tell({ kind: "not-printed", reason });
      return false;
    }
  }

  #notePaper(sale: Sale, paper: (DeskState & { kind: "paid" })["paper"]): void {
    const state = this.#state.get();
    if (state.kind === "paid" && state.sale === sale) this.#state.set({ ...state, paper });
  }

  /** Clears the desk for the next customer; not by the second half of a double click. */
  next(): void {
    const state = this.#state.get();
    if (state.kind !== "paid" || this.#ports.nowMs() - state.sinceMs < GUARD_MS) return;
    this.#state.set({ kind: "selling", cart: null, selected: null });
  }

  #show(cart: Cart, selected: number | null): void {
    const state = this.#state.get();
    const sinceMs = state.kind === "paying" ? state.sinceMs : this.#ports.nowMs();
    this.#state.set({ kind: "paying", cart, selected, sinceMs });
    this.#ports.keeper.keep(cart.sale, { v: 1, kind: "cart", cart, selected, isPaying: true });
  }
}

/** The payments settle the cart as it stands. */
export function isCovered(cart: Cart): boolean {
  return settle(priceCart(cart).totals.total, cart.tenders, cart.rules.cashRounding).ok;
}
