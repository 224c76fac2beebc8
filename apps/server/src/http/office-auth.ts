import { OFFICE_COOKIE, OFFICE_HEADER, OFFICE_RIGHTS, type OfficeRight } from "@holdfast/protocol/office/session";
import type { Context, MiddlewareHandler } from "hono";
import { getCookie } from "hono/cookie";
import { parseSessionToken, sessionHash } from "../office/session-token.ts";
import { type OfficeIdentity, sessionIdentity } from "../office/sessions.ts";
import { ApiError } from "./api-error.ts";
import type { ServerContext } from "./server-context.ts";
import { localPort } from "./site.ts";

export type OfficeEnv = { Variables: { office: OfficeIdentity } };

const SAFE_METHODS = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Lets no other site change anything in a signed-in person's name: such a request comes from our own origin and carries a
 * header that a form cannot send.
 */
export function sameOriginOnly(): MiddlewareHandler {
  return async (c, next) => {
    if (!SAFE_METHODS.has(c.req.method) && !isFromHere(c)) {
      throw new ApiError(
        "forbidden",
        `Changes are taken from the back office itself, with the header ${OFFICE_HEADER}: 1.`,
      );
    }
    await next();
  };
}

/**
 * A cookie belongs to a host whatever the port, so it also comes in where terminals are served: there it opens nothing, lest a
 * fault of the terminal's app become one of the back office.
 */
export function ownPortOnly(ports: () => readonly number[]): MiddlewareHandler {
  return async (c, next) => {
    const [office, ...terminals] = ports();
    if (terminals.includes(localPort(c))) {
      throw new ApiError("not_found", `The back office is served at port ${office}.`);
    }
    await next();
  };
}

function isFromHere(c: Context): boolean {
  const origin = c.req.header("origin") ?? "";
  if (c.req.header(OFFICE_HEADER) !== "1" || !URL.canParse(origin)) return false;
  return new URL(origin).host === new URL(c.req.url).host;
}

/** Lets in a person with a session. */
export function officeAuth({ db, now }: ServerContext): MiddlewareHandler<OfficeEnv> {
  return async (c, next) => {
    const token = parseSessionToken(getCookie(c, OFFICE_COOKIE) ?? "");
    const key = token === null ? null : { merchant: token.merchant, tokenHash: sessionHash(token) };
    const identity = key === null ? null : await sessionIdentity(db, key, now());
    if (identity === null) throw new ApiError("unauthorized", "Sign in to the back office first.");
    c.set("office", identity);
    await next();
  };
}

/** Lets through those whose role has the right. */
export function requireRight(right: OfficeRight): MiddlewareHandler<OfficeEnv> {
  return async (c, next) => {
    if (!mayDo(c.get("office"), right)) {
      throw new ApiError("forbidden", "Your role does not include this. Ask an owner of the shop.");
    }
    await next();
  };
}

export function mayDo({ role }: OfficeIdentity, right: OfficeRight): boolean {
  return OFFICE_RIGHTS[role].includes(right);
}
