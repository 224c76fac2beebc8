import type { Uuid } from "@holdfast/domain/kernel/id";
import type { MerchantId } from "@holdfast/domain/party/merchant";
import type { StaffId } from "@holdfast/domain/staff/staff";
import { sql } from "kysely";
import type { Tx } from "../db/database.ts";

/** What was done in the back office. Like the facts of terminals it is added and never changed. */
export type OfficeEvent = {
  readonly merchant: MerchantId;
  readonly event: Uuid;
  readonly type:
    | "case-closed"
    | "case-settled"
    | "record-booked"
    | "staff-added"
    | "staff-changed"
    | "pin-set"
    | "password-set";
  /** Null for what the shop settled by itself. */
  readonly staff: StaffId | null;
  /** The id of what was acted on. */
  readonly subject: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly recordedAt: string;
};

/** Written in the transaction of the deed itself, so that there is never one without the other. */
export async function insertOfficeEvent(tx: Tx, event: OfficeEvent): Promise<void> {
  await sql`
    INSERT INTO office_event (merchant, event, type, staff, subject, body, recorded_at)
    VALUES (${event.merchant}, ${event.event}, ${event.type}, ${event.staff}, ${event.subject},
            ${JSON.stringify(event.body)}::jsonb, ${event.recordedAt}::timestamptz)`.execute(tx);
}
