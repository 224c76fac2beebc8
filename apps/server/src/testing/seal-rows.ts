import {
  createCipheriv,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  randomBytes,
} from "node:crypto";
import type { ServerKey } from "@holdfast/protocol/enrol";
import type { SignedEntry } from "@holdfast/protocol/entry";
import { publicKeySchema } from "@holdfast/protocol/primitives";
import type { MirrorHeader, MirrorRow } from "@holdfast/protocol/rescue";
import { sha256Hex } from "../sync/signing.ts";

/** Seals entries of one stream as a terminal's second copy has them, by another implementation than the terminal's. */
export function sealRows(
  terminal: string,
  entries: readonly SignedEntry[],
  { kid, key }: ServerKey,
): (MirrorHeader | MirrorRow)[] {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const shared = diffieHellman({ privateKey, publicKey: createPublicKey({ key: { ...key }, format: "jwk" }) });
  const secret = Buffer.from(hkdfSync("sha256", shared, "", "holdfast-mirror:1", 32));
  const ephemeral = publicKeySchema.parse(publicKey.export({ format: "jwk" }));
  const { stream } = JSON.parse(entries[0]?.raw ?? "{}");
  const header = { v: 1, terminal, stream, kid, ephemeral } as MirrorHeader;
  return [header, ...entries.map((entry) => sealRow(entry, secret))];
}

function sealRow(entry: SignedEntry, secret: Buffer): MirrorRow {
  const hash = sha256Hex(entry.raw);
  const iv = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", secret, iv);
  cipher.setAAD(Buffer.from(hash));
  const box = Buffer.concat([cipher.update(JSON.stringify(entry)), cipher.final(), cipher.getAuthTag()]);
  return { seq: JSON.parse(entry.raw).seq, hash, iv: iv.toString("base64url"), box: box.toString("base64url") };
}
