import { createHash } from "node:crypto";
import { isUuid } from "@holdfast/domain/kernel/id";
import type { MerchantId } from "@holdfast/domain/party/merchant";

/** What the cookie holds: it names the merchant, so that the look-up carries it as every query does. */
export type SessionToken = { readonly merchant: MerchantId; readonly secret: string };

export function sessionTokenToText({ merchant, secret }: SessionToken): string {
  return `${merchant}.${secret}`;
}

export function parseSessionToken(text: string): SessionToken | null {
  const [merchant = "", secret = "", ...rest] = text.split(".");
  if (!isUuid(merchant) || secret.length === 0 || rest.length > 0) return null;
  return { merchant: merchant as MerchantId, secret };
}

/** What is kept of a token: its secret is long and random, so a fast hash keeps it out of the database. */
export function sessionHash({ secret }: Pick<SessionToken, "secret">): Buffer {
  return createHash("sha256").update(secret).digest();
}
