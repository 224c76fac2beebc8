import { type PublicKey, publicKeySchema } from "@holdfast/protocol/primitives";
import { fromBase64Url } from "@holdfast/sync/base64url";
import { expect, test } from "vitest";
import json from "../../../../packages/protocol/vectors/signature.json";
import { sha256Hex, signText, verifyText } from "./web-crypto.ts";

const vector = { ...json, publicKey: publicKeySchema.parse(json.publicKey) };

async function newPair(): Promise<{ privateKey: CryptoKey; publicKey: PublicKey }> {
  const pair = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, false, ["sign", "verify"]);
  const publicKey = publicKeySchema.parse(await crypto.subtle.exportKey("jwk", pair.publicKey));
  return { privateKey: pair.privateKey, publicKey };
}

test("a signature made long ago by another program is still believed, and a changed text is not", async () => {
  expect(await sha256Hex(vector.text)).toBe(vector.sha256);
  expect(await verifyText(vector.text, vector.sig, vector.publicKey)).toBe(true);
  expect(await verifyText(`${vector.text} `, vector.sig, vector.publicKey)).toBe(false);
});

test("a signature in DER, as some programs make it, is not one", async () => {
  expect(await verifyText(vector.text, vector.der, vector.publicKey)).toBe(false);
});

test("what the browser signs is 64 bytes and is believed with its key alone", async () => {
  const { privateKey, publicKey } = await newPair();
  const sig = await signText(vector.text, privateKey);
  expect(fromBase64Url(sig)).toHaveLength(64);
  expect(await verifyText(vector.text, sig, publicKey)).toBe(true);
  expect(await verifyText(vector.text, sig, (await newPair()).publicKey)).toBe(false);
});
