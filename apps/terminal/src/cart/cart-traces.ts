import { priceCart } from "@holdfast/domain/cart/price-cart";
import { present } from "@holdfast/domain/kernel/assert";
import type { Uuid } from "@holdfast/domain/kernel/id";
import type { StaffId } from "@holdfast/domain/staff/staff";
import type { EnrolReply } from "@holdfast/protocol/enrol";
import type { EventLog, NewEvent } from "@holdfast/sync/event-log";
import type { CartTraces } from "./guarded-acts.ts";
import type { SuspendedCartsPorts } from "./suspended-carts.ts";

export type CartTracesPorts = {
  readonly log: EventLog;
  readonly identity: Pick<EnrolReply, "branch">;
  readonly newId: () => Uuid;
  readonly by: () => StaffId | null;
  readonly shift: () => Uuid | null;
  /** Writes a trace that nobody waits for. */
  readonly note: (event: NewEvent) => void;
};

/** Writes what happened to carts that were no sale, or not yet. */
export function cartTraces(ports: CartTracesPorts): CartTraces & SuspendedCartsPorts["traces"] {
  const { log, identity, newId, note } = ports;
  const place = () => ({
    branch: identity.branch,
    shift: ports.shift(),
    by: present(ports.by(), "somebody is logged in who acts on the cart"),
  });
  return {
    lineVoided: (cart, line) => {
      const trace = cart.voids.findLast((each) => each.line === line);
      if (trace === undefined) return;
      const body = { ...place(), cart: cart.sale, void: trace, training: cart.training };
      note({ event: newId(), type: "line-voided", body });
    },
    cartCancelled: async (cart, reason, approval) => {
      const { lines, totals } = priceCart(cart);
      const body = {
        ...place(),
        cart: cart.sale,
        reason,
        total: totals.total,
        lines: lines.map(({ line, name, quantity, amount }) => ({ line, name, quantity, amount })),
        training: cart.training,
        ...(approval === undefined ? {} : { approval }),
      };
      const event: NewEvent = { event: newId(), type: "cart-cancelled", body };
      await log.append({ build: () => ({ events: [event], value: null, drafts: { remove: [cart.sale] } }) });
    },
    cartSuspended: (cart, label) => {
      const { totals } = priceCart(cart);
      const body = { ...place(), cart: cart.sale, label, total: totals.total, lines: cart.lines.length };
      note({ event: newId(), type: "cart-suspended", body });
    },
    cartResumed: (cart) => note({ event: newId(), type: "cart-resumed", body: { ...place(), cart } }),
  };
}
