import type { ProductId, VariantId } from "../catalog/variant.ts";
import { grantPromotions } from "../pricing/grant-promotions.ts";
import type { GrantedDiscount, PromotableLine, Promotion, PromotionOccasion } from "../pricing/promotion.ts";
import type { Cart } from "./cart.ts";
import { lineDiscountsMax } from "./limits.ts";
import type { LineDiscount, LineFacts } from "./line.ts";
import { lineLeft } from "./price-cart.ts";

export type PromotionContext = {
  readonly promotions: readonly Promotion[];
  readonly occasion: PromotionOccasion;
  /** The family a variant belongs to, as the catalogue has it. */
  readonly productOf: (variant: VariantId) => ProductId | null;
};

/**
 * Grants what the running promotions give for the cart as it stands, in place of what they gave before: called after every
 * act. Returned goods, stored value and what people took off by hand are left alone.
 */
export function applyPromotions(cart: Cart, { promotions, occasion, productOf }: PromotionContext): Cart {
  const lines = cart.lines.map(withoutPromotions);
  const promotable = lines.flatMap((line) => promotableLine(line, { cart, productOf }));
  const granted = grantPromotions(promotable, promotions, { occasion, rounding: cart.rules.rounding });
  const coupons = new Map(promotions.map(({ promotion, coupon }) => [promotion, coupon]));
  const next = lines.map((line, index) => {
    const own = granted.filter((grant) => grant.line === line.line);
    const discounts = own.map((grant) => promotionDiscount(grant, coupons.get(grant.promotion) ?? null));
    const all = [...line.discounts, ...discounts].slice(0, lineDiscountsMax);
    const before = cart.lines[index] as LineFacts;
    return isSame(before.discounts, all) ? before : { ...line, discounts: all };
  });
  return next.every((line, index) => line === cart.lines[index]) ? cart : { ...cart, lines: next };
}

function withoutPromotions(line: LineFacts): LineFacts {
  const discounts = line.discounts.filter((discount) => discount.kind !== "promotion");
  return discounts.length === line.discounts.length ? line : { ...line, discounts };
}

function promotableLine(
  line: LineFacts,
  { cart, productOf }: { readonly cart: Cart; readonly productOf: PromotionContext["productOf"] },
): PromotableLine[] {
  if (line.kind === "return" || line.giftCard !== undefined) return [];
  const { variant, category, quantity } = line;
  const product = variant === null ? null : productOf(variant);
  return [{ line: line.line, variant, product, category, quantity, left: lineLeft(line, cart) }];
}

function promotionDiscount({ promotion, name, amount }: GrantedDiscount, coupon: string | null): LineDiscount {
  return { kind: "promotion", promotion, amount, reason: name, ...(coupon === null ? {} : { coupon }) };
}

function isSame(before: readonly LineDiscount[], after: readonly LineDiscount[]): boolean {
  return before.length === after.length && before.every((discount, index) => isSameDiscount(discount, after[index]));
}

function isSameDiscount(a: LineDiscount, b: LineDiscount | undefined): boolean {
  if (a === b) return true;
  return a.kind === "promotion" && b?.kind === "promotion" && a.promotion === b.promotion && a.amount === b.amount;
}
