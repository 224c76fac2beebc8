import type { MerchantId, TerminalId } from "@holdfast/domain/party/merchant";
import type { CreateTerminalRequest, OfficeTerminal } from "@holdfast/protocol/office/terminals";
import { sql } from "kysely";
import type { Tx } from "../db/database.ts";

type Moments =
  | "enrolledAt"
  | "revokedAt"
  | "wipeAskedAt"
  | "wipedAt"
  | "lastSeenAt"
  | "oldestUnsentAt"
  | "codeExpiresAt";
type Stored = Omit<OfficeTerminal, Moments | "missing"> & { readonly [moment in Moments]: Date | null };

/** Every terminal of the shop, by name. */
export async function officeTerminals(
  tx: Tx,
  merchant: MerchantId,
  { now }: { readonly now: string },
): Promise<Omit<OfficeTerminal, "missing">[]> {
  const { rows } = await sql<Stored>`
    SELECT t.terminal, t.name, t.branch, t.series, t.enrolled_at AS "enrolledAt", t.revoked_at AS "revokedAt",
           t.wipe_asked_at AS "wipeAskedAt",
           t.wiped_at AS "wipedAt", t.last_seen_at AS "lastSeenAt", t.build, t.clock_skew_ms AS "clockSkewMs", t.persisted,
           t.unsent, t.oldest_unsent_at AS "oldestUnsentAt",
           (SELECT count(*) FROM log_stream f WHERE f.merchant = t.merchant AND f.terminal = t.terminal AND f.forked)
           + (SELECT count(*) - count(DISTINCT f.after_hash) FROM log_stream f
              WHERE f.merchant = t.merchant AND f.terminal = t.terminal AND f.after_hash IS NOT NULL) AS forks,
           (SELECT coalesce(sum(l.tip_seq + 1), 0)::bigint FROM log_stream l
            WHERE l.merchant = t.merchant AND l.terminal = t.terminal) AS held,
           (SELECT max(c.expires_at) FROM enrolment_code c WHERE c.merchant = t.merchant AND c.terminal = t.terminal
              AND c.used_at IS NULL AND c.expires_at > ${now}::timestamptz) AS "codeExpiresAt"
    FROM terminal t WHERE t.merchant = ${merchant}
    ORDER BY t.name, t.terminal`.execute(tx);
  return rows.map(
    ({ enrolledAt, revokedAt, wipeAskedAt, wipedAt, lastSeenAt, oldestUnsentAt, codeExpiresAt, ...row }) => ({
      ...row,
      enrolledAt: enrolledAt?.toISOString() ?? null,
      revokedAt: revokedAt?.toISOString() ?? null,
      wipeAskedAt: wipeAskedAt?.toISOString() ?? null,
      wipedAt: wipedAt?.toISOString() ?? null,
      lastSeenAt: lastSeenAt?.toISOString() ?? null,
      oldestUnsentAt: oldestUnsentAt?.toISOString() ?? null,
      codeExpiresAt: codeExpiresAt?.toISOString() ?? null,
    }),
  );
}

export async function hasBranch(
  tx: Tx,
  merchant: MerchantId,
  branch: CreateTerminalRequest["branch"],
): Promise<boolean> {
  const { rows } = await sql`SELECT 1 FROM branch WHERE merchant = ${merchant} AND branch = ${branch}`.execute(tx);
  return rows.length > 0;
}

/** Held until the end of the transaction; null where there is no such terminal. */
export async function lockedTerminal(
  tx: Tx,
  merchant: MerchantId,
  terminal: TerminalId,
): Promise<{ readonly revoked: boolean } | null> {
  const { rows } = await sql<{ revoked: boolean }>`
    SELECT revoked_at IS NOT NULL AS revoked FROM terminal
    WHERE merchant = ${merchant} AND terminal = ${terminal} FOR UPDATE`.execute(tx);
  return rows[0] ?? null;
}

/** From now on it may bring its records and read nothing; a code that waits to be typed is void. */
export async function revokeTerminal(
  tx: Tx,
  { merchant, terminal, at }: { readonly merchant: MerchantId; readonly terminal: TerminalId; readonly at: string },
): Promise<void> {
  await sql`
    UPDATE terminal SET revoked_at = coalesce(revoked_at, ${at}::timestamptz)
    WHERE merchant = ${merchant} AND terminal = ${terminal}`.execute(tx);
  await voidCodes(tx, { merchant, terminal });
}

/** On its next contact it is to bring what it holds and then destroy its copies; a code that waits to be typed is void. */
export async function askToWipe(
  tx: Tx,
  { merchant, terminal, at }: { readonly merchant: MerchantId; readonly terminal: TerminalId; readonly at: string },
): Promise<void> {
  await sql`
    UPDATE terminal SET wipe_asked_at = coalesce(wipe_asked_at, ${at}::timestamptz)
    WHERE merchant = ${merchant} AND terminal = ${terminal} AND enrolled_at IS NOT NULL`.execute(tx);
  await voidCodes(tx, { merchant, terminal });
}

async function voidCodes(
  tx: Tx,
  { merchant, terminal }: { readonly merchant: MerchantId; readonly terminal: TerminalId },
): Promise<void> {
  await sql`
    DELETE FROM enrolment_code WHERE merchant = ${merchant} AND terminal = ${terminal} AND used_at IS NULL`.execute(tx);
}
