import type { PublicKey } from "@holdfast/protocol/primitives";

/** Synchronous in the simulator and on the server, asynchronous in a browser: callers await either. */
export type MaybePromise<T> = T | Promise<T>;

/** SHA-256 of the text's UTF-8 bytes, in lower-case hex. */
export type Sha256 = (text: string) => MaybePromise<string>;

/** ECDSA P-256 with SHA-256 over the text's UTF-8 bytes; 64 bytes in P1363 form, base64url. */
export type Sign = (text: string) => MaybePromise<string>;

export type Verify = (text: string, sig: string, key: PublicKey) => MaybePromise<boolean>;
