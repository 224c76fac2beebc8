/**
 * The movements that brought the stock below zero: from the newest that left it negative back to the one after which it was
 * last positive, oldest first. The sale of the last unit is among them: somebody has to choose between it and the next.
 * @param newestFirst movements with what each left on hand
 */
export function movementsBelowZero<Movement extends { readonly onHand: number }>(
  newestFirst: readonly Movement[],
): Movement[] {
  const start = newestFirst.findIndex(({ onHand }) => onHand < 0);
  if (start < 0) return [];
  const involved: Movement[] = [];
  for (const movement of newestFirst.slice(start)) {
    if (movement.onHand > 0) break;
    involved.unshift(movement);
  }
  return involved;
}
