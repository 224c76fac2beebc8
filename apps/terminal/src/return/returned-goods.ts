import type { Uuid } from "@holdfast/domain/kernel/id";
import { type ReturnableSale, unitsReturned } from "@holdfast/domain/sale/return-lines";
import type { Sale } from "@holdfast/domain/sale/sale";

/** What has come back of each sale, as far as this till knows: by its own returns, whichever till sold the goods. */
export class ReturnedGoods {
  readonly #laterBySale = new Map<Uuid, Sale[]>();
  readonly #undone = new Set<Uuid>();

  note(sale: Sale): void {
    if (sale.training) return;
    if (sale.postVoidOf !== undefined) this.#undone.add(sale.postVoidOf);
    const originals = new Set(
      sale.lines.flatMap(({ kind, original }) => (kind === "return" && original ? [original.sale] : [])),
    );
    for (const original of originals)
      this.#laterBySale.set(original, [...(this.#laterBySale.get(original) ?? []), sale]);
  }

  /** Sales that took something of this one back; one that was undone took nothing. */
  laterOf(sale: Uuid): readonly Sale[] {
    return (this.#laterBySale.get(sale) ?? []).filter((later) => !this.isUndone(later.sale));
  }

  isUndone(sale: Uuid): boolean {
    return this.#undone.has(sale);
  }

  unitsOf(sale: ReturnableSale): ReadonlyMap<number, number> {
    return unitsReturned(sale, this.laterOf(sale.sale));
  }
}
