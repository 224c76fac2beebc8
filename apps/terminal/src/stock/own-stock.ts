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
  readonly #eventsByVariant = new Map<VariantId, OwnEvent[]>();

  constructor(ports: OwnStockPorts) {
    this.#ports = ports;
  }

  note({ stream, seq, sale }: PlacedSale): void {
    if (seq <= this.#ports.settledSeq(stream)) return;
    const own: OwnEvent = { stream, seq, event: { type: "sale-completed", body: sale } };
    for (const variant of new Set(saleMovements(sale).map((movement) => movement.variant))) {
      this.#eventsByVariant.set(variant, [...this.#unsettled(variant), own]);
    }
  }

  onHand(variant: VariantId): Decimal | null {
    const base = this.#ports.baseOf(variant);
    if (base === null) return null;
    return onHandOf(variant, base, { own: this.#unsettled(variant), settledSeq: this.#ports.settledSeq });
  }

  #unsettled(variant: VariantId): readonly OwnEvent[] {
    const known = this.#eventsByVariant.get(variant);
    if (known === undefined) return [];
    const open = known.filter(({ stream, seq }) => seq > this.#ports.settledSeq(stream));
    if (open.length === 0) this.#eventsByVariant.delete(variant);
    else if (open.length < known.length) this.#eventsByVariant.set(variant, open);
    return open;
  }
}
