import type { Cart } from "@holdfast/domain/cart/cart";
import type { Uuid } from "@holdfast/domain/kernel/id";
import type { Instant } from "@holdfast/domain/kernel/instant";
import { createValue, type Value } from "../shell/value.ts";
import type { Desk } from "./desk.ts";
import type { SuspendedDraft } from "./draft.ts";
import type { DraftKeeper } from "./draft-keeper.ts";
import type { News } from "./news.ts";

export type SuspendedCartsPorts = {
  readonly desk: Pick<Desk, "state" | "setAside" | "takeUp">;
  readonly keeper: Pick<DraftKeeper, "keep">;
  readonly now: () => Instant;
  readonly traces: {
    readonly cartSuspended: (cart: Cart, label: string) => void;
    readonly cartResumed: (cart: Uuid) => void;
  };
  readonly tell: (news: News) => void;
};

/** Carts that wait for their customer to come back. Each lies on the disk like an open one. */
export class SuspendedCarts {
  readonly #ports: SuspendedCartsPorts;
  readonly list: Value<readonly SuspendedDraft[]>;

  constructor(ports: SuspendedCartsPorts, kept: readonly SuspendedDraft[]) {
    this.#ports = ports;
    this.list = createValue(kept);
  }

  /** Sets the open cart aside. Money that was taken stays with its cart on the desk. */
  suspend(): boolean {
    const { desk, keeper, now, traces, tell } = this.#ports;
    const state = desk.state.get();
    if (state.kind !== "selling" || state.cart === null || state.cart.lines.length === 0) return false;
    const { cart } = state;
    if (cart.tenders.length > 0) {
      tell({ kind: "refused", refusal: { kind: "money-taken" } });
      return false;
    }
    const draft: SuspendedDraft = { v: 1, kind: "suspended", cart, label: labelOf(cart), at: now() };
    keeper.keep(cart.sale, draft);
    desk.setAside();
    this.list.set([...this.list.get(), draft]);
    traces.cartSuspended(cart, draft.label);
    tell({ kind: "suspended", label: draft.label });
    return true;
  }

  /** Takes one back to the desk. One that lies there is set aside for it. */
  resume(sale: Uuid): void {
    const { desk, traces } = this.#ports;
    const draft = this.list.get().find(({ cart }) => cart.sale === sale);
    const state = desk.state.get();
    if (draft === undefined || (state.kind !== "selling" && state.kind !== "paid")) return;
    const isBusy = state.kind === "selling" && state.cart !== null && state.cart.lines.length > 0;
    if (isBusy && !this.suspend()) return;
    this.list.set(this.list.get().filter((each) => each !== draft));
    desk.takeUp(draft.cart);
    traces.cartResumed(sale);
  }
}

/** By whom or what a person tells carts apart. */
function labelOf({ customer, lines }: Cart): string {
  return customer?.name ?? lines[0]?.name ?? "";
}
