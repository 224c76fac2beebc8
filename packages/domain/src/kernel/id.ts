import { assert } from "./assert.ts";
import type { Brand } from "./brand.ts";

/** A UUIDv7 in lower case: made by whoever creates the thing, never by the server, so that a retry carries the same id. */
export type Uuid = Brand<string, "Uuid">;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export function isUuid(text: string): text is Uuid {
  return UUID.test(text);
}

export function uuid(text: string): Uuid {
  assert(isUuid(text), `not a UUID: ${text}`);
  return text;
}

/**
 * A UUIDv7 (RFC 9562): 48 bits of milliseconds, then 74 random bits.
 * @param nowMs milliseconds since 1970
 * @param random ten random bytes from a cryptographic source
 */
export function uuidV7(nowMs: number, random: Uint8Array): Uuid {
  assert(random.length === 10, "a UUIDv7 takes ten random bytes");
  const time = Math.max(0, Math.trunc(nowMs)).toString(16).padStart(12, "0").slice(-12);
  const hex = Array.from(random, (byte) => byte.toString(16).padStart(2, "0")).join("");
  const version = `7${hex.slice(1, 4)}`;
  const variant = ((Number.parseInt(hex.slice(4, 5), 16) & 0x3) | 0x8).toString(16) + hex.slice(5, 8);
  return `${time.slice(0, 8)}-${time.slice(8)}-${version}-${variant}-${hex.slice(8, 20)}` as Uuid;
}

/** The time a UUIDv7 was made, in milliseconds since 1970. */
export function uuidTimeMs(id: Uuid): number {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
}
