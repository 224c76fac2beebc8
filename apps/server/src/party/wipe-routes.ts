import { Hono } from "hono";
import { sql } from "kysely";
import { ApiError } from "../http/api-error.ts";
import { isoNow, type ServerContext } from "../http/server-context.ts";
import type { TerminalEnv } from "../http/terminal-auth.ts";

/** A terminal's last word: it destroyed what it had. Nobody comes in with its token any more. */
export function wipeRoutes(context: ServerContext): Hono<TerminalEnv> {
  const routes = new Hono<TerminalEnv>();
  routes.post("/wiped", async (c) => {
    const { merchant, terminal, wipeAsked } = c.get("terminal");
    if (!wipeAsked) throw new ApiError("conflict", "Nobody asked this terminal to destroy anything.");
    const at = isoNow(context);
    await sql`
      UPDATE terminal SET wiped_at = ${at}::timestamptz, token_hash = NULL, unsent = 0, oldest_unsent_at = NULL,
        revoked_at = coalesce(revoked_at, ${at}::timestamptz)
      WHERE merchant = ${merchant} AND terminal = ${terminal} AND wipe_asked_at IS NOT NULL`.execute(context.db);
    return c.body(null, 204);
  });
  return routes;
}
