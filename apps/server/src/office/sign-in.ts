import type { MerchantId } from "@holdfast/domain/party/merchant";
import type { StaffId } from "@holdfast/domain/staff/staff";
import { officeRoles, type SignInRequest } from "@holdfast/protocol/office/session";
import { hash, verify } from "@node-rs/argon2";
import { sql } from "kysely";
import type { Db } from "../db/database.ts";
import { ApiError } from "../http/api-error.ts";
import type { ServerContext } from "../http/server-context.ts";
import type { SignInGuard } from "./sign-in-guard.ts";

export type SignedIn = { readonly merchant: MerchantId; readonly staff: StaffId };

/** Password checks at one time: each takes tens of milliseconds and megabytes, so a flood of them must not take all. */
const CHECKS_MAX = 8;
let checks = 0;

/**
 * Checks a password. Wrong shop, unknown mail, wrong password and a role that may not sign in get the same answer after the
 * same work.
 */
export async function signIn(
  { db }: Pick<ServerContext, "db">,
  guard: SignInGuard,
  request: SignInRequest,
): Promise<SignedIn> {
  const account = `${request.slug.toLowerCase()} ${request.email.trim().toLowerCase()}`;
  refuseWhileWaiting(guard.waitMs(account));
  if (checks >= CHECKS_MAX) refuseWhileWaiting(1_000);
  checks += 1;
  try {
    const found = await accountOf(db, request);
    const matches = await verify(found?.password_hash ?? (await decoyHash()), request.password);
    if (found === null || !matches) {
      guard.failed(account);
      throw new ApiError("unauthorized", "Shop, e-mail or password is wrong.");
    }
    guard.succeeded(account);
    return { merchant: found.merchant, staff: found.staff };
  } finally {
    checks -= 1;
  }
}

function refuseWhileWaiting(waitMs: number): void {
  if (waitMs === 0) return;
  const seconds = Math.ceil(waitMs / 1000);
  throw new ApiError("too_many_requests", `Too many wrong tries: wait ${seconds} s, then try again.`, {
    retryAfterSeconds: seconds,
  });
}

type Account = { readonly merchant: MerchantId; readonly staff: StaffId; readonly password_hash: string };

async function accountOf(db: Db, { slug, email }: SignInRequest): Promise<Account | null> {
  const { rows } = await sql<Account>`
    SELECT m.merchant, s.staff, s.password_hash
    FROM merchant m JOIN staff s USING (merchant)
    WHERE m.slug = ${slug.trim().toLowerCase()} AND lower(s.email) = ${email.trim().toLowerCase()}
      AND s.password_hash IS NOT NULL AND s.deactivated_at IS NULL AND s.role = ANY (${[...officeRoles]}::text[])`.execute(
    db,
  );
  return rows[0] ?? null;
}

let decoy: Promise<string> | null = null;

/** A hash that no password is known for, so that a missing account takes as long as a wrong password. */
async function decoyHash(): Promise<string> {
  decoy ??= hash("no account has this password");
  return await decoy;
}
