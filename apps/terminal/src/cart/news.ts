import type { AddReturnsRefusal } from "@holdfast/domain/cart/add-returns";
import type { AddLineRefusal, SetQuantityRefusal, VoidLineRefusal } from "@holdfast/domain/cart/edit-cart";
import type {
  LineDiscountRefusal,
  OverridePriceRefusal,
  RemoveDiscountRefusal,
} from "@holdfast/domain/cart/edit-price";
import type { TaxExemptionRefusal } from "@holdfast/domain/cart/edit-tax";
import type { AddTenderRefusal, RemoveTenderRefusal } from "@holdfast/domain/cart/edit-tenders";
import type { Quantity } from "@holdfast/domain/catalog/variant";
import type { Amount } from "@holdfast/domain/money/amount";
import type { CouponRefusal } from "@holdfast/domain/pricing/coupon";
import type { CreditRefusal, SpendRefusal } from "@holdfast/domain/tender/spend-offline";
import type { RingUpRefusal } from "./ring-up.ts";

export type Refusal =
  | AddReturnsRefusal
  | AddLineRefusal
  | SetQuantityRefusal
  | VoidLineRefusal
  | LineDiscountRefusal
  | OverridePriceRefusal
  | TaxExemptionRefusal
  | RemoveDiscountRefusal
  | AddTenderRefusal
  | RemoveTenderRefusal
  | RingUpRefusal
  /** Money was taken for this cart: it has to go back before the cart can. */
  | { readonly kind: "money-taken" }
  | { readonly kind: "no-line-selected" }
  | { readonly kind: CouponRefusal }
  /** Withheld from this person: no approval helps. */
  | { readonly kind: "not-allowed" };

export type TrustRefusal = SpendRefusal | CreditRefusal | { readonly kind: "no-customer" };

/** What has just happened at the till, for eyes and ears. */
export type News =
  | { readonly kind: "added"; readonly name: string; readonly amount: Amount; readonly total: Amount }
  | { readonly kind: "voided"; readonly name: string; readonly total: Amount }
  | { readonly kind: "changed"; readonly name: string; readonly amount: Amount; readonly total: Amount }
  | { readonly kind: "cancelled" }
  | { readonly kind: "coupon"; readonly code: string }
  | { readonly kind: "suspended"; readonly label: string }
  | { readonly kind: "unknown-code"; readonly code: string }
  | { readonly kind: "misread"; readonly code: string }
  | { readonly kind: "refused"; readonly refusal: Refusal }
  /** More is sold than the shop believes to have: said, never prevented. */
  | { readonly kind: "oversold"; readonly name: string; readonly onHand: Quantity }
  | { readonly kind: "tendered"; readonly amount: Amount; readonly due: Amount }
  /** Nobody can be asked, and this till may not trust so far by itself. */
  | { readonly kind: "not-trusted"; readonly refusal: TrustRefusal }
  | { readonly kind: "paid"; readonly total: Amount; readonly change: Amount }
  | { readonly kind: "not-stored"; readonly error: unknown }
  | { readonly kind: "not-printed"; readonly reason: string };
