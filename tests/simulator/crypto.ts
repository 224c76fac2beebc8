import { createHash } from "node:crypto";
import { type PublicKey, publicKeySchema } from "@holdfast/protocol/primitives";
import { signText, thumbprint, verifyText } from "../../apps/server/src/sync/signing.ts";
import { newKey } from "../../apps/server/src/testing/entry-maker.ts";
import type { Dice } from "./world/dice.ts";

export type Signer = { readonly key: PublicKey; readonly kid: string; readonly sign: (text: string) => string };

/** Keys and signatures; hashes are real in every profile. */
export type SimCrypto = {
  /** How long a hash, a signature or its verification may take on a terminal; 0 where it is done at once. */
  readonly terminalMsMax: number;
  readonly newSigner: (dice: Dice) => Signer;
  readonly verify: (text: string, sig: string, key: PublicKey) => boolean;
};

/** A keyed hash stands in for ECDSA: as hard to forge inside a simulation, a hundred times cheaper, the same in every run. */
export function cheapCrypto(): SimCrypto {
  const secrets = new Map<string, Uint8Array>();
  const signWith = (secret: Uint8Array, text: string): string =>
    createHash("sha512").update(secret).update(text).digest("base64url");
  return {
    terminalMsMax: 0,
    newSigner: (dice) => {
      const secret = dice.bytes(32);
      const key = publicKeySchema.parse({
        kty: "EC",
        crv: "P-256",
        x: base64Url(dice.bytes(32)),
        y: base64Url(secret),
      });
      secrets.set(key.x, secret);
      return { key, kid: thumbprint(key), sign: (text) => signWith(secret, text) };
    },
    verify: (text, sig, { x }) => {
      const secret = secrets.get(x);
      return secret !== undefined && signWith(secret, text) === sig;
    },
  };
}

/** As in a browser: each step of it is awaited, and takes long enough for anything to happen meanwhile. */
export function awaitedCrypto(): SimCrypto {
  return { ...cheapCrypto(), terminalMsMax: 60 };
}

/** The product's own ECDSA. Its keys are of this run alone, so runs with it cannot be compared by their traces. */
export function realCrypto(): SimCrypto {
  return {
    terminalMsMax: 0,
    newSigner: () => {
      const { key, privateKey } = newKey();
      return { key, kid: thumbprint(key), sign: (text) => signText(text, privateKey) };
    },
    verify: verifyText,
  };
}

function base64Url(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64url");
}
