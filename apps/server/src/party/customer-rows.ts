import type { Amount } from "@holdfast/domain/money/amount";
import type { CustomerId, MerchantId } from "@holdfast/domain/party/merchant";
import { sql } from "kysely";
import type { Tx } from "../db/database.ts";
import type { AccountRow, CustomerRow } from "../sync/day-store.ts";

/** What customers owe, locked in key order. Whoever is not known here can owe too: their record may still be on its way. */
export async function lockCustomerBalances(
  tx: Tx,
  merchant: MerchantId,
  customers: readonly CustomerId[],
): Promise<AccountRow[]> {
  const sorted = [...customers].sort();
  await sql`
    INSERT INTO customer_balance (merchant, customer, owed)
    SELECT ${merchant}::uuid, customer, 0 FROM unnest(${sorted}::uuid[]) AS customer
    ON CONFLICT DO NOTHING`.execute(tx);
  const { rows } = await sql<{ customer: CustomerId; owed: Amount }>`
    SELECT customer, owed FROM customer_balance
    WHERE merchant = ${merchant} AND customer = ANY (${sorted}::uuid[]) ORDER BY customer FOR UPDATE`.execute(tx);
  const limits = await sql<{ customer: CustomerId; credit_limit: Amount | null }>`
    SELECT customer, credit_limit FROM customer WHERE merchant = ${merchant} AND customer = ANY (${sorted}::uuid[])`.execute(
    tx,
  );
  const limitOf = new Map(limits.rows.map(({ customer, credit_limit }) => [customer, credit_limit]));
  return rows.map(({ customer, owed }) => ({ customer, owed, creditLimit: limitOf.get(customer) ?? null }));
}

export async function updateCustomerBalances(tx: Tx, merchant: MerchantId, rows: readonly AccountRow[]): Promise<void> {
  await sql`
    UPDATE customer_balance b SET owed = row.owed
    FROM unnest(${rows.map(({ customer }) => customer)}::uuid[], ${rows.map(({ owed }) => owed)}::bigint[]) AS row (customer, owed)
    WHERE b.merchant = ${merchant} AND b.customer = row.customer`.execute(tx);
}

/** Edition of each customer that is known. */
export async function lockCustomerEditions(
  tx: Tx,
  merchant: MerchantId,
  customers: readonly CustomerId[],
): Promise<Map<CustomerId, number>> {
  const { rows } = await sql<{ customer: CustomerId; edition: number }>`
    SELECT customer, edition FROM customer
    WHERE merchant = ${merchant} AND customer = ANY (${[...customers].sort()}::uuid[])
    ORDER BY customer FOR UPDATE`.execute(tx);
  return new Map(rows.map(({ customer, edition }) => [customer, edition]));
}

/** New customers, and the details of known ones; groups, prices and credit stay as the back office has them. */
export async function saveCustomerRows(
  tx: Tx,
  { merchant, recordedAt }: { readonly merchant: MerchantId; readonly recordedAt: string },
  customers: readonly CustomerRow[],
): Promise<void> {
  const rows = customers.map(({ taxId, ...row }) => ({ ...row, tax_id: taxId }));
  await sql`
    INSERT INTO customer (merchant, customer, edition, name, email, phone, address, tax_id, note, groups, made_at)
    SELECT ${merchant}::uuid, customer, edition, name, email, phone, address, tax_id, note, '{}', ${recordedAt}::timestamptz
    FROM json_to_recordset(${JSON.stringify(rows)}::json)
      AS row (customer uuid, edition int, name text, email text, phone text, address text, tax_id text, note text)
    ON CONFLICT (merchant, customer) DO UPDATE
    SET edition = excluded.edition, name = excluded.name, email = excluded.email, phone = excluded.phone,
        address = excluded.address, tax_id = excluded.tax_id, note = excluded.note`.execute(tx);
}
