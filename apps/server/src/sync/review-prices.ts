import type { VariantId } from "@holdfast/domain/catalog/variant";
import { findPriceDrift } from "@holdfast/domain/sale/price-drift";
import type { Sale } from "@holdfast/domain/sale/sale";
import type { CaseDraft } from "../inbox/case.ts";
import type { DayStore, ListedKey } from "./day-store.ts";

/** Sales at prices that their list did not have then: a terminal that was away sold by an older copy. The sale stands. */
export async function reviewPrices(sales: readonly Sale[], store: DayStore): Promise<CaseDraft[]> {
  const listed = sales.filter(({ postVoidOf }) => postVoidOf === undefined);
  const keys = new Map<string, ListedKey>();
  for (const { priceList, lines } of listed) {
    if (priceList === null) continue;
    for (const { variant } of lines) {
      if (variant !== null) keys.set(keyOf(priceList, variant), { priceList, variant });
    }
  }
  if (keys.size === 0) return [];
  const rows = await store.listedPrices([...keys.values()]);
  const held = new Map(rows.map((row) => [keyOf(row.priceList, row.variant), row]));
  return listed.flatMap((sale) => {
    const { priceList } = sale;
    if (priceList === null) return [];
    const lines = findPriceDrift(sale, (variant) => held.get(keyOf(priceList, variant)));
    if (lines.length === 0) return [];
    const details = { number: sale.number, lines };
    return [{ kind: "price-drift" as const, subject: sale.sale, branch: sale.branch, details }];
  });
}

function keyOf(priceList: string, variant: VariantId): string {
  return `${priceList} ${variant}`;
}
