import { createHash, timingSafeEqual } from "node:crypto";
import { isUuid } from "@holdfast/domain/kernel/id";
import type { MerchantId, TerminalId } from "@holdfast/domain/party/merchant";

/** `hft_<merchant>.<terminal>.<secret>`: it names whom it is for, so that every query carries the merchant. */
export type TerminalToken = { readonly merchant: MerchantId; readonly terminal: TerminalId; readonly secret: string };

const PREFIX = "hft_";

export function tokenToText({ merchant, terminal, secret }: TerminalToken): string {
  return `${PREFIX}${merchant}.${terminal}.${secret}`;
}

export function parseToken(text: string): TerminalToken | null {
  if (!text.startsWith(PREFIX)) return null;
  const [merchant, terminal, secret, ...rest] = text.slice(PREFIX.length).split(".");
  if (merchant === undefined || terminal === undefined || secret === undefined || rest.length > 0) return null;
  if (!isUuid(merchant) || !isUuid(terminal) || secret.length === 0) return null;
  return { merchant: merchant as MerchantId, terminal: terminal as TerminalId, secret };
}

/** Secrets are random and long, so a fast hash is enough to keep them out of the database. */
export function secretHash(secret: string): Buffer {
  return createHash("sha256").update(secret).digest();
}

export function sameHash(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}
