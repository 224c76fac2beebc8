import type { Cart } from "@holdfast/domain/cart/cart";
import type { Uuid } from "@holdfast/domain/kernel/id";
import type { Instant } from "@holdfast/domain/kernel/instant";
import type { Draft } from "@holdfast/sync/ports";
import type { CardAttempt } from "../tender/card-payments.ts";

/** A cart that was set aside. It lies where it lay as the open one, so that it is never both. */
export type SuspendedDraft = {
  readonly v: 1;
  readonly kind: "suspended";
  readonly cart: Cart;
  /** By what people tell it from others. */
  readonly label: string;
  readonly at: Instant;
};

/** A payment that the reader was asked for; it goes once its answer is part of the cart, or there was none. */
export type CardAttemptDraft = CardAttempt & { readonly v: 1; readonly kind: "card-attempt" };

export function isCardAttempt(body: unknown): body is CardAttemptDraft {
  if (typeof body !== "object" || body === null || !("v" in body) || !("kind" in body)) return false;
  return body.v === 1 && body.kind === "card-attempt";
}

/** What a terminal keeps of work in progress, so that it survives whatever happens to the browser. */
export type DraftBody =
  /** The open cart, with the payments already taken for it. */
  | {
      readonly v: 1;
      readonly kind: "cart";
      readonly cart: Cart;
      readonly selected: number | null;
      readonly isPaying: boolean;
    }
  | SuspendedDraft
  | CardAttemptDraft
  /** Completed, and its paper has not been seen to come out. It takes the cart's place in the same transaction. */
  | { readonly v: 1; readonly kind: "unprinted"; readonly sale: Uuid };

export type KeptWork = {
  readonly cart: (DraftBody & { readonly kind: "cart" }) | null;
  readonly suspended: readonly SuspendedDraft[];
  readonly unprinted: readonly Uuid[];
};

/** Sorts what was kept. What a newer build wrote is left where it is. */
export function keptWork(drafts: readonly Draft[]): KeptWork {
  const bodies = drafts.map(({ body }) => body).filter(isDraftBody);
  const carts = bodies.filter((body) => body.kind === "cart");
  // Ids grow with time: of two, which a crash between cancelling one and beginning the next may leave, the newest is open.
  carts.sort((a, b) => (a.cart.sale < b.cart.sale ? -1 : 1));
  return {
    cart: carts.at(-1) ?? null,
    suspended: bodies.filter((body) => body.kind === "suspended").sort((a, b) => (a.at < b.at ? -1 : 1)),
    unprinted: bodies.flatMap((body) => (body.kind === "unprinted" ? [body.sale] : [])),
  };
}

function isDraftBody(body: unknown): body is DraftBody {
  if (typeof body !== "object" || body === null || !("v" in body) || body.v !== 1 || !("kind" in body)) return false;
  return body.kind === "cart" || body.kind === "suspended" || body.kind === "unprinted";
}
