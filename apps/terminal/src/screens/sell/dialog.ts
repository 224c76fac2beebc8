/** What can lie over the cart. */
export type SellDialog = "discount" | "price" | "note" | "customer" | "resume" | "cancel";

export type OpenDialog = (dialog: SellDialog) => void;
