import type { MerchantId } from "@holdfast/domain/party/merchant";
import type { StaffId } from "@holdfast/domain/staff/staff";
import { officeSessionHours } from "@holdfast/protocol/office/limits";
import type { OfficeRole } from "@holdfast/protocol/office/session";
import { sql } from "kysely";
import type { Db } from "../db/database.ts";

/** Who a session stands for, read anew with each request: a role taken away is gone at once. */
export type OfficeIdentity = {
  readonly merchant: MerchantId;
  readonly staff: StaffId;
  readonly name: string;
  readonly role: OfficeRole;
  readonly tokenHash: Buffer;
  readonly expiresAt: string;
};

type SessionKey = { readonly merchant: MerchantId; readonly tokenHash: Buffer };

/** Opens a session and clears away the merchant's expired ones. */
export async function openSession(
  db: Db,
  { merchant, tokenHash }: SessionKey,
  { staff, now }: { readonly staff: StaffId; readonly now: number },
): Promise<void> {
  await sql`DELETE FROM office_session WHERE merchant = ${merchant} AND expires_at <= ${isoOf(now)}::timestamptz`.execute(
    db,
  );
  const expiresAt = isoOf(now + officeSessionHours * 3_600_000);
  await sql`
    INSERT INTO office_session (merchant, token_hash, staff, expires_at)
    VALUES (${merchant}, ${tokenHash}, ${staff}, ${expiresAt}::timestamptz)`.execute(db);
}

export async function sessionIdentity(
  db: Db,
  { merchant, tokenHash }: SessionKey,
  now: number,
): Promise<OfficeIdentity | null> {
  const { rows } = await sql<{ staff: StaffId; name: string; role: OfficeRole; expires_at: Date }>`
    SELECT s.staff, s.name, s.role, o.expires_at
    FROM office_session o JOIN staff s USING (merchant, staff)
    WHERE o.merchant = ${merchant} AND o.token_hash = ${tokenHash} AND o.expires_at > ${isoOf(now)}::timestamptz
      AND s.deactivated_at IS NULL AND s.role IN ('manager', 'owner')`.execute(db);
  const row = rows[0];
  if (row === undefined) return null;
  const { expires_at, ...identity } = row;
  return { merchant, tokenHash, ...identity, expiresAt: expires_at.toISOString() };
}

export async function closeSession(db: Db, { merchant, tokenHash }: SessionKey): Promise<void> {
  await sql`DELETE FROM office_session WHERE merchant = ${merchant} AND token_hash = ${tokenHash}`.execute(db);
}

function isoOf(epochMs: number): string {
  return new Date(epochMs).toISOString();
}
