import {
  CLOCK_HEADER,
  STORAGE_HEADER,
  storageToText,
  UNSENT_HEADER,
  type Unsent,
  unsentToText,
} from "@holdfast/protocol/contact";
import { liveFeedSchema, liveHelloSchema } from "@holdfast/protocol/feed";
import { BUILD_HEADER, PROTOCOL_HEADER, PROTOCOL_VERSION } from "@holdfast/protocol/version";
import type { Cancel, Wire } from "../ports.ts";
import { WireFailure } from "../wire-failure.ts";
import { type Answer, failureOf, isOk, readAnswer } from "./answer.ts";
import { listenLive } from "./live-stream.ts";
import {
  chunkPath,
  haveQuestion,
  manifestQuestion,
  pullQuestion,
  pushQuestion,
  type Question,
  rescueQuestion,
} from "./question.ts";

export type HttpWireOptions = {
  /** Without a trailing slash: `https://till.example` or empty for the page's own origin. */
  readonly baseUrl: string;
  readonly token: string;
  readonly build: string;
  readonly fetch: typeof fetch;
  readonly now: () => number;
  /** What this terminal still has to send: whoever looks after it sees how much hangs on the device. */
  readonly unsent: () => Unsent;
  /** Whether the browser promised to keep what is stored; left out by a device that is no browser. */
  readonly isStorageKept?: () => boolean;
  readonly timeoutMs?: number;
};

/** Every request has a deadline: a line that went silent must not hold the queue for ever. */
const TIMEOUT_MS = 20_000;

/** The line to the server over HTTP. */
export function httpWire(options: HttpWireOptions): Wire {
  return {
    push: async (entries) => {
      const { body, ...question } = pushQuestion(entries);
      return await ask(options, { ...question, init: await packedLines(body?.() ?? "") });
    },
    rescue: async (text) => {
      const { body, ...question } = rescueQuestion(text);
      return await ask(options, { ...question, init: await packedLines(body?.() ?? "") });
    },
    have: async (hashes) => {
      const { body, ...question } = haveQuestion(hashes);
      const init = { method: "POST", body: body?.() ?? "", headers: { "content-type": "application/json" } };
      return await ask(options, { ...question, init });
    },
    pull: async (question) => await ask(options, { ...pullQuestion(question), init: {} }),
    manifest: async (channel) => {
      try {
        return await ask(options, { ...manifestQuestion(channel), init: {} });
      } catch (error) {
        if (error instanceof WireFailure && error.kind === "none-there") return null;
        throw error;
      }
    },
    chunk: async (sha256) => await askBytes(options, chunkPath(sha256)),
    live: (channels, listener): Cancel => {
      const query = new URLSearchParams(channels.map((channel): [string, string] => ["c", channel]));
      const open = (signal: AbortSignal): Promise<Response> =>
        options.fetch(`${options.baseUrl}/v1/live?${query}`, {
          headers: commonHeaders(options),
          signal,
          cache: "no-store",
          redirect: "error",
        });
      return listenLive(open, {
        ...listener,
        onHello: (data) => {
          const parsed = liveHelloSchema.safeParse(data);
          if (parsed.success) listener.onHello(parsed.data);
        },
        onFeed: (data) => {
          const parsed = liveFeedSchema.safeParse(data);
          if (parsed.success) listener.onFeed(parsed.data);
        },
      });
    },
  };
}

type Request<T> = Pick<Question<T>, "path" | "schema"> & { readonly init: RequestInit };

async function ask<T>(options: HttpWireOptions, { path, init, schema }: Request<T>): Promise<T> {
  return readAnswer(await answerOf(await send(options, path, init)), schema);
}

/** A chunk is named by the hash of what it is, so whoever asks checks it; here only the whole of it has to arrive. */
async function askBytes(options: HttpWireOptions, path: string): Promise<Uint8Array<ArrayBuffer>> {
  const response = await send(options, path, {});
  if (!isOk(response)) throw failureOf(await answerOf(response));
  try {
    return new Uint8Array(await response.arrayBuffer());
  } catch (error) {
    throw new WireFailure("unreachable", error instanceof Error ? error.message : String(error));
  }
}

async function send(options: HttpWireOptions, path: string, init: RequestInit): Promise<Response> {
  try {
    return await options.fetch(`${options.baseUrl}${path}`, {
      ...init,
      headers: { ...commonHeaders(options), ...(init.headers as Record<string, string> | undefined) },
      cache: "no-store",
      credentials: "omit",
      // A login page at the end of a redirect is no answer, and a batch must not follow to a foreign host.
      redirect: "error",
      signal: AbortSignal.timeout(options.timeoutMs ?? TIMEOUT_MS),
    });
  } catch (error) {
    throw new WireFailure("unreachable", error instanceof Error ? error.message : String(error));
  }
}

function commonHeaders({ token, build, now, unsent, isStorageKept }: HttpWireOptions): Record<string, string> {
  return {
    authorization: `Bearer ${token}`,
    [PROTOCOL_HEADER]: String(PROTOCOL_VERSION),
    [BUILD_HEADER]: build,
    [CLOCK_HEADER]: String(Math.round(now())),
    [UNSENT_HEADER]: unsentToText(unsent()),
    ...(isStorageKept === undefined ? {} : { [STORAGE_HEADER]: storageToText(isStorageKept()) }),
  };
}

async function answerOf(response: Response): Promise<Answer> {
  const { status, headers } = response;
  const retryAfter = headers.get("retry-after");
  try {
    return { status, retryAfter, value: await response.json() };
  } catch {
    // Cut in the middle, a portal's page, or the deadline: nothing of it counts.
    return { status, retryAfter, value: undefined };
  }
}

async function packedLines(text: string): Promise<RequestInit> {
  const headers = { "content-type": "application/x-ndjson", "content-encoding": "gzip" };
  return { method: "POST", body: await gzip(text), headers };
}

async function gzip(text: string): Promise<Blob> {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"));
  return await new Response(stream).blob();
}
