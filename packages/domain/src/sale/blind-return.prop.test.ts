import { expect } from "vitest";
import type { NewLine } from "../cart/check-line.ts";
import { addLine } from "../cart/edit-cart.ts";
import { assertBalanced } from "../ledger/journal-entry.ts";
import { sumBy } from "../money/amount.ts";
import { postSale } from "../posting/sale-posting.ts";
import { anySale } from "../testing/arbitraries.ts";
import { accepted, TEST_DAY, testCart, testId, testSale } from "../testing/build.ts";
import { property, sayHowToRepeat } from "../testing/property.ts";
import { blindReturnLine, isBlind } from "./blind-return.ts";
import { checkSale, findFault } from "./check-sale.ts";
import type { Sale } from "./sale.ts";
import { saleMovements } from "./sale-movements.ts";

sayHowToRepeat();

const act = { reason: "no receipt", restock: true, today: TEST_DAY };

/** The goods of a sale without their discounts, as lines that would sell them now. */
function goodsOf(sale: Sale): NewLine[] {
  return sale.lines
    .filter((line) => line.giftCard === undefined && line.quantity.units > 0)
    .map(({ line: _place, note: _note, override, ...facts }) => ({
      ...facts,
      ...(override === undefined ? {} : { unitPrice: override.listed }),
      discounts: [],
    }));
}

function saleOf(goods: readonly NewLine[], { rules, taxes }: Sale, id: number): Sale {
  const empty = testCart({ sale: testId(id), lines: [], rules }, taxes);
  return testSale(goods.reduce((cart, line) => accepted(addLine(cart, line)), empty));
}

property(
  "goods without a receipt give back what they would cost now, to the cent, and all the stock",
  anySale(),
  (sale) => {
    const goods = goodsOf(sale);
    if (goods.length === 0) return;
    const lines = goods.map((each) => accepted(blindReturnLine(each, act)));
    const [bought, back] = [saleOf(goods, sale, 11), saleOf(lines, sale, 12)];
    expect(back.totals.total + bought.totals.total).toBe(0);
    expect(back.totals.tax + bought.totals.tax).toBe(0);
    const moved = (of: Sale): number => sumBy(saleMovements(of), ({ units }) => units as never);
    expect(moved(back) + moved(bought)).toBe(0);
  },
);

property("every such return is a sound sale that the server makes again and can book", anySale(), (sale) => {
  const lines = goodsOf(sale).map((each) => accepted(blindReturnLine(each, act)));
  if (lines.length === 0) return;
  const back = saleOf(lines, sale, 12);
  expect(findFault(back)).toBeNull();
  expect(checkSale(back)).toEqual([]);
  expect(back.lines.every(isBlind)).toBe(true);
  const entry = postSale(back);
  if (entry !== null) expect(() => assertBalanced(entry)).not.toThrow();
});
