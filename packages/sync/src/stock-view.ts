import type { VariantId } from "@holdfast/domain/catalog/variant";
import type { Uuid } from "@holdfast/domain/kernel/id";
import { addDecimals, type Decimal } from "@holdfast/domain/money/decimal";
import type { Sale } from "@holdfast/domain/sale/sale";
import { saleMovements } from "@holdfast/domain/sale/sale-movements";
import type { TerminalEvent } from "@holdfast/protocol/events/event";

/** One of my events that the shop's figures may not contain yet. */
export type OwnEvent = { readonly stream: Uuid; readonly seq: number; readonly event: TerminalEvent };

/**
 * What a terminal shows as on hand: the server's figure, and on top of it my own sales that this figure does not contain yet.
 * A sale that was written anew stands in two places and counts once; wherever it is contained, it is contained.
 * @param settledSeq how far each of my streams is contained in the base
 */
export function onHandOf(
  variant: VariantId,
  base: Decimal,
  { own, settledSeq }: { readonly own: Iterable<OwnEvent>; readonly settledSeq: (stream: Uuid) => number },
): Decimal {
  const open = new Map<Uuid, Sale>();
  const settled = new Set<Uuid>();
  for (const { stream, seq, event } of own) {
    if (event.type !== "sale-completed") continue;
    if (seq <= settledSeq(stream)) settled.add(event.body.sale);
    else open.set(event.body.sale, event.body);
  }
  let onHand = base;
  for (const sale of open.values()) {
    if (settled.has(sale.sale) || sale.training) continue;
    for (const movement of saleMovements(sale))
      if (movement.variant === variant) onHand = addDecimals(onHand, movement);
  }
  return onHand;
}
