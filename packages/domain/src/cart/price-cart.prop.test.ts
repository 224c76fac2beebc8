import fc from "fast-check";
import { describe, expect } from "vitest";
import { type Amount, amount, sumBy } from "../money/amount.ts";
import { postSale } from "../posting/sale-posting.ts";
import { checkSale, findFault } from "../sale/check-sale.ts";
import type { TaxId } from "../tax/tax.ts";
import { anyCart, anySale, plainTaxes, shuffled } from "../testing/arbitraries.ts";
import { property, sayHowToRepeat } from "../testing/property.ts";
import { priceCart } from "./price-cart.ts";

sayHowToRepeat();

describe("every cart", () => {
  // INV-16: the parts are the whole.
  property("lines and their taxes sum to the total", anyCart(), (cart) => {
    const { lines, totals, taxTotals } = priceCart(cart);
    const tax = sumBy(lines, (line) => sumBy(line.lineTaxes, (each) => each.amount));
    expect(sumBy(lines, (line) => line.exTax) + tax).toBe(totals.total);
    expect(sumBy(taxTotals, (each) => each.amount)).toBe(totals.tax);
    expect(totals.extended - totals.discount).toBe(sumBy(lines, (line) => line.amount));
  });

  property("with tax in the price the total is the sum of what the lines show", anyCart(inPrice()), (cart) => {
    const { lines, totals } = priceCart(cart);
    expect(totals.total).toBe(sumBy(lines, (line) => line.amount));
  });

  property("a line is its price less its discounts, and never turns over", anyCart(), (cart) => {
    for (const line of priceCart(cart).lines) {
      const off = sumBy(line.discountAmounts, (each) => each);
      expect(line.extended - off - line.orderDiscount).toBe(line.amount);
      expect(line.amount).toBeGreaterThanOrEqual(0);
      expect(line.incTax).toBe(line.exTax + sumBy(line.lineTaxes, (each) => each.amount));
    }
  });

  property("order discounts are spread over the lines to the cent", anyCart(), (cart) => {
    const without = priceCart({ ...cart, orderDiscounts: [] });
    const { lines, totals } = priceCart(cart);
    const spread = sumBy(lines, (line) => line.orderDiscount);
    expect(totals.discount - without.totals.discount).toBe(spread);
    expect(spread).toBe(
      expectedOff(
        cart.orderDiscounts,
        sumBy(without.lines, (line) => line.amount),
        cart.rules.rounding,
      ),
    );
  });

  const reordered = anyCart().chain((cart) => fc.tuple(fc.constant(cart), shuffled(cart.lines)));

  property("the order of the lines moves no cent of the total nor of any tax", reordered, ([cart, lines]) => {
    const [a, b] = [priceCart(cart), priceCart({ ...cart, lines })];
    if (cart.orderDiscounts.length === 0) expect(b.totals).toEqual(a.totals);
    expect(b.totals.extended - b.totals.discount).toBe(a.totals.extended - a.totals.discount);
  });

  property("pricing it twice gives the same, and changes nothing", anyCart(), (cart) => {
    const before = JSON.stringify(cart);
    expect(priceCart(cart)).toEqual(priceCart(cart));
    expect(JSON.stringify(cart)).toBe(before);
  });
});

describe("every sale", () => {
  property("the server makes the terminal's figures again", anySale(), (sale) => {
    expect(checkSale(sale)).toEqual([]);
    expect(findFault(sale)).toBeNull();
  });

  property("what is taken is what is sold, plus the rounding of cash", anySale(), (sale) => {
    const taken = sumBy(sale.tenders, (tender) => tender.amount);
    expect(taken - sale.change).toBe(sale.totals.total + sale.cashRounding);
  });

  property("its entry balances, and holds its total, its tax and its rounding", anySale(), (sale) => {
    const lines = postSale(sale)?.lines ?? [];
    const balance = (account: string): number =>
      lines.reduce(
        (sum, line) => (line.account === account ? sum + (line.side === "debit" ? line.amount : -line.amount) : sum),
        0,
      );
    expect(balance("till-cash") + balance("card-clearing")).toBe(sale.totals.total + sale.cashRounding);
    expect(0 - balance("output-tax")).toBe(sale.totals.tax);
    expect(0 - balance("cash-rounding")).toBe(sale.cashRounding);
    const net = balance("sales") + balance("line-discounts") + balance("order-discounts") + balance("sales-returns");
    expect(0 - net).toBe(sale.totals.exTax);
  });

  const tampered = fc.tuple(
    anySale(),
    fc.nat(),
    fc.constantFrom("exTax", "incTax", "extended", "amount"),
    fc.boolean(),
  );

  property("a figure that was changed afterwards is found", tampered, ([sale, place, field, up]) => {
    const index = place % sale.lines.length;
    const lines = sale.lines.map((line, at) =>
      at === index ? { ...line, [field]: amount(line[field as "exTax"] + (up ? 1 : -1)) } : line,
    );
    expect(checkSale({ ...sale, lines }).map((each) => each.field)).toContain(
      `lines.${sale.lines[index]?.line}.${field}`,
    );
  });

  property("it survives the way over the wire", anySale(), (sale) => {
    expect(JSON.parse(JSON.stringify(sale))).toEqual(sale);
  });
});

function inPrice() {
  return plainTaxes.map((taxes) => taxes.map((tax) => ({ ...tax, included: true, tax: tax.tax as TaxId })));
}

/** One after another, each of what the one before has left; a percentage rounds what it leaves. */
function expectedOff(
  discounts: Parameters<typeof priceCart>[0]["orderDiscounts"],
  whole: Amount,
  rounding: string,
): number {
  let left = BigInt(whole);
  for (const discount of discounts) {
    if (discount.kind === "amount") left = left > BigInt(discount.amount) ? left - BigInt(discount.amount) : 0n;
    else {
      const product = left * BigInt(1_000_000 - discount.percentPpm);
      const floor = product / 1_000_000n;
      const rest = product % 1_000_000n;
      const isUp =
        rest * 2n > 1_000_000n || (rest * 2n === 1_000_000n && (rounding === "half-away" || floor % 2n === 1n));
      left = rounding !== "down" && isUp ? floor + 1n : floor;
    }
  }
  return whole - Number(left);
}
