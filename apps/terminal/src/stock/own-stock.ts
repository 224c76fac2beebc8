import type { VariantId } from "@holdfast/domain/catalog/variant";
import type { Uuid } from "@holdfast/domain/kernel/id";
import type { Decimal } from "@holdfast/domain/money/decimal";
import { saleMovements } from "@holdfast/domain/sale/sale-movements";
import { type OwnEvent, onHandOf } from "@holdfast/sync/stock-view";
import type { PlacedSale } from "../sale/own-sales.ts";

export type OwnStockPorts = {
  /** What the server last said; null where the shop keeps no stock of it. */
  readonly baseOf: (variant: VariantId) => Decimal | null;
  /** How far my own streams are contained in what the server said. */
  readonly settledSeq: (stream: Uuid) => number;
};

/** What is on hand: the server's figure, less what was sold here and is not in it yet. */
export class OwnStock {
  readonly #ports: OwnStockPorts;
  readonly #salesByVariant = new Map<VariantId, readonly PlacedSale[]>();

  constructor(ports: OwnStockPorts) {
    this.#ports = ports;
  }

  note(placed: PlacedSale): void {
    if (placed.isIn(this.#ports.settledSeq)) return;
    for (const variant of new Set(saleMovements(placed.sale).map((movement) => movement.variant))) {
      this.#salesByVariant.set(variant, [...this.#unsettled(variant), placed]);
    }
  }

  onHand(variant: VariantId): Decimal | null {
    const base = this.#ports.baseOf(variant);
    if (base === null) return null;
    const own = this.#unsettled(variant).map(
      ({ stream, seq, sale }): OwnEvent => ({ stream, seq, event: { type: "sale-completed", body: sale } }),
    );
    return onHandOf(variant, base, { own, settledSeq: this.#ports.settledSeq });
  }

  #unsettled(variant: VariantId): readonly PlacedSale[] {
    const known = this.#salesByVariant.get(variant);
    if (known === undefined) return [];
    const open = known.filter((placed) => !placed.isIn(this.#ports.settledSeq));
    if (open.length === 0) this.#salesByVariant.delete(variant);
    else if (open.length < known.length) this.#salesByVariant.set(variant, open);
    return open;
  }
}
