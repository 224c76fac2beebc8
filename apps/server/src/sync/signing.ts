import { createHash, createPublicKey, type KeyObject, sign, verify } from "node:crypto";
import { thumbprintText } from "@holdfast/protocol/enrol";
import type { PublicKey } from "@holdfast/protocol/primitives";

export function sha256Hex(text: string | Uint8Array): string {
  return createHash("sha256").update(text).digest("hex");
}

/** The name of a key: RFC 7638 thumbprint in base64url. */
export function thumbprint(key: PublicKey): string {
  return createHash("sha256").update(thumbprintText(key)).digest("base64url");
}

const KEYS_MAX = 10_000;
const imported = new Map<string, KeyObject>();

/** Importing a key costs as much as using it, so the last ones stay. */
function publicKeyObject(key: PublicKey): KeyObject {
  const id = `${key.x}.${key.y}`;
  const known = imported.get(id);
  if (known !== undefined) return known;
  if (imported.size >= KEYS_MAX) imported.clear();
  const made = createPublicKey({ key: { ...key }, format: "jwk" });
  imported.set(id, made);
  return made;
}

/** Node signs in DER unless told; browsers sign in P1363. */
const P1363 = "ieee-p1363";

export function verifyText(text: string, sig: string, key: PublicKey): boolean {
  return verify(
    "sha256",
    Buffer.from(text),
    { key: publicKeyObject(key), dsaEncoding: P1363 },
    Buffer.from(sig, "base64url"),
  );
}

export function signText(text: string, key: KeyObject): string {
  return sign("sha256", Buffer.from(text), { key, dsaEncoding: P1363 }).toString("base64url");
}
