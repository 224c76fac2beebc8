import type { SignedEntry } from "@holdfast/protocol/entry";
import { type FeedReply, feedReplySchema, type Manifest, manifestSchema } from "@holdfast/protocol/feed";
import { type HaveReply, haveReplySchema, type LogReply, logReplySchema } from "@holdfast/protocol/log";
import type { z } from "zod";
import type { PullQuestion } from "../ports.ts";

/** What is asked of the server, and what its answer must look like. */
export type Question<T> = {
  readonly path: string;
  /** The body of a POST, made when it is sent; a question without one is a GET. */
  readonly body: (() => string) | null;
  readonly schema: z.ZodType<T>;
};

export function pushQuestion(entries: readonly SignedEntry[]): Question<LogReply> {
  const body = (): string => entries.map((entry) => JSON.stringify(entry)).join("\n");
  return { path: "/v1/log", body, schema: logReplySchema };
}

export function rescueQuestion(text: string): Question<LogReply> {
  return { path: "/v1/log/rescue", body: () => text, schema: logReplySchema };
}

export function haveQuestion(hashes: readonly string[]): Question<HaveReply> {
  return { path: "/v1/log/have", body: () => JSON.stringify({ hashes }), schema: haveReplySchema };
}

export function pullQuestion({ channels, check }: PullQuestion): Question<FeedReply> {
  const query = new URLSearchParams(
    channels.map(({ channel, cursor }): [string, string] => ["c", `${channel}@${cursor ?? "0"}`]),
  );
  if (check) query.set("check", "1");
  return { path: `/v1/feed?${query}`, body: null, schema: feedReplySchema };
}

export function manifestQuestion(channel: string): Question<Manifest> {
  return { path: `/v1/snapshot/${encodeURIComponent(channel)}`, body: null, schema: manifestSchema };
}

export function chunkPath(sha256: string): string {
  return `/v1/chunk/${sha256}`;
}
