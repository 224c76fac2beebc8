import { BUILD_HEADER } from "@holdfast/protocol/version";
import type { Context } from "hono";
import { sql } from "kysely";
import type { ServerContext } from "../http/server-context.ts";
import type { TerminalEnv } from "../http/terminal-auth.ts";

/** A terminal's own clock in milliseconds since 1970, sent with each request so that its skew is known. */
const CLOCK_HEADER = "Holdfast-Clock";
const NOTE_EVERY_MS = 5_000;
const lastNoted = new Map<string, number>();

/** Remembers that a terminal was heard of. Nothing waits for it, and it is written seldom: it is a hint for people. */
export function noteContact(context: ServerContext, c: Context<TerminalEnv>): void {
  const { merchant, terminal } = c.get("terminal");
  const now = context.now();
  const key = `${merchant} ${terminal}`;
  if (now - (lastNoted.get(key) ?? 0) < NOTE_EVERY_MS) return;
  lastNoted.set(key, now);
  const clock = Number(c.req.header(CLOCK_HEADER));
  const skewMs = Number.isSafeInteger(clock) && clock > 0 ? clock - now : null;
  const build = (c.req.header(BUILD_HEADER) ?? "").slice(0, 100);
  const at = new Date(now).toISOString();
  sql`
    UPDATE terminal SET last_seen_at = ${at}::timestamptz, clock_skew_ms = coalesce(${skewMs}::bigint, clock_skew_ms),
      build = CASE WHEN ${build} = '' THEN build ELSE ${build} END
    WHERE merchant = ${merchant} AND terminal = ${terminal}`
    .execute(context.db)
    .catch((error: unknown) => context.log.warn({ err: error }, "a terminal's contact could not be noted"));
}
