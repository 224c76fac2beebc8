/** The check digit of any GS1 key (GTIN, SSCC, GLN) for the digits before it: weights 3, 1, 3… from the right. */
export function gs1CheckDigit(payload: string): number {
  let sum = 0;
  for (let index = 0; index < payload.length; index += 1) {
    const fromRight = payload.length - 1 - index;
    sum += Number(payload[index]) * (fromRight % 2 === 0 ? 3 : 1);
  }
  return (10 - (sum % 10)) % 10;
}

/** Whether the last of some digits is the check digit of the others. */
export function hasValidCheckDigit(digits: string): boolean {
  return gs1CheckDigit(digits.slice(0, -1)) === Number(digits.at(-1));
}

/**
 * The check digit that a scale puts before a price or weight of four or five digits (GS1 General Specifications 7.9.2 to
 * 7.9.4); null for fields of any other length, which have none.
 */
export function fieldCheckDigit(field: string): number | null {
  if (field.length === 4) return (weighted(field, [TWO_MINUS, TWO_MINUS, THREE, FIVE_MINUS]) * 3) % 10;
  if (field.length !== 5) return null;
  const sum = weighted(field, [FIVE_PLUS, TWO_MINUS, FIVE_MINUS, FIVE_PLUS, TWO_MINUS]);
  return FIVE_MINUS.indexOf((10 - (sum % 10)) % 10);
}

/** The specification's weighted products by digit: `5-` multiplies by five and takes the tens from the ones, and so on. */
const TWO_MINUS = [0, 2, 4, 6, 8, 9, 1, 3, 5, 7];
const THREE = [0, 3, 6, 9, 2, 5, 8, 1, 4, 7];
const FIVE_PLUS = [0, 5, 1, 6, 2, 7, 3, 8, 4, 9];
const FIVE_MINUS = [0, 5, 9, 4, 8, 3, 7, 2, 6, 1];

function weighted(field: string, products: readonly (readonly number[])[]): number {
  return products.reduce((sum, product, index) => sum + (product[Number(field[index])] as number), 0);
}
