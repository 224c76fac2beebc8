import type { PublicKey } from "@holdfast/protocol/primitives";
import { fromBase64Url, toBase64Url } from "@holdfast/sync/base64url";

const ECDSA = { name: "ECDSA", hash: "SHA-256" } as const;
const P256 = { name: "ECDSA", namedCurve: "P-256" } as const;

export function sha256Hex(text: string): Promise<string> {
  return sha256Bytes(new TextEncoder().encode(text));
}

export async function sha256Bytes(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  let hex = "";
  for (const byte of new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)))
    hex += byte.toString(16).padStart(2, "0");
  return hex;
}

export async function signText(text: string, key: CryptoKey): Promise<string> {
  return toBase64Url(new Uint8Array(await crypto.subtle.sign(ECDSA, key, new TextEncoder().encode(text))));
}

export async function verifyText(text: string, sig: string, publicKey: PublicKey): Promise<boolean> {
  const key = await crypto.subtle.importKey("jwk", publicKey, P256, false, ["verify"]);
  return await crypto.subtle.verify(ECDSA, key, fromBase64Url(sig), new TextEncoder().encode(text));
}

export function randomBytes(count: number): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(count));
}
