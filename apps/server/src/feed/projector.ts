import type { MerchantId } from "@holdfast/domain/party/merchant";
import type { Tx } from "../db/database.ts";

/** A document's id and what leaves the server of it. */
export type Body = { readonly id: string; readonly body: object };

export type Projector = (
  tx: Tx,
  merchant: MerchantId,
  scope: { readonly channel: string; readonly ids: readonly string[] },
) => Promise<Body[]>;

export function bodiesOf({ rows }: { readonly rows: Body[] }): Body[] {
  return rows;
}
