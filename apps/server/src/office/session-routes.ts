import { present } from "@holdfast/domain/kernel/assert";
import { officeSessionHours } from "@holdfast/protocol/office/limits";
import { meSchema, OFFICE_COOKIE, signInRequestSchema } from "@holdfast/protocol/office/session";
import { createRoute, type OpenAPIHono } from "@hono/zod-openapi";
import type { Context } from "hono";
import { deleteCookie, setCookie } from "hono/cookie";
import { type OfficeEnv, officeAuth } from "../http/office-auth.ts";
import { json, jsonBody, officeRoutes, REFUSALS } from "../http/office-route.ts";
import type { ServerContext } from "../http/server-context.ts";
import { meOf } from "./me.ts";
import { sessionHash, sessionTokenToText } from "./session-token.ts";
import { closeSession, openSession, sessionIdentity } from "./sessions.ts";
import { signIn } from "./sign-in.ts";
import { SignInGuard } from "./sign-in-guard.ts";

const SECRET_BYTES = 32;

const signInRoute = createRoute({
  method: "post",
  path: "/session",
  tags: ["session"],
  summary: "Sign in",
  security: [],
  request: { body: jsonBody(signInRequestSchema) },
  responses: { ...REFUSALS, 201: json(meSchema, "Signed in; the session is in a cookie that no script can read.") },
});

const meRoute = createRoute({
  method: "get",
  path: "/session",
  tags: ["session"],
  summary: "Who is signed in, and where",
  responses: { ...REFUSALS, 200: json(meSchema, "The person, their rights, and the shop.") },
});

const signOutRoute = createRoute({
  method: "delete",
  path: "/session",
  tags: ["session"],
  summary: "Sign out",
  responses: { ...REFUSALS, 204: { description: "The session has ended." } },
});

/** Signing in needs no session; asking who one is and leaving do. */
export function sessionRoutes(context: ServerContext): OpenAPIHono<OfficeEnv> {
  const routes = officeRoutes();
  const guard = new SignInGuard(context.now);

  routes.openapi(signInRoute, async (c) => {
    const { merchant, staff } = await signIn(context, guard, c.req.valid("json"));
    const secret = Buffer.from(context.randomBytes(SECRET_BYTES)).toString("base64url");
    const key = { merchant, tokenHash: sessionHash({ secret }) };
    await openSession(context.db, key, { staff, now: context.now() });
    setCookie(c, OFFICE_COOKIE, sessionTokenToText({ merchant, secret }), cookieOptions(c));
    const identity = present(await sessionIdentity(context.db, key, context.now()), "the session was opened just now");
    return c.json(await meOf(context.db, identity), 201);
  });

  routes.use("/session", officeAuth(context));
  routes.openapi(meRoute, async (c) => c.json(await meOf(context.db, c.get("office")), 200));
  routes.openapi(signOutRoute, async (c) => {
    await closeSession(context.db, c.get("office"));
    deleteCookie(c, OFFICE_COOKIE, cookieOptions(c));
    return c.body(null, 204);
  });
  return routes;
}

/** Host-only, unreadable for scripts, never sent along from another site; over TLS wherever there is TLS. */
function cookieOptions(c: Context): Parameters<typeof setCookie>[3] {
  const isSecure = new URL(c.req.url).protocol === "https:" || c.req.header("x-forwarded-proto") === "https";
  return { path: "/", httpOnly: true, sameSite: "Strict", secure: isSecure, maxAge: officeSessionHours * 3600 };
}
