/// <reference lib="webworker" />
import { fromBase64Url, toBase64Url } from "@holdfast/sync/base64url";
import { argon2id } from "hash-wasm";

export type PinQuestion = {
  readonly id: number;
  readonly pin: string;
  readonly salt: string;
  readonly memoryKib: number;
  readonly passes: number;
};

export type PinAnswer = { readonly id: number; readonly hash: string | null };

const HASH_BYTES = 32;

self.onmessage = async ({ data: { id, pin, salt, memoryKib, passes } }: MessageEvent<PinQuestion>): Promise<void> => {
  let hash: string | null = null;
  try {
    const digest = await argon2id({
      password: pin,
      salt: fromBase64Url(salt),
      memorySize: memoryKib,
      iterations: passes,
      parallelism: 1,
      hashLength: HASH_BYTES,
      outputType: "binary",
    });
    hash = toBase64Url(digest);
  } catch {
    hash = null;
  }
  self.postMessage({ id, hash } satisfies PinAnswer);
};
