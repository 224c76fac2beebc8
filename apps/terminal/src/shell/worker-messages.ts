/**
 * What page and service worker say to each other. Either may be of an older build than the other while an update waits, so
 * every message carries its version and one of another version counts for nothing.
 */
export type WorkerMessage =
  /** The page of this build has started and can sell: older copies may go once that has happened again later. */
  | { readonly v: 1; readonly kind: "started"; readonly build: string }
  /** A safe moment has come: the waiting worker may take over. */
  | { readonly v: 1; readonly kind: "activate" };

export function isWorkerMessage(value: unknown): value is WorkerMessage {
  return typeof value === "object" && value !== null && "v" in value && value.v === 1 && "kind" in value;
}
