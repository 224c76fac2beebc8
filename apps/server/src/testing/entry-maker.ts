import { generateKeyPairSync, type KeyObject, randomBytes } from "node:crypto";
import { type Uuid, uuidV7 } from "@holdfast/domain/kernel/id";
import type { EnrolReply } from "@holdfast/protocol/enrol";
import type { SignedEntry } from "@holdfast/protocol/entry";
import { type PublicKey, publicKeySchema } from "@holdfast/protocol/primitives";
import { sha256Hex, signText, thumbprint } from "../sync/signing.ts";

/** Writes entries by hand, right or wrong, as a device that was tampered with would. */
export type EntryMaker = {
  readonly key: PublicKey;
  readonly stream: Uuid;
  readonly open: (terminal: string, extra?: object) => SignedEntry;
  readonly next: (type: string, body: unknown, extra?: object) => SignedEntry;
  readonly sign: (raw: string) => SignedEntry;
  /** Goes back to an earlier entry, so that the next one makes a second branch. */
  readonly rewindTo: (entry: SignedEntry) => void;
};

export function newId(): Uuid {
  return uuidV7(Date.now(), randomBytes(10));
}

export function newKey(): { key: PublicKey; privateKey: KeyObject } {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  return { key: publicKeySchema.parse(publicKey.export({ format: "jwk" })), privateKey };
}

export function entryMaker(keys = newKey(), stream: Uuid = newId()): EntryMaker {
  let seq = -1;
  let prev = "";
  const sign = (raw: string): SignedEntry => ({ raw, sig: signText(raw, keys.privateKey) });
  const next = (type: string, body: unknown, extra: object = {}): SignedEntry => {
    seq += 1;
    const at = "2026-11-23T10:00:00.000+01:00";
    const raw = JSON.stringify({ v: 1, stream, seq, prev, event: newId(), type, tv: 1, at, seen: {}, body, ...extra });
    prev = sha256Hex(raw);
    return sign(raw);
  };
  return {
    key: keys.key,
    stream,
    next,
    sign,
    open: (terminal, extra) =>
      next("stream-opened", {
        terminal,
        build: "test",
        key: thumbprint(keys.key),
        after: null,
        timeZone: "UTC",
        persisted: true,
        ...extra,
      }),
    rewindTo: ({ raw }) => {
      seq = JSON.parse(raw).seq;
      prev = sha256Hex(raw);
    },
  };
}

/** @param keys the one that signs now, then those that were lost before */
export async function enrolKey(baseUrl: string, code: string, ...keys: readonly PublicKey[]): Promise<EnrolReply> {
  const [publicKey, ...formerKeys] = keys;
  const response = await fetch(`${baseUrl}/v1/terminals/enrol`, {
    method: "POST",
    body: JSON.stringify({ code, publicKey, build: "test", persisted: false, formerKeys }),
  });
  if (!response.ok) throw new Error(await response.text());
  return (await response.json()) as EnrolReply;
}
