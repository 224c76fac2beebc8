import type { PublicKey } from "@holdfast/protocol/primitives";
import type { Mirror } from "@holdfast/sync/ports";
import type { MirrorAnswer, MirrorRequest } from "./mirror-worker.ts";

export type MirrorOptions = {
  readonly serverKey: { readonly kid: string; readonly key: PublicKey };
  readonly terminal: string;
};

/** A disk that is full or gone must not keep a customer waiting. */
const PATIENCE_MS = 2_000;

/**
 * The second copy of the log, outside the database: one file per stream in the origin's private file system, each row sealed to
 * the server's key, so that it can be brought in even when this browser's own keys are lost.
 */
export class OpfsMirror implements Mirror {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, { resolve: () => void; reject: (error: Error) => void }>();
  #nextId = 1;

  constructor(options: MirrorOptions) {
    this.#worker = new Worker(new URL("./mirror-worker.ts", import.meta.url), { type: "module", name: "mirror" });
    this.#worker.onmessage = ({ data }: MessageEvent<MirrorAnswer>) => this.#answered(data);
    this.#worker.onerror = (event) => this.#failAll(new Error(event.message || "the mirror's worker failed"));
    this.#worker.postMessage({ kind: "start", ...options } satisfies MirrorRequest);
  }

  write: Mirror["write"] = async (entries, counters) => {
    const rows = entries.map(({ stream, seq, hash, raw, sig }) => ({ stream, seq, hash, raw, sig, counters }));
    const id = this.#nextId++;
    const written = new Promise<void>((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
    this.#worker.postMessage({ kind: "write", id, rows } satisfies MirrorRequest);
    const timer = setTimeout(() => this.#answered({ id, error: "the second copy takes too long" }), PATIENCE_MS);
    await written.finally(() => clearTimeout(timer));
  };

  close(): void {
    this.#worker.terminate();
    this.#failAll(new Error("the mirror is closed"));
  }

  #answered({ id, error }: MirrorAnswer): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error === null) waiting?.resolve();
    else waiting?.reject(new Error(error));
  }

  #failAll(error: Error): void {
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}
