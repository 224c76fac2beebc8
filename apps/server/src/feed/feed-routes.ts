import { type Cursor, parseCursor } from "@holdfast/protocol/channel";
import type { FeedReply, LiveHello, ResetReason } from "@holdfast/protocol/feed";
import { feedBehindMax, feedPageDefault, feedPageMax } from "@holdfast/protocol/limits";
import { hashSchema } from "@holdfast/protocol/primitives";
import { PROTOCOL_HEADER, PROTOCOL_OLDEST_READER } from "@holdfast/protocol/version";
import { type Context, Hono } from "hono";
import { streamSSE } from "hono/streaming";
import { inSnapshot, type Tx } from "../db/database.ts";
import { ApiError } from "../http/api-error.ts";
import { isoNow, type ServerContext } from "../http/server-context.ts";
import type { TerminalEnv, TerminalIdentity } from "../http/terminal-auth.ts";
import { channelsOf } from "../party/channels.ts";
import { noteContact } from "../party/terminal-contact.ts";
import { channelCheck, channelHeads, type Head, readPage, streamTips } from "./read.ts";
import { currentSnapshot, readChunk } from "./snapshot.ts";

const PING_MS = 15_000;
const CHANNELS_MAX = 50;

/** Down: what changed since a cursor, and word of news as it happens. */
export function feedRoutes(context: ServerContext): Hono<TerminalEnv> {
  const routes = new Hono<TerminalEnv>();

  routes.get("/feed", async (c) => {
    const identity = readerOf(c);
    noteContact(context, c);
    const asked = parseAsked(c.req.queries("c") ?? []);
    const limit = Math.min(
      feedPageMax,
      Math.max(1, Number(c.req.query("limit") ?? feedPageDefault) || feedPageDefault),
    );
    const origin = await context.originOf(identity.merchant);
    const subscribed = await channelsOf(context.db, identity);
    const check = c.req.query("check") === "1";
    const read = await inSnapshot(context.db, (tx) =>
      readChannels(tx, identity, { asked, subscribed, origin, limit, check }),
    );
    c.header("cache-control", "no-store");
    return c.json({ origin, now: context.now(), ...read, subscribed, end: true } satisfies FeedReply);
  });

  routes.get("/snapshot/:channel", async (c) => {
    const identity = readerOf(c);
    const { merchant } = identity;
    const channel = c.req.param("channel");
    const allowed = await channelsOf(context.db, identity);
    const scope = { db: context.db, merchant, channel, origin: await context.originOf(merchant), at: isoNow(context) };
    const manifest = allowed.includes(channel) ? await currentSnapshot(scope) : null;
    if (manifest === null) throw new ApiError("not_found", "There is no snapshot of this channel: read it by pages.");
    const etag = `"${manifest.origin}.${manifest.rev}.${manifest.format}"`;
    c.header("etag", etag);
    c.header("cache-control", "private, no-cache");
    return c.req.header("if-none-match") === etag ? c.body(null, 304) : c.json(manifest);
  });

  routes.get("/chunk/:sha256", async (c) => {
    const { merchant } = readerOf(c);
    const sha256 = hashSchema.safeParse(c.req.param("sha256"));
    const bytes = sha256.success ? await readChunk(context.db, merchant, sha256.data) : null;
    if (bytes === null) throw new ApiError("not_found", "This chunk is not here any more: ask for the snapshot again.");
    // Its name is the hash of what it is: it can never be anything else.
    c.header("cache-control", "private, max-age=31536000, immutable");
    return c.body(new Uint8Array(bytes), 200, { "content-type": "application/gzip" });
  });

  routes.get("/live", async (c) => {
    const identity = readerOf(c);
    const allowed = new Set(await channelsOf(context.db, identity));
    const channels = (c.req.queries("c") ?? []).filter((channel) => allowed.has(channel));
    const origin = await context.originOf(identity.merchant);
    c.header("x-accel-buffering", "no");
    return streamSSE(c, async (stream) => {
      const { heads, leave } = await context.live.subscribe(
        identity.merchant,
        channels,
        (data) => void stream.writeSSE({ event: "feed", data }),
      );
      const hello: LiveHello = { origin, now: context.now(), spreadMs: 0, heads: { ...heads } };
      await stream.writeSSE({ event: "hello", data: JSON.stringify(hello) });
      const ping = setInterval(() => void stream.writeSSE({ event: "ping", data: String(context.now()) }), PING_MS);
      await new Promise<void>((hungUp) => stream.onAbort(hungUp));
      clearInterval(ping);
      leave();
    });
  });

  return routes;
}

function readerOf(c: Context<TerminalEnv>): TerminalIdentity {
  const identity = c.get("terminal");
  const version = c.req.header(PROTOCOL_HEADER);
  if (version !== undefined && !(Number(version) >= PROTOCOL_OLDEST_READER)) {
    throw new ApiError(
      "update_needed",
      "This app is too old to read from this server: it updates by itself when idle.",
    );
  }
  if (identity.revoked)
    throw new ApiError(
      "forbidden",
      "This terminal was revoked: it may bring its records but read nothing. Enrol it again.",
    );
  if (identity.wipeAsked)
    throw new ApiError("forbidden", "This terminal is to be wiped: it may bring its records but read nothing.");
  return identity;
}

type Asked = { readonly channel: string; readonly cursor: Cursor | null };

function parseAsked(values: readonly string[]): Asked[] {
  if (values.length === 0)
    throw new ApiError("bad_request", "Name at least one channel: ?c=<channel>@<cursor>.", { field: "c" });
  if (values.length > CHANNELS_MAX)
    throw new ApiError("bad_request", `Ask for at most ${CHANNELS_MAX} channels at once.`, { field: "c" });
  return values.map((value) => {
    const at = value.lastIndexOf("@");
    const channel = at < 0 ? value : value.slice(0, at);
    const text = at < 0 ? "" : value.slice(at + 1);
    const cursor = text === "" || text === "0" ? null : parseCursor(text);
    if (cursor === null && text !== "" && text !== "0") {
      throw new ApiError("bad_request", `"${value}" is not <channel>@<origin>.<rev>.`, { field: "c" });
    }
    return { channel, cursor };
  });
}

type Scope = {
  readonly asked: readonly Asked[];
  readonly subscribed: readonly string[];
  readonly origin: string;
  readonly limit: number;
  readonly check: boolean;
};

async function readChannels(
  tx: Tx,
  { merchant, terminal }: TerminalIdentity,
  { asked, subscribed, origin, limit, check }: Scope,
): Promise<Pick<FeedReply, "channels" | "reset">> {
  const channels: FeedReply["channels"] = {};
  const reset: FeedReply["reset"] = {};
  const heads = await channelHeads(
    tx,
    merchant,
    asked.map(({ channel }) => channel),
  );
  for (const { channel, cursor } of asked) {
    const head = heads.get(channel) ?? { channel, rev: 0, prunedRev: 0 };
    const reason = subscribed.includes(channel) ? resetReason(cursor, head, origin) : "unsubscribed";
    if (reason !== null) {
      reset[channel] = reason;
      continue;
    }
    const page = await readPage(tx, merchant, { channel, from: cursor?.rev ?? 0, head: head.rev, limit });
    channels[channel] = page;
    if (page.to < head.rev) continue;
    // Acknowledgements travel only where the copy is complete: base and settled then move together.
    channels[channel] = { ...page, acks: await streamTips(tx, merchant, terminal) };
    if (check) channels[channel].check = await channelCheck(tx, merchant, channel);
  }
  return { channels, reset };
}

function resetReason(cursor: Cursor | null, head: Head, origin: string): ResetReason | null {
  if (cursor === null) return null;
  if (cursor.origin !== origin) return "origin";
  if (cursor.rev > head.rev) return "ahead";
  if (cursor.rev > 0 && cursor.rev < head.prunedRev) return "too_old";
  return head.rev - cursor.rev > feedBehindMax ? "huge" : null;
}
