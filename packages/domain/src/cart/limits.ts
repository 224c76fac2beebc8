/**
 * Every limit of a cart, by name. Together they keep each sum of a sale a safe integer: 1 500 lines of at most 10^12 minor
 * units stay below 2^53 even when taxes multiply them by five.
 */

export const saleLinesMax = 1_500;
/** Lines taken back from one cart: each leaves its trace on the sale. */
export const lineVoidsMax = 1_500;
/** Whole units on one line; a barcode scanned into the quantity is more. */
export const quantityMax = 1_000_000;
/** Minor units of one line before its discounts. */
export const lineAmountMax = 1_000_000_000_000;
/** Minor units of all lines together, whichever way they go. */
export const cartAmountMax = 10_000_000_000_000;
/** Parts per million: a discount takes all of it at most. */
export const percentPpmMax = 1_000_000;
export const lineDiscountsMax = 20;
export const orderDiscountsMax = 20;
export const tendersMax = 50;
export const lineTaxesMax = 10;
export const serialsMax = 1_000;
/** Characters of a name, a free text (reasons and notes), a code. */
export const nameCharsMax = 200;
export const textCharsMax = 2_000;
export const codeCharsMax = 100;
