import { sumBy, ZERO } from "@holdfast/domain/money/amount";
import type { Desk } from "../cart/desk.ts";
import { cartOf } from "../cart/desk-state.ts";
import type { OwnSales } from "../sale/own-sales.ts";
import type { Shop } from "../shell/shop.ts";
import type { Terminal } from "../shell/terminal.ts";
import type { TillParts } from "../shell/till-parts.ts";
import { ReturnDesk } from "./return-desk.ts";

export type OpenReturnsPorts = Pick<TillParts, "returned" | "readCode" | "approvals"> & {
  readonly terminal: Terminal;
  readonly shop: () => Shop;
  readonly sales: OwnSales;
  readonly desk: Desk;
};

export function openReturns({
  terminal,
  shop,
  sales,
  desk,
  returned,
  readCode,
  approvals,
}: OpenReturnsPorts): ReturnDesk {
  return new ReturnDesk({
    ...{ returned, readCode },
    ownByNumber: (number) => sales.openByNumber(number),
    ownById: (sale) => sales.open(sale),
    permit: (act) => approvals.permit(act),
    currency: () => shop().rules.currency,
    nowMs: () => terminal.clock.now(),
    returnDays: () => shop().branch.returnDays,
    cartId: () => desk.cartId,
    alreadyBack: () => sumBy(cartOf(desk.state.get())?.lines ?? [], ({ returned: figures }) => figures?.incTax ?? ZERO),
    addToCart: (returns, permit) => desk.addReturns(returns, permit.ok ? permit.approval : undefined),
  });
}
