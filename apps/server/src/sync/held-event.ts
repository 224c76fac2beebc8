import type { Uuid } from "@holdfast/domain/kernel/id";
import type { MerchantId, TerminalId } from "@holdfast/domain/party/merchant";
import { sql } from "kysely";
import type { Db, Tx } from "../db/database.ts";

/** An event that is stored and not booked, with the entry that it came in. */
export type HeldEvent = {
  readonly event: Uuid;
  readonly code: string;
  readonly terminal: TerminalId;
  readonly raw: string;
  readonly sig: string;
};

/** The event as it waits, held until the end of the transaction; null where it is booked, or is none. */
export async function lockedHeldEvent(tx: Tx, merchant: MerchantId, event: Uuid): Promise<HeldEvent | null> {
  const { rows } = await sql<Omit<HeldEvent, "sig"> & { readonly sig: Buffer }>`
    SELECT v.event, v.code, v.terminal, e.raw, e.sig
    FROM event v JOIN log_entry e USING (merchant, hash)
    WHERE v.merchant = ${merchant} AND v.event = ${event} AND v.status = 'quarantined'
    FOR UPDATE OF v`.execute(tx);
  const row = rows[0];
  return row === undefined ? null : { ...row, sig: row.sig.toString("base64url") };
}

type HeldPlace = { readonly at: string; readonly event: Uuid };

/** Events of all shops set aside under this code, in the order in which they came; `at` keeps all digits that a place needs. */
export async function heldEvents(
  db: Db,
  code: string,
  { after, limit }: { readonly after: HeldPlace | null; readonly limit: number },
): Promise<(Pick<HeldEvent, "event" | "raw" | "sig"> & HeldPlace & { readonly merchant: MerchantId })[]> {
  const place =
    after === null ? sql`` : sql`AND (v.recorded_at, v.event) > (${after.at}::timestamptz, ${after.event}::uuid)`;
  const { rows } = await sql<Pick<HeldEvent, "event" | "raw"> & { merchant: MerchantId; at: string; sig: Buffer }>`
    SELECT v.merchant, v.event, v.recorded_at::text AS at, e.raw, e.sig
    FROM event v JOIN log_entry e USING (merchant, hash)
    WHERE v.status = 'quarantined' AND v.code = ${code} ${place}
    ORDER BY v.recorded_at, v.event LIMIT ${limit}`.execute(db);
  return rows.map((row) => ({ ...row, sig: row.sig.toString("base64url") }));
}

export async function markBooked(tx: Tx, merchant: MerchantId, event: Uuid): Promise<void> {
  await sql`
    UPDATE event SET status = 'applied', code = NULL, message = NULL
    WHERE merchant = ${merchant} AND event = ${event}`.execute(tx);
}

export async function noteWhyHeld(
  tx: Tx,
  { merchant, event }: { readonly merchant: MerchantId; readonly event: Uuid },
  { code, message }: { readonly code: string; readonly message: string },
): Promise<void> {
  await sql`
    UPDATE event SET code = ${code}, message = ${message}
    WHERE merchant = ${merchant} AND event = ${event} AND (code, message) IS DISTINCT FROM (${code}, ${message})`.execute(
    tx,
  );
}
