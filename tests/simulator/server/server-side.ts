import type { TerminalId } from "@holdfast/domain/party/merchant";
import type { EnrolReply } from "@holdfast/protocol/enrol";
import type { PublicKey } from "@holdfast/protocol/primitives";
import type { Cancel } from "@holdfast/sync/ports";

export type HttpRequest = {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly token: string;
  /** Made when it is read: most requests of a bad day never get that far. */
  readonly body: (() => string) | null;
};

export type HttpAnswer = {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** The body as JSON; undefined where it is none, or was cut. */
  readonly value: unknown;
  readonly bytes?: Uint8Array<ArrayBuffer>;
};

/** What comes down an open line. */
export type LiveNews = { readonly kind: "hello" | "feed" | "ping"; readonly data: unknown };
export type LiveLine = { readonly onNews: (news: LiveNews) => void; readonly onEnd: () => void };

/** Nothing listens there, or what did died before it answered. */
export class NoAnswer extends Error {
  override readonly name = "NoAnswer";
}

/** The authority as the network sees it, whatever it keeps its records in. */
export type ServerSide = {
  /** Rejects with `NoAnswer` where no process lives to answer. */
  readonly request: (request: HttpRequest) => Promise<HttpAnswer>;
  /** Whether a person at the back office would get anywhere. */
  readonly isUp: () => boolean;
  readonly openLive: (token: string, channels: readonly string[], line: LiveLine) => Cancel;
  /** A manager types a code for a device at hand; earlier keys of the terminal stay known, and its series is a new one. */
  readonly enrol: (terminal: TerminalId, key: PublicKey) => Promise<EnrolReply>;
};
