import { z } from "zod";
import { tipSchema } from "./entry.ts";
import { codeSchema, hashSchema } from "./primitives.ts";

/** `GET /v1/feed`: what changed in each channel since the replica's cursor, each document once, at its latest revision. */
export const feedDocumentSchema = z.object({
  kind: codeSchema,
  id: codeSchema,
  rev: z.int().min(1),
  deleted: z.literal(true).exactOptional(),
  body: z.unknown(),
});
export type FeedDocument = z.infer<typeof feedDocumentSchema>;

export const feedPageSchema = z.object({
  from: z.int().min(0),
  to: z.int().min(0),
  head: z.int().min(0),
  docs: z.array(feedDocumentSchema),
  /** Only at `to = head`: how far this terminal's streams are contained in the documents. */
  acks: z.record(z.string(), tipSchema).exactOptional(),
  /** Only at `to = head`: the live documents of the channel as a count and the sum of their revisions. */
  check: z.object({ count: z.int().min(0), revSum: z.string() }).exactOptional(),
});
export type FeedPage = z.infer<typeof feedPageSchema>;

export const resetReasons = ["origin", "too_old", "huge", "unsubscribed", "ahead"] as const;
export type ResetReason = (typeof resetReasons)[number];

export const feedReplySchema = z.object({
  origin: codeSchema,
  now: z.int(),
  channels: z.record(z.string(), feedPageSchema),
  /** Channels whose copy has to start anew, each with the reason; the others were served. */
  reset: z.record(z.string(), z.enum(resetReasons)),
  /** Every channel this terminal may read now; it drops those that are gone. */
  subscribed: z.array(codeSchema),
  end: z.literal(true),
});
export type FeedReply = z.infer<typeof feedReplySchema>;

/** One event of `GET /v1/live`. `docs` null means: too large to carry, pull. */
export const liveFeedSchema = z.object({
  origin: codeSchema,
  channel: codeSchema,
  from: z.int().min(0),
  to: z.int().min(0),
  docs: z.array(feedDocumentSchema).nullable(),
  acks: z.record(z.string(), tipSchema).exactOptional(),
});
export type LiveFeed = z.infer<typeof liveFeedSchema>;

/** First event of a line: what the events after it continue from, and how long to wait before asking for more. */
export const liveHelloSchema = z.object({
  origin: codeSchema,
  now: z.int(),
  spreadMs: z.int().min(0),
  heads: z.record(z.string(), z.int().min(0)),
});
export type LiveHello = z.infer<typeof liveHelloSchema>;

/** `GET /v1/snapshot/:channel`: the immutable chunks that together are the channel at `rev`. */
export const manifestSchema = z.object({
  origin: codeSchema,
  channel: codeSchema,
  rev: z.int().min(0),
  /** How its chunks are written; whoever cannot read that reads the channel page by page. */
  format: z.int(),
  count: z.int().min(0),
  /** How far streams are contained in it: base and settled come together here too. */
  acks: z.record(z.string(), tipSchema),
  chunks: z.array(z.object({ sha256: hashSchema, bytes: z.int().min(0), count: z.int().min(0) })),
  end: z.literal(true),
});
export type Manifest = z.infer<typeof manifestSchema>;
