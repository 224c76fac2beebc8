import { type Me, OFFICE_RIGHTS, type OfficeBranch } from "@holdfast/protocol/office/session";
import { sql } from "kysely";
import type { Db } from "../db/database.ts";
import type { OfficeIdentity } from "./sessions.ts";

/** Who is signed in, and where. */
export async function meOf(db: Db, { merchant, staff, name, role, expiresAt }: OfficeIdentity): Promise<Me> {
  const { rows } = await sql<Me["merchant"]>`
    SELECT merchant, slug, name, currency, exponent FROM merchant WHERE merchant = ${merchant}`.execute(db);
  const branches = await sql<OfficeBranch>`
    SELECT branch, code, name, time_zone AS "timeZone" FROM branch WHERE merchant = ${merchant} ORDER BY name, branch`.execute(
    db,
  );
  return {
    staff: { staff, name, role },
    rights: [...OFFICE_RIGHTS[role]],
    merchant: rows[0] as Me["merchant"],
    branches: branches.rows,
    expiresAt,
  };
}
