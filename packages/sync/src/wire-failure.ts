/** Why there was no answer that counts, as far as it can be told from here. */
export type WireFailureKind =
  /** Nothing came back: no network, or no server behind it. */
  | "unreachable"
  /** Something answered that is not our server: a portal, a proxy, a cut reply. */
  | "not-ours"
  /** The server answered that it cannot, for now. */
  | "server"
  /** The server does not know this terminal. */
  | "signed-out"
  /** The server says that this app must be updated before it may read. */
  | "update-needed"
  /** What was asked for is not there. */
  | "none-there"
  /** The request was too large for something on the way. */
  | "too-large";

export class WireFailure extends Error {
  override readonly name = "WireFailure";
  readonly kind: WireFailureKind;
  /** What the server asked for, in milliseconds; null where it asked for nothing. */
  readonly retryAfterMs: number | null;

  constructor(kind: WireFailureKind, message: string, retryAfterMs: number | null = null) {
    super(message);
    this.kind = kind;
    this.retryAfterMs = retryAfterMs;
  }
}
