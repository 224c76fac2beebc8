import type { Cart, CartCustomer } from "@holdfast/domain/cart/cart";
import { setCustomer } from "@holdfast/domain/cart/edit-tax";
import { repriceCart } from "@holdfast/domain/cart/reprice-cart";
import type { Instant } from "@holdfast/domain/kernel/instant";
import type { Result } from "@holdfast/domain/kernel/result";
import type { CustomerDocument } from "@holdfast/protocol/selling-documents";
import type { Refusal } from "../cart/news.ts";
import { type Prices, priceFor } from "./price-for.ts";

/** The cart once its customer is known, or nobody again: their prices hold for what is in it and what comes after. */
export function cartOfCustomer(
  cart: Cart,
  customer: CustomerDocument | null,
  { shop, at }: { readonly shop: Prices; readonly at: Instant },
): Result<Cart, Refusal> {
  const named = setCustomer(cart, customer === null ? null : cartCustomer(customer));
  if (!named.ok) return named;
  const priceList = customer?.priceList ?? null;
  const priceOf = priceFor(shop, priceList ?? undefined);
  return repriceCart(named.value, priceList, ({ variant, quantity }) =>
    variant === null ? null : priceOf(variant, at, quantity),
  );
}

function cartCustomer({ customer, name, taxId }: CustomerDocument): CartCustomer {
  return { customer, name, ...(taxId === "" ? {} : { taxId }) };
}
