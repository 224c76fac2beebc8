/** Limits of the back office's interface, by name, as those of the terminals' wire stand in `../limits.ts`. */

/** Rows in one page of a list. */
export const officePageMax = 200;
export const officePageDefault = 50;
/** Hours that a sign-in lasts, used or not. */
export const officeSessionHours = 12;
export const passwordCharsMax = 200;
export const emailCharsMax = 254;
export const searchCharsMax = 100;
/** Barcodes of one variant. */
export const barcodesMax = 50;
/** Units that one scan of a barcode may mean. */
export const packMax = 100_000;
/** Price lists that one product may be priced on. */
export const productPricesMax = 200;
/** Movements that a case of oversold goods walks back over. */
export const caseMovementsMax = 200;
/** Best sellers on the dashboard. */
export const topProductsMax = 10;
/** Bytes, rows and columns of one file of products. */
export const importBytesMax = 50_000_000;
export const importRowsMax = 100_000;
export const importColumnsMax = 50;
/** Characters of one row of it, with all its cells. */
export const importRowCharsMax = 20_000;
/** Errors and differences of an import that are told one by one; beyond that they are only counted. */
export const importErrorsMax = 1_000;
export const importDifferencesMax = 500;
/** Digits of a PIN: a till offers keys for no more. */
export const pinDigitsMin = 4;
export const pinDigitsMax = 12;
export const passwordCharsMin = 12;
/** Branches that one person may work at. */
export const branchesOfStaffMax = 1_000;
