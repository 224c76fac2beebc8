import { CLOCK_HEADER, parseStorage, parseUnsent, STORAGE_HEADER, UNSENT_HEADER } from "@holdfast/protocol/contact";
import { BUILD_HEADER } from "@holdfast/protocol/version";
import type { Context } from "hono";
import { sql } from "kysely";
import type { ServerContext } from "../http/server-context.ts";
import type { TerminalEnv } from "../http/terminal-auth.ts";

const NOTE_EVERY_MS = 5_000;
type Noted = { readonly atMs: number; readonly unsent: number | null; readonly persisted: boolean | null };
const lastNoted = new Map<string, Noted>();

/** Remembers that a terminal was heard of. Nothing waits for it, and it is written seldom: it is a hint for people. */
export function noteContact(context: ServerContext, c: Context<TerminalEnv>): void {
  const { merchant, terminal } = c.get("terminal");
  const now = context.now();
  const key = `${merchant} ${terminal}`;
  const unsent = parseUnsent(c.req.header(UNSENT_HEADER) ?? "");
  const count = unsent?.count ?? null;
  const before = lastNoted.get(key);
  const persisted = parseStorage(c.req.header(STORAGE_HEADER) ?? "");
  // That everything was sent is told at once: until then the shop would fear for records that are here.
  const isRelief = count === 0 && before?.unsent !== 0;
  const isSame = before !== undefined && before.persisted === persisted && !isRelief;
  if (isSame && now - before.atMs < NOTE_EVERY_MS) return;
  lastNoted.set(key, { atMs: now, unsent: count, persisted });
  const clock = Number(c.req.header(CLOCK_HEADER));
  const skewMs = Number.isSafeInteger(clock) && clock > 0 ? clock - now : null;
  const build = (c.req.header(BUILD_HEADER) ?? "").slice(0, 100);
  const at = new Date(now).toISOString();
  sql`
    UPDATE terminal SET last_seen_at = ${at}::timestamptz, clock_skew_ms = coalesce(${skewMs}::bigint, clock_skew_ms),
      build = CASE WHEN ${build} = '' THEN build ELSE ${build} END,
      persisted = coalesce(${persisted}::boolean, persisted),
      unsent = ${count}::integer, oldest_unsent_at = ${unsent?.oldestAt ?? null}::timestamptz
    WHERE merchant = ${merchant} AND terminal = ${terminal}`
    .execute(context.db)
    .catch((error: unknown) => context.log.warn({ err: error }, "a terminal's contact could not be noted"));
}
