import type { Cart } from "@holdfast/domain/cart/cart";
import { priceCart } from "@holdfast/domain/cart/price-cart";
import { assert } from "@holdfast/domain/kernel/assert";
import { findFault } from "@holdfast/domain/sale/check-sale";
import { completeSale } from "@holdfast/domain/sale/complete-sale";
import { receiptNumber } from "@holdfast/domain/sale/receipt-number";
import type { Sale } from "@holdfast/domain/sale/sale";
import type { StaffId } from "@holdfast/domain/staff/staff";
import type { EnrolReply } from "@holdfast/protocol/enrol";
import { saleCompletedSchema } from "@holdfast/protocol/events/sale-completed";
import type { EventLog } from "@holdfast/sync/event-log";
import type { Clock } from "@holdfast/sync/ports";
import type { Shop } from "../shell/shop.ts";
import type { OwnTill } from "../till/own-till.ts";
import type { DraftBody } from "./draft.ts";

export type CompletePorts = {
  readonly log: EventLog;
  readonly identity: EnrolReply;
  readonly shop: () => Shop;
  readonly cashier: () => { readonly staff: StaffId; readonly name: string } | null;
  readonly clock: Clock;
  readonly till: OwnTill;
};

/**
 * Makes a paid cart the sale it stays for ever. When this resolves, the sale is on the disk with its number, the cart is no
 * longer open, and a mark says that its paper has not come out yet: all of it in one transaction.
 */
export async function completeCart(ports: CompletePorts, cart: Cart): Promise<Sale> {
  const { log, identity, shop, clock, till } = ports;
  const cashier = ports.cashier();
  assert(cashier !== null, "somebody is logged in who takes the money");
  const { list } = shop();
  const unprinted: DraftBody = { v: 1, kind: "unprinted", sale: cart.sale };
  // Training counts in a series of its own, so that the real one has no gap.
  const series = cart.training ? `${identity.series}T` : identity.series;
  return await log.append({
    build: (numbers) => {
      const shift = till.openShift;
      assert(shift !== null, "money is taken only in an open shift");
      const completedAt = clock.instant();
      const completed = completeSale(cart, priceCart(cart), {
        number: receiptNumber(series, numbers.next(series), numbers.stream),
        branch: identity.branch,
        terminal: identity.terminal,
        shift: shift.opened.shift,
        cashier,
        businessDay: shift.opened.businessDay,
        completedAt,
        priceList: list.priceList,
        approvals: [],
      });
      assert(completed.ok, `a cart that is paid can be completed: ${JSON.stringify(completed)}`);
      const sale = completed.value;
      // What the books could not take in must not go onto paper.
      assert(findFault(sale) === null, "a sale settles and adds up");
      assert(saleCompletedSchema.safeParse(sale).success, "a sale is what the protocol says");
      return {
        events: [{ event: sale.sale, type: "sale-completed", body: sale }],
        value: sale,
        drafts: { put: [{ draft: cart.sale, body: unprinted }, till.draftAfter(sale)] },
      };
    },
  });
}
