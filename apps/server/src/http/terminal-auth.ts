import type { BranchId, MerchantId, TerminalId } from "@holdfast/domain/party/merchant";
import type { MiddlewareHandler } from "hono";
import { sql } from "kysely";
import { parseToken, sameHash, secretHash } from "../party/terminal-token.ts";
import { ApiError } from "./api-error.ts";
import type { ServerContext } from "./server-context.ts";

export type TerminalIdentity = {
  readonly merchant: MerchantId;
  readonly terminal: TerminalId;
  readonly branch: BranchId;
  /** A revoked terminal may still bring its records, and nothing else. */
  readonly revoked: boolean;
};

export type TerminalEnv = { Variables: { terminal: TerminalIdentity } };

type Known = { readonly identity: TerminalIdentity; readonly readAt: number };

/** How long a terminal's row is believed without another look: a revocation takes effect within it. */
const BELIEVED_MS = 2_000;
const KNOWN_MAX = 50_000;

/** Lets in a terminal with its bearer token. */
export function terminalAuth(context: ServerContext): MiddlewareHandler<TerminalEnv> {
  const known = new Map<string, Known>();
  return async (c, next) => {
    const text = /^Bearer (\S+)$/.exec(c.req.header("authorization") ?? "")?.[1] ?? "";
    const recent = known.get(text);
    if (recent !== undefined && context.now() - recent.readAt < BELIEVED_MS) {
      c.set("terminal", recent.identity);
      return await next();
    }
    const identity = await identify(context, text);
    if (identity === null) {
      throw new ApiError(
        "unauthorized",
        "This terminal is not known here. Its records are safe on it; enrol it again.",
      );
    }
    if (known.size >= KNOWN_MAX) known.clear();
    known.set(text, { identity, readAt: context.now() });
    c.set("terminal", identity);
    return await next();
  };
}

async function identify({ db }: ServerContext, text: string): Promise<TerminalIdentity | null> {
  const token = parseToken(text);
  if (token === null) return null;
  const { merchant, terminal, secret } = token;
  const { rows } = await sql<{ token_hash: Buffer | null; branch: BranchId; revoked: boolean }>`
    SELECT token_hash, branch, revoked_at IS NOT NULL AS revoked FROM terminal
    WHERE merchant = ${merchant} AND terminal = ${terminal}`.execute(db);
  const row = rows[0];
  if (row === undefined || row.token_hash === null || !sameHash(row.token_hash, secretHash(secret))) return null;
  return { merchant, terminal, branch: row.branch, revoked: row.revoked };
}
