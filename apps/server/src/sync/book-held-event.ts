import type { Uuid } from "@holdfast/domain/kernel/id";
import type { MerchantId } from "@holdfast/domain/party/merchant";
import type { StaffId } from "@holdfast/domain/staff/staff";
import pg from "pg";
import { inIngestTransaction } from "../db/ingest-transaction.ts";
import { insertOfficeEvent } from "../http/office-event.ts";
import type { ServerContext } from "../http/server-context.ts";
import { isoNow } from "../http/server-context.ts";
import { closeCaseAbout } from "../inbox/case-queries.ts";
import { type BookedNow, bookNow } from "./book-now.ts";
import { lockedHeldEvent, markBooked, noteWhyHeld } from "./held-event.ts";
import { pgIngestStore } from "./pg-ingest-store.ts";

export type Booking = {
  readonly merchant: MerchantId;
  readonly event: Uuid;
  /** Who asked for it; nobody did where the server tries again by itself. */
  readonly by: { readonly staff: StaffId | null; readonly name: string };
};

export type BookingOutcome =
  | BookedNow
  /** Somebody else booked it meanwhile, or there is no such event. */
  | { readonly kind: "not-held" };

/**
 * Books an event that was set aside, as if it came in now: after an upgrade that knows its version, after what it names was
 * made, or because a person answers for a terminal that was revoked. Its case is closed in the same transaction.
 */
export async function bookHeldEvent(context: ServerContext, booking: Booking): Promise<BookingOutcome> {
  const { merchant, event } = booking;
  try {
    return await inIngestTransaction(context.pool, async (transaction) => {
      const { tx } = transaction;
      const held = await lockedHeldEvent(tx, merchant, event);
      if (held === null) return { kind: "not-held" };
      const at = isoNow(context);
      const store = pgIngestStore(transaction, { merchant, recordedAt: at, newId: context.newId });
      const outcome = await bookNow(held, store);
      if (outcome.kind === "held") await noteWhyHeld(tx, booking, outcome);
      else {
        await markBooked(tx, merchant, event);
        const { staff, name } = booking.by;
        const resolution = { by: staff, name, note: `Booked; it was set aside as ${held.code}.`, at };
        await closeCaseAbout(tx, { merchant, kind: "quarantined", subject: event }, resolution);
        const done = { merchant, event: context.newId(), type: "record-booked" as const, staff, subject: event };
        await insertOfficeEvent(tx, { ...done, body: { code: held.code }, recordedAt: at });
      }
      return outcome;
    });
  } catch (error) {
    if (!(error instanceof pg.DatabaseError) || !/^2[23]/.test(error.code ?? "")) throw error;
    return { kind: "held", code: "apply_failed", message: error.message };
  }
}
