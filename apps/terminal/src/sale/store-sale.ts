import { assert } from "@holdfast/domain/kernel/assert";
import { findFault } from "@holdfast/domain/sale/check-sale";
import type { SaleCircumstances } from "@holdfast/domain/sale/complete-sale";
import { receiptNumber } from "@holdfast/domain/sale/receipt-number";
import type { Sale } from "@holdfast/domain/sale/sale";
import type { StaffId } from "@holdfast/domain/staff/staff";
import type { EnrolReply } from "@holdfast/protocol/enrol";
import { saleCompletedSchema } from "@holdfast/protocol/events/sale-completed";
import type { EventLog } from "@holdfast/sync/event-log";
import type { Clock } from "@holdfast/sync/ports";
import type { DraftBody } from "../cart/draft.ts";
import type { Shop } from "../shell/shop.ts";
import type { OwnTill } from "../till/own-till.ts";

export type StoreSalePorts = {
  readonly log: EventLog;
  readonly identity: Pick<EnrolReply, "series" | "branch" | "terminal">;
  readonly shop: () => Pick<Shop, "list">;
  readonly cashier: () => { readonly staff: StaffId; readonly name: string } | null;
  readonly clock: Clock;
  readonly till: OwnTill;
};

export type SaleMaking = {
  readonly training: boolean;
  /** Makes the sale once its number is known. */
  readonly make: (circumstances: SaleCircumstances) => Sale;
};

/**
 * Numbers a sale and stores it. When this resolves, it is on the disk, its cart is no longer open, and a mark says that its
 * paper has not come out yet: all of it in one transaction.
 */
export async function storeSale(ports: StoreSalePorts, { training, make }: SaleMaking): Promise<Sale> {
  const { log, identity, shop, clock, till } = ports;
  const cashier = ports.cashier();
  assert(cashier !== null, "somebody is logged in who takes the money");
  const { list } = shop();
  // Training counts in a series of its own, so that the real one has no gap.
  const series = training ? `${identity.series}T` : identity.series;
  return await log.append({
    build: (numbers) => {
      const shift = till.openShift;
      assert(shift !== null, "money is taken only in an open shift");
      const sale = make({
        number: receiptNumber(series, numbers.next(series), numbers.stream),
        branch: identity.branch,
        terminal: identity.terminal,
        shift: shift.opened.shift,
        cashier,
        businessDay: shift.opened.businessDay,
        completedAt: clock.instant(),
        priceList: list.priceList,
        approvals: [],
      });
      // What the books could not take in must not go onto paper.
      assert(findFault(sale) === null, "a sale settles and adds up");
      assert(saleCompletedSchema.safeParse(sale).success, "a sale is what the protocol says");
      const unprinted: DraftBody = { v: 1, kind: "unprinted", sale: sale.sale };
      return {
        events: [{ event: sale.sale, type: "sale-completed", body: sale }],
        value: sale,
        drafts: { put: [{ draft: sale.sale, body: unprinted }, till.draftAfter(sale)] },
      };
    },
  });
}
