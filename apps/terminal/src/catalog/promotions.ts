import { applyPromotions } from "@holdfast/domain/cart/apply-promotions";
import type { Cart } from "@holdfast/domain/cart/cart";
import type { ProductId, VariantId } from "@holdfast/domain/catalog/variant";
import { accept, type Result } from "@holdfast/domain/kernel/result";
import { type Coupon, type CouponRefusal, checkCoupon } from "@holdfast/domain/pricing/coupon";
import type { Promotion } from "@holdfast/domain/pricing/promotion";
import { MERCHANT_CHANNEL } from "@holdfast/protocol/channel";
import type { VariantDocument } from "@holdfast/protocol/documents";
import type { CouponDocument } from "@holdfast/protocol/selling-documents";
import type { Clock } from "@holdfast/sync/ports";
import type { Replica } from "@holdfast/sync/replica";
import type { Customers } from "../customer/customers.ts";

export type PromotionsPorts = {
  readonly replica: Pick<Replica, "all" | "get">;
  readonly clock: Pick<Clock, "instant">;
  readonly customers: Pick<Customers, "get">;
};

export type Promotions = {
  /** Grants what runs now for the cart as it stands, in place of what it was granted before. */
  readonly apply: (cart: Cart) => Cart;
  /** A code that a customer has, for this cart. */
  readonly takeCoupon: (cart: Cart, code: string) => Result<Cart, { readonly kind: CouponRefusal }>;
};

/** The promotions of the shop's copy, as they run at this moment. */
export function runningPromotionsOf({ replica, clock, customers }: PromotionsPorts): Promotions {
  const bodies = <Body>(kind: string): Body[] =>
    [...replica.all(MERCHANT_CHANNEL, kind)].map(({ body }) => body as Body);
  const productOf = (variant: VariantId): ProductId | null =>
    (replica.get(MERCHANT_CHANNEL, "variant", variant)?.body as VariantDocument | undefined)?.product ?? null;
  return {
    apply: (cart) => {
      const promotions = bodies<Promotion>("promotion");
      if (promotions.length === 0) return cart;
      const groups = cart.customer === null ? [] : (customers.get(cart.customer.customer)?.groups ?? []);
      const occasion = { at: clock.instant(), customerGroups: groups, coupons: cart.coupons ?? [] };
      return applyPromotions(cart, { promotions, occasion, productOf });
    },
    takeCoupon: (cart, code) => {
      const coupons = bodies<Coupon & CouponDocument>("coupon");
      const uses = coupons.find(({ coupon }) => coupon.toUpperCase() === code.trim().toUpperCase())?.uses ?? 0;
      const use = { at: clock.instant(), customer: cart.customer?.customer ?? null, uses, usesByCustomer: 0 };
      const checked = checkCoupon(code, coupons, use);
      if (!checked.ok) return { ok: false, refusal: { kind: checked.refusal } };
      const given = cart.coupons ?? [];
      const { coupon } = checked.value;
      return accept(given.includes(coupon) ? cart : { ...cart, coupons: [...given, coupon] });
    },
  };
}
