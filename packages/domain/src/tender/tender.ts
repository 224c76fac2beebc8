import type { Uuid } from "../kernel/id.ts";
import type { Amount } from "../money/amount.ts";

/**
 * How part of a sale is settled. `amount` is what was handed over, negative where money goes back to the customer;
 * change is no tender of its own but a figure of the sale.
 */
export type Tender =
  | { readonly kind: "cash"; readonly amount: Amount }
  | {
      readonly kind: "card";
      readonly amount: Amount;
      /** A reader of its own, whose slip the cashier copies, or one that this terminal drives. */
      readonly reader: "standalone" | "integrated";
      /** The number on the slip or the reader's approval; never anything of the card. */
      readonly reference: string;
      readonly state: "approved" | "stored-offline";
      /** Made before the reader was asked, so that an answer belongs to one attempt. */
      readonly attempt: Uuid;
    }
  | { readonly kind: "gift-card"; readonly amount: Amount; readonly card: string }
  | { readonly kind: "store-credit"; readonly amount: Amount; readonly credit: string }
  | { readonly kind: "on-account"; readonly amount: Amount; readonly customer: Uuid };

export type TenderKind = Tender["kind"];
