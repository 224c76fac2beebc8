/// <reference lib="webworker" />
import { type PublicKey, publicKeySchema } from "@holdfast/protocol/primitives";
import { MIRROR_PURPOSE, type MirrorHeader, type MirrorRow } from "@holdfast/protocol/rescue";
import { toBase64Url } from "@holdfast/sync/base64url";
import { MIRROR_FOLDER } from "./mirror-files.ts";

type OpenRow = {
  readonly stream: string;
  readonly seq: number;
  readonly hash: string;
  readonly raw: string;
  readonly sig: string;
  readonly counters: Readonly<Record<string, number>>;
};

export type MirrorRequest =
  | {
      readonly kind: "start";
      readonly serverKey: { readonly kid: string; readonly key: PublicKey };
      readonly terminal: string;
    }
  | { readonly kind: "write"; readonly id: number; readonly rows: readonly OpenRow[] };

export type MirrorAnswer = { readonly id: number; readonly error: string | null };

type OpenFile = { readonly handle: FileSystemSyncAccessHandle; readonly key: CryptoKey };

const IV_BYTES = 12;
const files = new Map<string, OpenFile>();
let start: (MirrorRequest & { kind: "start" }) | null = null;
let turn: Promise<void> = Promise.resolve();

self.onmessage = ({ data }: MessageEvent<MirrorRequest>): void => {
  if (data.kind === "start") {
    start = data;
    return;
  }
  turn = turn.then(() => answer(data));
};

async function answer({ id, rows }: MirrorRequest & { kind: "write" }): Promise<void> {
  let error: string | null = null;
  try {
    const touched = new Set<OpenFile>();
    for (const row of rows) {
      const file = await openFile(row.stream);
      append(file.handle, JSON.stringify(await sealRow(row, file.key)));
      touched.add(file);
    }
    for (const { handle } of touched) handle.flush();
  } catch (cause) {
    error = cause instanceof Error ? cause.message : String(cause);
  }
  self.postMessage({ id, error } satisfies MirrorAnswer);
}

function append(handle: FileSystemSyncAccessHandle, line: string): void {
  const bytes = new TextEncoder().encode(`${line}\n`);
  const written = handle.write(bytes, { at: handle.getSize() });
  if (written < bytes.length) throw new Error("the disk took only a part of the second copy");
}

async function openFile(stream: string): Promise<OpenFile> {
  const known = files.get(stream);
  if (known !== undefined) return known;
  if (start === null) throw new Error("the mirror was not started");
  const root = await navigator.storage.getDirectory();
  const folder = await root.getDirectoryHandle(MIRROR_FOLDER, { create: true });
  const file = await folder.getFileHandle(`${stream}.log`, { create: true });
  const handle = await file.createSyncAccessHandle();
  const { key, ephemeral } = await agreeKey(start.serverKey.key);
  const { terminal, serverKey } = start;
  const header = { v: 1, terminal, stream, kid: serverKey.kid, ephemeral } satisfies Record<
    keyof MirrorHeader,
    unknown
  >;
  append(handle, JSON.stringify(header));
  handle.flush();
  const opened = { handle, key };
  files.set(stream, opened);
  return opened;
}

/** ECDH with a key pair of this file alone, whose private half is forgotten with the worker: only the server can open it. */
async function agreeKey(serverKey: PublicKey): Promise<{ key: CryptoKey; ephemeral: PublicKey }> {
  const curve = { name: "ECDH", namedCurve: "P-256" } as const;
  const pair = await crypto.subtle.generateKey(curve, false, ["deriveBits"]);
  const server = await crypto.subtle.importKey("jwk", serverKey, curve, false, []);
  const shared = await crypto.subtle.deriveBits({ name: "ECDH", public: server }, pair.privateKey, 256);
  const secret = await crypto.subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
  const info = new TextEncoder().encode(MIRROR_PURPOSE);
  const derivation = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(0), info } as const;
  const key = await crypto.subtle.deriveKey(derivation, secret, { name: "AES-GCM", length: 256 }, false, ["encrypt"]);
  return { key, ephemeral: publicKeySchema.parse(await crypto.subtle.exportKey("jwk", pair.publicKey)) };
}

async function sealRow({ seq, hash, raw, sig, counters }: OpenRow, key: CryptoKey): Promise<MirrorRow> {
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const plain = new TextEncoder().encode(JSON.stringify({ raw, sig }));
  const additionalData = new TextEncoder().encode(hash);
  const box = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData }, key, plain);
  return { seq, hash, counters, iv: toBase64Url(iv), box: toBase64Url(new Uint8Array(box)) };
}
