import type { VariantId } from "@holdfast/domain/catalog/variant";
import type { PlacedSale } from "../sale/own-sales.ts";

/** What this terminal sold most often, so that nobody has to set up a page of favourites first. */
export class BestSellers {
  readonly #timesSold = new Map<VariantId, number>();

  note({ sale }: Pick<PlacedSale, "sale">): void {
    for (const { kind, variant } of sale.lines) {
      if (kind === "sale" && variant !== null) this.#timesSold.set(variant, (this.#timesSold.get(variant) ?? 0) + 1);
    }
  }

  /** The most sold first; of equals, the one that was sold first. */
  top(max: number): VariantId[] {
    return [...this.#timesSold]
      .sort(([, a], [, b]) => b - a)
      .slice(0, max)
      .map(([variant]) => variant);
  }
}
