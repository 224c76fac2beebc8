import { type Day, type Instant, isWithin } from "../kernel/instant.ts";
import { accept, type Result, refuse } from "../kernel/result.ts";
import type { CustomerId } from "../party/merchant.ts";

/** A customer's entitlement to a promotion, by a code on paper or screen. */
export type Coupon = {
  readonly coupon: string;
  readonly from: Instant | Day | null;
  readonly to: Instant | Day | null;
  /** Times it can be used by anybody, and by one customer; null without limit. */
  readonly usesMax: number | null;
  readonly usesPerCustomerMax: number | null;
  /** Whose it is; null for whoever has it. */
  readonly customer: CustomerId | null;
};

/** What this terminal knows when the code is given; offline the counts may be behind, and the server raises what exceeds them. */
export type CouponUse = {
  readonly at: Instant;
  readonly customer: CustomerId | null;
  readonly uses: number;
  readonly usesByCustomer: number;
};

export type CouponRefusal =
  | "unknown-coupon"
  | "not-yet"
  | "expired"
  | "used-up"
  | "customer-needed"
  | "other-customer"
  | "used-by-customer";

/** Whether a code may be used now. Codes are compared as they are typed, without regard to case or space around them. */
export function checkCoupon(code: string, coupons: readonly Coupon[], use: CouponUse): Result<Coupon, CouponRefusal> {
  const wanted = code.trim().toUpperCase();
  const coupon = coupons.find((each) => each.coupon.toUpperCase() === wanted);
  if (coupon === undefined) return refuse("unknown-coupon");
  if (!isWithin(use.at, coupon.from, null)) return refuse("not-yet");
  if (!isWithin(use.at, null, coupon.to)) return refuse("expired");
  if (coupon.usesMax !== null && use.uses >= coupon.usesMax) return refuse("used-up");
  const isPersonal = coupon.customer !== null || coupon.usesPerCustomerMax !== null;
  if (isPersonal && use.customer === null) return refuse("customer-needed");
  if (coupon.customer !== null && coupon.customer !== use.customer) return refuse("other-customer");
  if (coupon.usesPerCustomerMax !== null && use.usesByCustomer >= coupon.usesPerCustomerMax) {
    return refuse("used-by-customer");
  }
  return accept(coupon);
}
