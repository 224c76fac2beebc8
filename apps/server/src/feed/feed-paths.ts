import { errorSchema } from "@holdfast/protocol/error";
import { feedReplySchema, manifestSchema } from "@holdfast/protocol/feed";
import { feedPageMax } from "@holdfast/protocol/limits";
import { codeSchema, hashSchema } from "@holdfast/protocol/primitives";
import type { RouteConfig } from "@hono/zod-openapi";
import { z } from "zod";
import { json } from "../http/office-route.ts";
import { TERMINAL_REFUSALS, TERMINAL_SECURITY } from "../http/terminal-refusals.ts";

const channels = z.union([z.string(), z.array(z.string())]);
const revoked = json(errorSchema, "The terminal was revoked: it may bring its records and read nothing.");
const tooOld = json(errorSchema, "The app speaks a version that cannot read this server any more: it has to update.");

/** `feedRoutes` in the document of the interface. */
export const FEED_PATHS: readonly RouteConfig[] = [
  {
    method: "get",
    path: "/v1/feed",
    tags: ["terminals"],
    summary: "What changed in each channel since a cursor: `?c=<channel>@<origin>.<rev>`, repeated",
    security: TERMINAL_SECURITY,
    request: { query: z.object({ c: channels, limit: z.int().min(1).max(feedPageMax).optional() }) },
    responses: {
      ...TERMINAL_REFUSALS,
      200: json(feedReplySchema, "A page of each channel."),
      403: revoked,
      426: tooOld,
    },
  },
  {
    method: "get",
    path: "/v1/live",
    tags: ["terminals"],
    summary: "Word of news as it happens: server-sent events `hello`, `feed`, `ping`",
    security: TERMINAL_SECURITY,
    request: { query: z.object({ c: channels }) },
    responses: {
      ...TERMINAL_REFUSALS,
      200: { description: "A stream that stays open.", content: { "text/event-stream": { schema: z.string() } } },
      403: revoked,
      426: tooOld,
    },
  },
  {
    method: "get",
    path: "/v1/snapshot/{channel}",
    tags: ["terminals"],
    summary: "The chunks that together are a channel at one moment",
    security: TERMINAL_SECURITY,
    request: { params: z.object({ channel: codeSchema }) },
    responses: {
      ...TERMINAL_REFUSALS,
      200: json(manifestSchema, "The chunks by their hashes."),
      403: revoked,
      426: tooOld,
      404: json(errorSchema, "There is no snapshot of this channel: read it by pages."),
    },
  },
  {
    method: "get",
    path: "/v1/chunk/{sha256}",
    tags: ["terminals"],
    summary: "One chunk, which never changes",
    security: TERMINAL_SECURITY,
    request: { params: z.object({ sha256: hashSchema }) },
    responses: {
      ...TERMINAL_REFUSALS,
      200: { description: "Its documents, gzip.", content: { "application/gzip": { schema: z.string() } } },
      403: revoked,
      426: tooOld,
      404: json(errorSchema, "It is not here any more: ask for the snapshot again."),
    },
  },
];
