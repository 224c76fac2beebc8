import type { Cart, PricedCart } from "@holdfast/domain/cart/cart";
import { priceCart } from "@holdfast/domain/cart/price-cart";
import { useMemo } from "react";

export function usePriced(cart: Cart): PricedCart {
  return useMemo(() => priceCart(cart), [cart]);
}
