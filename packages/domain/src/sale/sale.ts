import type { CartCustomer, CartTotals, LineVoid, PricingRules, TaxTotal } from "../cart/cart.ts";
import type { Approval, OrderDiscount, PricedLine } from "../cart/line.ts";
import type { Uuid } from "../kernel/id.ts";
import type { Day, Instant } from "../kernel/instant.ts";
import type { Amount } from "../money/amount.ts";
import type { BranchId, TerminalId } from "../party/merchant.ts";
import type { StaffId } from "../staff/staff.ts";
import type { Tax } from "../tax/tax.ts";
import type { Tender } from "../tender/tender.ts";
import type { ReceiptNumber } from "./receipt-number.ts";

export type SaleId = Uuid;

/** Which rules of `domain` made the figures; raised when the same facts would give other figures. */
export const CALC_VERSION = 1;

/**
 * A completed cart: numbered, tendered in full, never changed. It carries all that its receipt, the books and a return need,
 * so that it can be understood without the catalogue of its day.
 */
export type Sale = {
  readonly sale: SaleId;
  readonly number: ReceiptNumber;
  readonly branch: BranchId;
  readonly terminal: TerminalId;
  readonly shift: Uuid | null;
  readonly cashier: StaffId;
  readonly cashierName: string;
  readonly businessDay: Day;
  readonly startedAt: Instant;
  readonly completedAt: Instant;
  readonly calcVersion: number;
  readonly rules: PricingRules;
  readonly priceList: Uuid | null;
  readonly taxes: readonly Tax[];
  readonly lines: readonly PricedLine[];
  readonly orderDiscounts: readonly OrderDiscount[];
  readonly taxTotals: readonly TaxTotal[];
  readonly totals: CartTotals;
  readonly tenders: readonly Tender[];
  readonly change: Amount;
  readonly cashRounding: Amount;
  readonly customer: CartCustomer | null;
  readonly voids: readonly LineVoid[];
  readonly approvals: readonly Approval[];
  readonly note: string;
  readonly training: boolean;
  /** The sale that this one reverses line by line, same shift, with approval. */
  readonly postVoidOf?: SaleId;
};
