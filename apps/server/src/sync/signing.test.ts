import { createPrivateKey, generateKeyPairSync } from "node:crypto";
import { readFileSync } from "node:fs";
import { publicKeySchema } from "@holdfast/protocol/primitives";
import { expect, test } from "vitest";
import { sha256Hex, signText, thumbprint, verifyText } from "./signing.ts";

const vector = JSON.parse(
  readFileSync(new URL("../../../../packages/protocol/vectors/signature.json", import.meta.url), "utf8"),
);

test("a signature made long ago by another program is still believed, and a changed text is not", () => {
  expect(sha256Hex(vector.text)).toBe(vector.sha256);
  expect(thumbprint(vector.publicKey)).toBe(vector.kid);
  expect(verifyText(vector.text, vector.sig, vector.publicKey)).toBe(true);
  expect(verifyText(`${vector.text} `, vector.sig, vector.publicKey)).toBe(false);
});

test("a signature in DER, which Node makes unless it is told otherwise, is not one", () => {
  expect(verifyText(vector.text, vector.der, vector.publicKey)).toBe(false);
});

test("what the server signs is 64 bytes and can be checked with its public key", () => {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const key = createPrivateKey(privateKey.export({ type: "pkcs8", format: "pem" }));
  const sig = signText(vector.text, key);
  expect(Buffer.from(sig, "base64url")).toHaveLength(64);
  expect(verifyText(vector.text, sig, publicKeySchema.parse(publicKey.export({ format: "jwk" })))).toBe(true);
});
