import type { Uuid } from "../kernel/id.ts";
import type { Instant } from "../kernel/instant.ts";
import type { Amount } from "../money/amount.ts";
import type { CurrencyCode } from "../money/currency.ts";
import type { Rounding } from "../money/rounding.ts";
import type { CustomerId } from "../party/merchant.ts";
import type { StaffId } from "../staff/staff.ts";
import type { TaxReplacement } from "../tax/definition.ts";
import type { Tax, TaxId, TaxRounding } from "../tax/tax.ts";
import type { CashRoundingRule } from "../tender/cash-rounding.ts";
import type { Tender } from "../tender/tender.ts";
import type { Approval, LineFacts, OrderDiscount, PricedLine } from "./line.ts";

/** How figures are made; recorded on every sale, so that anyone can make them again. */
export type PricingRules = {
  readonly currency: CurrencyCode;
  readonly exponent: number;
  /** The price list's prices contain their taxes. */
  readonly pricesIncludeTax: boolean;
  readonly taxRounding: TaxRounding;
  readonly rounding: Rounding;
  readonly cashRounding: CashRoundingRule;
};

/** A line taken back before completion; it leaves this trace. */
export type LineVoid = {
  readonly line: number;
  readonly name: string;
  readonly quantity: { readonly units: number; readonly scale: number; readonly unit: string };
  readonly amount: Amount;
  readonly at: Instant;
  readonly by: StaffId;
  readonly approval?: Approval;
};

export type CartCustomer = {
  readonly customer: CustomerId;
  readonly name: string;
  readonly taxId?: string;
  readonly taxExemption?: { readonly reason: string; readonly approval?: Approval };
};

/**
 * What is being rung up: it may change, has an id from its first line (which becomes the sale's, so that a second *Pay*
 * is the same sale) and no number. A value: every act of the cashier makes the next one.
 */
export type Cart = {
  readonly sale: Uuid;
  readonly startedAt: Instant;
  readonly rules: PricingRules;
  readonly lines: readonly LineFacts[];
  readonly nextLine: number;
  readonly orderDiscounts: readonly OrderDiscount[];
  /** Every tax a line names, as it applies today. */
  readonly taxes: Readonly<Record<TaxId, Tax>>;
  readonly voids: readonly LineVoid[];
  readonly tenders: readonly Tender[];
  readonly customer: CartCustomer | null;
  readonly note: string;
  readonly training: boolean;
  /** Codes that the customer gave and that hold. */
  readonly coupons?: readonly string[];
  /** Given in place for acts of this cart that keep none beside themselves. */
  readonly approvals?: readonly Approval[];
  /** The list that the customer's prices came from; the branch's where there is none. */
  readonly priceList?: Uuid;
  /** Which taxes make way for others while the customer is exempt; lines added later follow it too. */
  readonly taxReplacement?: TaxReplacement;
};

/** Base and amount of one tax over the whole sale: the receipt's tax summary. */
export type TaxTotal = { readonly tax: TaxId; readonly exTax: Amount; readonly amount: Amount };

export type CartTotals = {
  /** Sum of the lines before any discount, in the price basis. */
  readonly extended: Amount;
  readonly discount: Amount;
  readonly exTax: Amount;
  readonly tax: Amount;
  /** What is to be paid before cash rounding; negative when more comes back than goes out. */
  readonly total: Amount;
};

export type PricedCart = {
  readonly lines: readonly PricedLine[];
  readonly taxTotals: readonly TaxTotal[];
  readonly totals: CartTotals;
};
