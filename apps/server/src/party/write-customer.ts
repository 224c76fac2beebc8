import type { MerchantId } from "@holdfast/domain/party/merchant";
import type { CustomerDocument } from "@holdfast/protocol/selling-documents";
import { sql } from "kysely";
import type { Tx } from "../db/database.ts";
import type { DocumentKey } from "../feed/project.ts";
import { EVERY_CUSTOMER } from "./channels.ts";

export type CustomerFacts = Omit<CustomerDocument, "owed">;

/** A customer as the back office has them: details, and what the merchant grants. Tells what to publish. */
export async function saveCustomer(
  tx: Tx,
  { merchant, at }: { readonly merchant: MerchantId; readonly at: string },
  facts: CustomerFacts,
): Promise<DocumentKey[]> {
  const { customer, edition, name, email, phone, address, taxId, note, groups, priceList, taxExemption, creditLimit } =
    facts;
  const exemption = taxExemption === null ? null : JSON.stringify(taxExemption);
  await sql`
    INSERT INTO customer (merchant, customer, edition, name, email, phone, address, tax_id, note, groups, price_list,
                          tax_exemption, credit_limit, made_at)
    VALUES (${merchant}, ${customer}, ${edition}, ${name}, ${email}, ${phone}, ${address}, ${taxId}, ${note}, ${groups},
            ${priceList}, ${exemption}::jsonb, ${creditLimit}, ${at}::timestamptz)
    ON CONFLICT (merchant, customer) DO UPDATE
    SET edition = excluded.edition, name = excluded.name, email = excluded.email, phone = excluded.phone,
        address = excluded.address, tax_id = excluded.tax_id, note = excluded.note, groups = excluded.groups,
        price_list = excluded.price_list, tax_exemption = excluded.tax_exemption, credit_limit = excluded.credit_limit`.execute(
    tx,
  );
  return [{ channel: EVERY_CUSTOMER, kind: "customer", id: customer }];
}
