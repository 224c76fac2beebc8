import { errorSchema } from "@holdfast/protocol/error";
import { feedReplySchema, liveFeedSchema, liveHelloSchema, manifestSchema } from "@holdfast/protocol/feed";
import { haveReplySchema, logReplySchema } from "@holdfast/protocol/log";
import { BUILD_HEADER, PROTOCOL_HEADER, PROTOCOL_VERSION } from "@holdfast/protocol/version";
import type { z } from "zod";
import type { Cancel, Wire } from "../ports.ts";
import { WireFailure } from "../wire-failure.ts";
import { listenLive } from "./live-stream.ts";

export type HttpWireOptions = {
  /** Without a trailing slash: `https://till.example` or empty for the page's own origin. */
  readonly baseUrl: string;
  readonly token: string;
  readonly build: string;
  readonly fetch: typeof fetch;
  readonly now: () => number;
  readonly timeoutMs?: number;
};

/** Every request has a deadline: a line that went silent must not hold the queue for ever. */
const TIMEOUT_MS = 20_000;
const CLOCK_HEADER = "Holdfast-Clock";

/** The line to the server over HTTP. An answer counts only when its whole body parses and ends with its end mark. */
export function httpWire(options: HttpWireOptions): Wire {
  return {
    push: async (entries) => {
      const init = await packedLines(entries.map((entry) => JSON.stringify(entry)).join("\n"));
      return await ask(options, { path: "/v1/log", init, schema: logReplySchema });
    },
    rescue: async (text) =>
      await ask(options, { path: "/v1/log/rescue", init: await packedLines(text), schema: logReplySchema }),
    have: async (hashes) => {
      const init = {
        method: "POST",
        body: JSON.stringify({ hashes }),
        headers: { "content-type": "application/json" },
      };
      return await ask(options, { path: "/v1/log/have", init, schema: haveReplySchema });
    },
    pull: async ({ channels, check }) => {
      const query = new URLSearchParams(
        channels.map(({ channel, cursor }): [string, string] => ["c", `${channel}@${cursor ?? "0"}`]),
      );
      if (check) query.set("check", "1");
      return await ask(options, { path: `/v1/feed?${query}`, init: {}, schema: feedReplySchema });
    },
    manifest: async (channel) => {
      try {
        return await ask(options, {
          path: `/v1/snapshot/${encodeURIComponent(channel)}`,
          init: {},
          schema: manifestSchema,
        });
      } catch (error) {
        if (error instanceof WireFailure && error.kind === "none-there") return null;
        throw error;
      }
    },
    chunk: async (sha256) => await askBytes(options, `/v1/chunk/${sha256}`),
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

type Question<T> = { readonly path: string; readonly init: RequestInit; readonly schema: z.ZodType<T> };

async function ask<T>(options: HttpWireOptions, { path, init, schema }: Question<T>): Promise<T> {
  const response = await send(options, path, init);
  const value = await readJson(response);
  if (!response.ok) throw failureOf(response, value);
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new WireFailure("not-ours", "the answer is not one of the server's");
  return parsed.data;
}

/** A chunk is named by the hash of what it is, so whoever asks checks it; here only the whole of it has to arrive. */
async function askBytes(options: HttpWireOptions, path: string): Promise<Uint8Array<ArrayBuffer>> {
  const response = await send(options, path, {});
  if (!response.ok) throw failureOf(response, await readJson(response));
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

function commonHeaders({ token, build, now }: HttpWireOptions): Record<string, string> {
  return {
    authorization: `Bearer ${token}`,
    [PROTOCOL_HEADER]: String(PROTOCOL_VERSION),
    [BUILD_HEADER]: build,
    [CLOCK_HEADER]: String(Math.round(now())),
  };
}

async function readJson(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    // Cut in the middle, a portal's page, or the deadline: nothing of it counts.
    return undefined;
  }
}

function failureOf(response: Response, value: unknown): WireFailure {
  const ours = errorSchema.safeParse(value);
  const retryAfterMs = parseRetryAfter(response.headers.get("retry-after"));
  const message = ours.success ? ours.data.error.message : `the answer has status ${response.status}`;
  if (response.status === 413) return new WireFailure("too-large", message, retryAfterMs);
  if (!ours.success) return new WireFailure(response.status >= 500 ? "server" : "not-ours", message, retryAfterMs);
  switch (response.status) {
    case 401:
    case 403:
      return new WireFailure("signed-out", message, retryAfterMs);
    case 404:
      return new WireFailure("none-there", message, retryAfterMs);
    case 426:
      return new WireFailure("update-needed", message, retryAfterMs);
    default:
      return new WireFailure("server", message, retryAfterMs);
  }
}

/** Seconds only: a date would be compared with a clock that may be wrong. */
function parseRetryAfter(text: string | null): number | null {
  const seconds = text === null || text.trim() === "" ? Number.NaN : Number(text);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1_000 : null;
}

async function packedLines(text: string): Promise<RequestInit> {
  const headers = { "content-type": "application/x-ndjson", "content-encoding": "gzip" };
  return { method: "POST", body: await gzip(text), headers };
}

async function gzip(text: string): Promise<Blob> {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"));
  return await new Response(stream).blob();
}
