import type { VariantId } from "@holdfast/domain/catalog/variant";
import type { Uuid } from "@holdfast/domain/kernel/id";
import { addDecimals, type Decimal } from "@holdfast/domain/money/decimal";
import { saleMovements } from "@holdfast/domain/sale/sale-movements";
import type { TerminalEvent } from "@holdfast/protocol/events/event";

/** One of my events that the shop's figures may not contain yet. */
export type OwnEvent = { readonly stream: Uuid; readonly seq: number; readonly event: TerminalEvent };

/**
 * What a terminal shows as on hand: the server's figure, and on top of it my own sales that this figure does not contain yet.
 * @param settledSeq how far each of my streams is contained in the base
 */
export function onHandOf(
  variant: VariantId,
  base: Decimal,
  { own, settledSeq }: { readonly own: Iterable<OwnEvent>; readonly settledSeq: (stream: Uuid) => number },
): Decimal {
  let onHand = base;
  for (const { stream, seq, event } of own) {
    if (seq <= settledSeq(stream) || event.type !== "sale-completed" || event.body.training) continue;
    for (const movement of saleMovements(event.body))
      if (movement.variant === variant) onHand = addDecimals(onHand, movement);
  }
  return onHand;
}
