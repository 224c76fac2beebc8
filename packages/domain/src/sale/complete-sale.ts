import type { Cart, PricedCart } from "../cart/cart.ts";
import type { Approval } from "../cart/line.ts";
import type { Uuid } from "../kernel/id.ts";
import type { Day, Instant } from "../kernel/instant.ts";
import { accept, type Result, refuse } from "../kernel/result.ts";
import type { BranchId, TerminalId } from "../party/merchant.ts";
import type { StaffId } from "../staff/staff.ts";
import type { TaxId } from "../tax/tax.ts";
import { type SettleRefusal, settle } from "../tender/settle.ts";
import type { ReceiptNumber } from "./receipt-number.ts";
import { CALC_VERSION, type Sale } from "./sale.ts";

export type SaleCircumstances = {
  readonly number: ReceiptNumber;
  readonly branch: BranchId;
  readonly terminal: TerminalId;
  readonly shift: Uuid | null;
  readonly cashier: { readonly staff: StaffId; readonly name: string };
  readonly businessDay: Day;
  readonly completedAt: Instant;
  readonly priceList: Uuid | null;
  readonly approvals: readonly Approval[];
};

export type CompleteSaleRefusal = SettleRefusal | { readonly kind: "empty" };

/** Turns a paid cart into the sale it stays for ever. */
export function completeSale(
  cart: Cart,
  priced: PricedCart,
  circumstances: SaleCircumstances,
): Result<Sale, CompleteSaleRefusal> {
  if (cart.lines.length === 0) return refuse({ kind: "empty" });
  const settled = settle(priced.totals.total, cart.tenders, cart.rules.cashRounding);
  if (!settled.ok) return settled;
  const { cashier, approvals, ...rest } = circumstances;
  const used = new Set<TaxId>(cart.lines.flatMap((line) => line.taxes));
  return accept({
    ...rest,
    sale: cart.sale,
    cashier: cashier.staff,
    cashierName: cashier.name,
    startedAt: cart.startedAt,
    calcVersion: CALC_VERSION,
    rules: cart.rules,
    taxes: Object.values(cart.taxes).filter((tax) => used.has(tax.tax)),
    lines: priced.lines,
    orderDiscounts: cart.orderDiscounts,
    taxTotals: priced.taxTotals,
    totals: priced.totals,
    tenders: cart.tenders,
    change: settled.value.change,
    cashRounding: settled.value.cashRounding,
    customer: cart.customer,
    voids: cart.voids,
    approvals: [...(cart.approvals ?? []), ...approvals],
    note: cart.note,
    training: cart.training,
  });
}
