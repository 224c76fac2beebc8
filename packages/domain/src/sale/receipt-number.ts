import { assert } from "../kernel/assert.ts";
import type { Uuid } from "../kernel/id.ts";

/**
 * The number on the paper: the terminal's series, counted +1, and a short part of the stream's id. A cloned terminal cannot
 * know that it is one and counts on from the same number; the stream part keeps the two papers apart.
 */
export type ReceiptNumber = { readonly series: string; readonly number: number; readonly stream: string };

export function receiptNumber(series: string, number: number, stream: Uuid): ReceiptNumber {
  assert(Number.isSafeInteger(number) && number > 0, `not a receipt number: ${number}`);
  return { series, number, stream: streamTag(stream) };
}

/** The last characters of a UUIDv7 are its random part. */
export function streamTag(stream: Uuid): string {
  return stream.slice(-4).toUpperCase();
}

export function receiptNumberToText({ series, number, stream }: ReceiptNumber): string {
  return `${series}-${String(number).padStart(6, "0")}-${stream}`;
}

export function parseReceiptNumber(text: string): ReceiptNumber | null {
  const match = /^([A-Z0-9]{1,12})-(\d{1,12})-([0-9A-F]{4})$/.exec(text.trim().toUpperCase());
  if (match === null) return null;
  const number = Number(match[2]);
  return number > 0 ? { series: match[1] as string, number, stream: match[3] as string } : null;
}
