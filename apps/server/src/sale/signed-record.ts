import { assert } from "@holdfast/domain/kernel/assert";
import type { Sale } from "@holdfast/domain/sale/sale";
import { parseEvent } from "@holdfast/protocol/events/event";
import type { SignedRecord } from "@holdfast/protocol/office/sales";
import { readEntry } from "@holdfast/sync/read-entry";
import { sha256Hex, verifyText } from "../sync/signing.ts";
import type { SaleRecord } from "./sale-detail-queries.ts";

/** Reads the sale out of the entry it came in, and looks at hash, signature and chain again: storage is not to be believed. */
export function readSaleRecord(record: SaleRecord): { readonly sale: Sale; readonly signed: SignedRecord } {
  const { stream, seq, kid, hash, raw, recordedAt, courier, terminal } = record;
  const read = readEntry(raw);
  assert("entry" in read, `INV-04 the entry ${hash} was applied and cannot be read`);
  const { entry } = read;
  const event = parseEvent(entry.type, entry.tv, entry.body);
  assert("type" in event && event.type === "sale-completed", `INV-04 the entry ${hash} was applied as a sale`);
  const sig = record.sig.toString("base64url");
  const key = record.publicKeys.find((each) => each.kid === kid)?.key;
  const signed = {
    stream,
    seq,
    hash,
    prev: entry.prev,
    raw,
    sig,
    kid,
    occurredAt: entry.at,
    recordedAt: recordedAt.toISOString(),
    courier: courier === terminal ? null : courier,
    checks: {
      hash: sha256Hex(raw) === hash,
      signature: key !== undefined && verifyText(raw, sig, key),
      parent: record.parentHeld,
    },
  };
  return { sale: event.body, signed };
}
