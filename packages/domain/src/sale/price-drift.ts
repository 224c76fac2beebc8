import type { PricedLine } from "../cart/line.ts";
import { comparePrices, type Price, resolvePrice } from "../catalog/price-list.ts";
import type { UnitPrice, VariantId } from "../catalog/variant.ts";
import { epochMs, type Instant, isDay } from "../kernel/instant.ts";
import { compareDecimals, type Decimal } from "../money/decimal.ts";
import { CLOCK_ERROR_MS } from "../stock/count-cut.ts";
import type { Sale } from "./sale.ts";

/** What a list says of one variant, and since when it says so. */
export type ListedPrices = { readonly prices: readonly Price[]; readonly changedAtMs: number };

/** A line at another price than the list's, with the one that the list had at the end of the sale. */
export type PriceDrift = {
  readonly line: number;
  readonly variant: VariantId;
  readonly name: string;
  readonly sold: UnitPrice;
  readonly listed: UnitPrice;
};

/**
 * Lines of a sale whose price is none that its list had while it was rung up: the terminal sold by an older copy. Where the
 * list was changed later than that, nobody can tell any more what it said, and nothing is claimed.
 */
export function findPriceDrift(
  sale: Pick<Sale, "lines" | "startedAt" | "completedAt">,
  listedOf: (variant: VariantId) => ListedPrices | undefined,
): PriceDrift[] {
  const { startedAt, completedAt } = sale;
  return sale.lines.flatMap((line) => {
    const asked = pricedByList(line);
    if (asked === null) return [];
    const held = listedOf(asked.variant);
    if (held === undefined || held.changedAtMs > epochMs(startedAt) - CLOCK_ERROR_MS) return [];
    const { prices } = held;
    const listed = resolvePrice(prices, { at: completedAt, quantity: line.quantity })?.price;
    if (listed === undefined) return [];
    const moments = momentsOf(prices, { startedAt, completedAt });
    const quantities = quantitiesOf(prices, line.quantity);
    const isListed = moments.some((at) =>
      quantities.some((quantity) => isSame(resolvePrice(prices, { at, quantity })?.price, asked.price)),
    );
    const { variant, price: sold } = asked;
    return isListed ? [] : [{ line: line.line, variant, name: line.name, sold, listed }];
  });
}

/** What the list is to answer for: neither a label's own price, nor a card's value, nor what a person decided. */
function pricedByList(line: PricedLine): { readonly variant: VariantId; readonly price: UnitPrice } | null {
  const { kind, variant, labelAmount, giftCard, override, exempted, unitPrice } = line;
  if (kind !== "sale" || variant === null || labelAmount !== undefined || giftCard !== undefined) return null;
  // Of a price that was both set and freed of tax it cannot be told which came first.
  if (override !== undefined && exempted !== undefined) return null;
  return { variant, price: override?.listed ?? exempted?.unitPrice ?? unitPrice };
}

/** A line is priced when it is rung up, somewhere between the first and the last moment of its sale. */
function momentsOf(prices: readonly Price[], span: Pick<Sale, "startedAt" | "completedAt">): Instant[] {
  const [first, last] = [epochMs(span.startedAt), epochMs(span.completedAt)];
  const begun = prices.flatMap(({ from }) =>
    from === null || isDay(from) || epochMs(from) < first || epochMs(from) > last ? [] : [from],
  );
  return [span.startedAt, ...begun, span.completedAt];
}

/** A piece that is added later keeps the price of the first. */
function quantitiesOf(prices: readonly Price[], quantity: Decimal): Decimal[] {
  const breaks = prices.map(({ minQuantity }): Decimal => ({ units: minQuantity, scale: 0 }));
  return [quantity, ...breaks.filter((step) => compareDecimals(step, quantity) <= 0)];
}

function isSame(a: UnitPrice | undefined, b: UnitPrice): boolean {
  return a !== undefined && comparePrices(a, b) === 0;
}
