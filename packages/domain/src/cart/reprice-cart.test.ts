import { describe, expect, test } from "vitest";
import { amount } from "../money/amount.ts";
import { accepted, price, quantity, refused, testCart, testId, testLine } from "../testing/build.ts";
import { overridePrice } from "./edit-price.ts";
import { lineAmountMax } from "./limits.ts";
import { priceCart } from "./price-cart.ts";
import { repriceCart } from "./reprice-cart.ts";

const TRADE = testId(40);
const cheaper = () => price("10.80");

describe("a cart that turns out to be another customer's", () => {
  test("is priced from the list of the customer, and from the branch's again without one", () => {
    const trade = accepted(repriceCart(testCart(), TRADE, cheaper));
    expect(trade.priceList).toBe(TRADE);
    expect(priceCart(trade).totals.total).toBe(1_080);
    const back = accepted(repriceCart(trade, null, () => price("12.00")));
    expect(back).toEqual(testCart());
  });

  test("keeps the price of goods that the list does not have", () => {
    const trade = accepted(
      repriceCart(testCart({ lines: [testLine(), testLine({ line: 2 })] }), TRADE, ({ line }) =>
        line === 1 ? price("10.80") : null,
      ),
    );
    expect(trade.lines.map(({ unitPrice }) => unitPrice)).toEqual([price("10.80"), price("12.00")]);
  });

  test("keeps a price that a person set, which names what it is set in place of", () => {
    const agreed = accepted(overridePrice(testCart(), 1, { price: price("10.00"), reason: "agreed" }));
    const [line] = accepted(repriceCart(agreed, TRADE, cheaper)).lines;
    expect(line).toMatchObject({ unitPrice: price("10.00"), override: { listed: price("10.80"), reason: "agreed" } });
  });

  test("keeps what a label or a card set, and what comes back", () => {
    const lines = [
      testLine({ line: 2, labelAmount: amount(499) }),
      testLine({ line: 3, giftCard: "GC1000", taxes: [], stockQuantity: null }),
      testLine({ line: 4, quantity: quantity("-1"), returnReason: "x" }),
      testLine({ line: 5, variant: null }),
    ];
    expect(accepted(repriceCart(testCart({ lines }), TRADE, cheaper)).lines).toEqual(lines);
  });

  test("is refused where a price of the list is none", () => {
    expect(refused(repriceCart(testCart(), TRADE, () => price("-1.00")))).toEqual({ kind: "price-negative" });
    expect(refused(repriceCart(testCart(), TRADE, () => price(`${lineAmountMax}.00`)))).toMatchObject({
      kind: "amount-too-large",
    });
  });
});
