import type { Cart } from "@holdfast/domain/cart/cart";
import { priceCart } from "@holdfast/domain/cart/price-cart";
import { assert } from "@holdfast/domain/kernel/assert";
import { completeSale } from "@holdfast/domain/sale/complete-sale";
import type { SaleMaking } from "../sale/store-sale.ts";

/** Makes a paid cart the sale it stays for ever. */
export function completedCart(cart: Cart): SaleMaking {
  return {
    training: cart.training,
    make: (circumstances) => {
      const completed = completeSale(cart, priceCart(cart), {
        ...circumstances,
        priceList: cart.priceList ?? circumstances.priceList,
      });
      assert(completed.ok, `a cart that is paid can be completed: ${JSON.stringify(completed)}`);
      return completed.value;
    },
  };
}
