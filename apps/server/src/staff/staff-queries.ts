import type { BranchId, MerchantId } from "@holdfast/domain/party/merchant";
import type { StaffId } from "@holdfast/domain/staff/staff";
import type { PinVerifier } from "@holdfast/protocol/documents";
import type { OfficeStaff, SaveStaffRequest } from "@holdfast/protocol/office/staff";
import { sql } from "kysely";
import type { Tx } from "../db/database.ts";

export type StaffKey = { readonly merchant: MerchantId; readonly staff: StaffId };

type Stored = Omit<OfficeStaff, "deactivatedAt"> & { readonly deactivated_at: Date | null };

const SELECT_STAFF = sql`
  SELECT s.staff, s.name, s.role, s.email, s.pin IS NOT NULL AS "hasPin", s.password_hash IS NOT NULL AS "hasPassword",
         s.deactivated_at,
         coalesce((SELECT json_agg(b.branch ORDER BY b.branch) FROM staff_branch b
                   WHERE b.merchant = s.merchant AND b.staff = s.staff), '[]') AS branches
  FROM staff s`;

/** Everybody, those who left last. */
export async function allStaff(tx: Tx, merchant: MerchantId): Promise<OfficeStaff[]> {
  const { rows } = await sql<Stored>`
    ${SELECT_STAFF} WHERE s.merchant = ${merchant}
    ORDER BY s.deactivated_at IS NOT NULL, lower(s.name), s.staff`.execute(tx);
  return rows.map(readStaff);
}

/** Held until the end of the transaction; null where there is nobody. */
export async function lockedStaff(tx: Tx, { merchant, staff }: StaffKey): Promise<OfficeStaff | null> {
  const { rows } = await sql<Stored>`
    ${SELECT_STAFF} WHERE s.merchant = ${merchant} AND s.staff = ${staff} FOR UPDATE OF s`.execute(tx);
  return rows[0] === undefined ? null : readStaff(rows[0]);
}

function readStaff({ deactivated_at, ...row }: Stored): OfficeStaff {
  return { ...row, deactivatedAt: deactivated_at?.toISOString() ?? null };
}

export async function writeStaff(
  tx: Tx,
  { merchant, staff }: StaffKey,
  { name, role, email, branches, active, at }: SaveStaffRequest & { readonly at: string },
): Promise<void> {
  await sql`
    INSERT INTO staff (merchant, staff, name, role, email, deactivated_at)
    VALUES (${merchant}, ${staff}, ${name}, ${role}, ${email}, ${active ? null : at}::timestamptz)
    ON CONFLICT (merchant, staff) DO UPDATE SET name = excluded.name, role = excluded.role, email = excluded.email,
      password_hash = CASE WHEN excluded.email IS NULL THEN NULL ELSE staff.password_hash END,
      deactivated_at = CASE WHEN ${active} THEN NULL ELSE coalesce(staff.deactivated_at, excluded.deactivated_at) END`.execute(
    tx,
  );
  await sql`DELETE FROM staff_branch WHERE merchant = ${merchant} AND staff = ${staff}`.execute(tx);
  await sql`
    INSERT INTO staff_branch (merchant, staff, branch)
    SELECT ${merchant}::uuid, ${staff}::uuid, branch FROM unnest(${branches}::uuid[]) AS branch`.execute(tx);
}

export async function writePin(tx: Tx, { merchant, staff }: StaffKey, pin: PinVerifier): Promise<void> {
  await sql`
    UPDATE staff SET pin = ${JSON.stringify(pin)}::jsonb WHERE merchant = ${merchant} AND staff = ${staff}`.execute(tx);
}

export async function writePassword(tx: Tx, { merchant, staff }: StaffKey, passwordHash: string): Promise<void> {
  await sql`
    UPDATE staff SET password_hash = ${passwordHash} WHERE merchant = ${merchant} AND staff = ${staff}`.execute(tx);
}

/** Whoever is signed in as them has to sign in again. */
export async function endSessions(tx: Tx, { merchant, staff }: StaffKey): Promise<void> {
  await sql`DELETE FROM office_session WHERE merchant = ${merchant} AND staff = ${staff}`.execute(tx);
}

/** Of the branches named, those that are not this merchant's. */
export async function unknownBranches(
  tx: Tx,
  merchant: MerchantId,
  branches: readonly BranchId[],
): Promise<readonly BranchId[]> {
  const { rows } = await sql<{ branch: BranchId }>`SELECT branch FROM branch WHERE merchant = ${merchant}`.execute(tx);
  const known = new Set(rows.map(({ branch }) => branch));
  return branches.filter((branch) => !known.has(branch));
}

/** Owners who can sign in, held so that two of them do not shut each other out at once. */
export async function lockedOwners(tx: Tx, merchant: MerchantId): Promise<readonly StaffId[]> {
  const { rows } = await sql<{ staff: StaffId }>`
    SELECT staff FROM staff
    WHERE merchant = ${merchant} AND role = 'owner' AND deactivated_at IS NULL AND password_hash IS NOT NULL
    ORDER BY staff FOR UPDATE`.execute(tx);
  return rows.map(({ staff }) => staff);
}

export async function isEmailTaken(tx: Tx, { merchant, staff }: StaffKey, email: string): Promise<boolean> {
  const { rows } = await sql`
    SELECT 1 FROM staff WHERE merchant = ${merchant} AND staff <> ${staff} AND lower(email) = ${email.toLowerCase()}`.execute(
    tx,
  );
  return rows.length > 0;
}
