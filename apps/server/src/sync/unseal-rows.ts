import { createDecipheriv, createPublicKey, diffieHellman, hkdfSync, type KeyObject } from "node:crypto";
import { type SignedEntry, signedEntrySchema } from "@holdfast/protocol/entry";
import { MIRROR_PURPOSE, type MirrorHeader, type MirrorRow, type RescueLine } from "@holdfast/protocol/rescue";

const KEY_BYTES = 32;
const TAG_BYTES = 16;

/**
 * Opens what terminals sealed for the server. Null stands for a row that cannot be opened: sealed to a key this server does not
 * have, damaged on the way, or not what its name says.
 */
export function unsealRows(
  lines: readonly RescueLine[],
  keyOf: (kid: string) => KeyObject | null,
): (SignedEntry | null)[] {
  const entries: (SignedEntry | null)[] = [];
  let key: Buffer | null = null;
  for (const line of lines) {
    if ("raw" in line) entries.push(line);
    else if ("box" in line) entries.push(key === null ? null : unseal(line, key));
    else key = runKey(line, keyOf(line.kid));
  }
  return entries;
}

function runKey({ ephemeral }: MirrorHeader, privateKey: KeyObject | null): Buffer | null {
  if (privateKey === null) return null;
  try {
    const publicKey = createPublicKey({ key: { ...ephemeral }, format: "jwk" });
    const shared = diffieHellman({ privateKey, publicKey });
    return Buffer.from(hkdfSync("sha256", shared, new Uint8Array(), MIRROR_PURPOSE, KEY_BYTES));
  } catch {
    // A point that is not on the curve.
    return null;
  }
}

function unseal({ hash, iv, box }: MirrorRow, key: Buffer): SignedEntry | null {
  const bytes = Buffer.from(box, "base64url");
  try {
    const decipher = createDecipheriv("aes-256-gcm", key, Buffer.from(iv, "base64url"));
    decipher.setAAD(Buffer.from(hash));
    decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
    const plain = Buffer.concat([decipher.update(bytes.subarray(0, -TAG_BYTES)), decipher.final()]);
    return signedEntrySchema.parse(JSON.parse(plain.toString()));
  } catch {
    return null;
  }
}
