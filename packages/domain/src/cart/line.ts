import type { Quantity, UnitPrice, VariantId } from "../catalog/variant.ts";
import type { Uuid } from "../kernel/id.ts";
import type { Day } from "../kernel/instant.ts";
import type { Amount } from "../money/amount.ts";
import type { Approval as StaffApproval } from "../staff/approval.ts";
import type { LineTax } from "../tax/compute-tax.ts";
import type { TaxId } from "../tax/tax.ts";

export type Approval = StaffApproval;

/** A reduction of one line, in the order in which they apply. `promotion` amounts come from the promotion's own rule. */
export type LineDiscount = { readonly reason: string; readonly approval?: Approval; readonly coupon?: string } & (
  | { readonly kind: "percent"; readonly percentPpm: number }
  | { readonly kind: "amount"; readonly amount: Amount }
  | { readonly kind: "promotion"; readonly promotion: Uuid; readonly amount: Amount }
);

/** A reduction of the whole cart, spread over its sale lines. */
export type OrderDiscount = { readonly reason: string; readonly approval?: Approval; readonly coupon?: string } & (
  | { readonly kind: "percent"; readonly percentPpm: number }
  | { readonly kind: "amount"; readonly amount: Amount }
);

/** A price a person set in place of the listed one. */
export type PriceOverride = { readonly listed: UnitPrice; readonly reason: string; readonly approval?: Approval };

/** The line that goods come back from: its sale, and its place in it. */
export type OriginalLine = {
  readonly sale: Uuid;
  readonly line: number;
  /** How the goods' sale was known: this till's own log, a verified receipt, a typed number. */
  readonly known: "own" | "verified" | "typed";
};

/** A receipt that nobody could read by its code: a person typed what stands on it, and nothing proves it. */
export type TypedReceipt = { readonly number: string; readonly day: Day };

/** A part of a kit that leaves the stock with it, for one whole unit of the line. */
export type KitPart = { readonly variant: VariantId; readonly quantity: Quantity };

/** Everything that the cashier rang up on one line; no figure here is computed. */
export type LineFacts = {
  /** Place in the cart, never reused: a voided line keeps its number. */
  readonly line: number;
  readonly kind: "sale" | "return";
  /** Null for goods the catalogue does not know. */
  readonly variant: VariantId | null;
  readonly name: string;
  readonly sku: string | null;
  readonly category: string | null;
  readonly barcode?: string;
  /** Positive on sale lines, negative on return lines. */
  readonly quantity: Quantity;
  /** What leaves (or enters) the stock, in the variant's own unit; differs from `quantity` for packs. Null: no stock moves. */
  readonly stockQuantity: Quantity | null;
  readonly unitPrice: UnitPrice;
  /** A price label's own amount, which then is the extended amount. */
  readonly labelAmount?: Amount;
  readonly override?: PriceOverride;
  readonly discounts: readonly LineDiscount[];
  readonly taxes: readonly TaxId[];
  readonly note?: string;
  readonly serials?: readonly string[];
  readonly lot?: string;
  readonly expiry?: Day;
  readonly kit?: readonly KitPart[];
  /** The line sells stored value on this card: a liability, neither goods nor revenue. */
  readonly giftCard?: string;
  readonly original?: OriginalLine;
  /** What was typed of the receipt of goods whose sale is not known. */
  readonly typedReceipt?: TypedReceipt;
  /** Why goods without a receipt, or damaged ones, came back. */
  readonly returnReason?: string;
  /** False where returned goods do not go back on the shelf. */
  readonly restock?: boolean;
  /** What the line was before tax was taken off it, so that the exemption can be lifted again. */
  readonly exempted?: ExemptedFacts;
  /** The original's figures that come back with this line; it is then never priced anew. */
  readonly returned?: ReturnedFigures;
};

export type ExemptedFacts = Pick<LineFacts, "unitPrice" | "taxes" | "labelAmount">;

/** The share of an original line's figures that a return takes back: negative minor units, where its sale's were positive. */
export type ReturnedFigures = {
  readonly extended: Amount;
  readonly discount: Amount;
  readonly orderDiscount: Amount;
  readonly exTax: Amount;
  readonly incTax: Amount;
  readonly lineTaxes: readonly LineTax[];
};

/**
 * The computed figures of a line, in minor units, signed like its quantity.
 * `amount = extended − Σ discounts − orderDiscount` in the price list's own basis; `incTax = exTax + Σ taxes`.
 */
export type LineFigures = {
  readonly extended: Amount;
  /** What each entry of `discounts` took off, in its order. */
  readonly discountAmounts: readonly Amount[];
  readonly orderDiscount: Amount;
  readonly amount: Amount;
  readonly exTax: Amount;
  readonly incTax: Amount;
  readonly lineTaxes: readonly LineTax[];
};

export type PricedLine = LineFacts & LineFigures;
