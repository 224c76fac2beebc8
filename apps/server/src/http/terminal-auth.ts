import type { BranchId, MerchantId, TerminalId } from "@holdfast/domain/party/merchant";
import { WIPE_HEADER } from "@holdfast/protocol/contact";
import type { Context, MiddlewareHandler, Next } from "hono";
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
  /** It is to bring its records and then destroy its copies. */
  readonly wipeAsked: boolean;
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
      return await letIn(recent.identity, c, next);
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
    return await letIn(identity, c, next);
  };
}

async function letIn(identity: TerminalIdentity, c: Context<TerminalEnv>, next: Next): Promise<void> {
  c.set("terminal", identity);
  // Before the answer is made, so that a refusal says it as well.
  if (identity.wipeAsked) c.header(WIPE_HEADER, "1");
  await next();
}

type Row = Pick<TerminalIdentity, "branch" | "revoked" | "wipeAsked"> & { readonly token_hash: Buffer | null };

async function identify({ db }: ServerContext, text: string): Promise<TerminalIdentity | null> {
  const token = parseToken(text);
  if (token === null) return null;
  const { merchant, terminal, secret } = token;
  const { rows } = await sql<Row>`
    SELECT token_hash, branch, revoked_at IS NOT NULL AS revoked, wipe_asked_at IS NOT NULL AS "wipeAsked" FROM terminal
    WHERE merchant = ${merchant} AND terminal = ${terminal}`.execute(db);
  const row = rows[0];
  if (row === undefined || row.token_hash === null || !sameHash(row.token_hash, secretHash(secret))) return null;
  return { merchant, terminal, branch: row.branch, revoked: row.revoked, wipeAsked: row.wipeAsked };
}
