import type { Uuid } from "@holdfast/domain/kernel/id";
import type { BranchId, MerchantId, TerminalId } from "@holdfast/domain/party/merchant";
import { branchChannel, MERCHANT_CHANNEL } from "@holdfast/protocol/channel";
import type { EnrolReply, EnrolRequest } from "@holdfast/protocol/enrol";
import { enrolmentMinutesMax } from "@holdfast/protocol/limits";
import { sql } from "kysely";
import { inTransaction, type Tx } from "../db/database.ts";
import { publish } from "../feed/publish.ts";
import { ApiError } from "../http/api-error.ts";
import { isoNow, type ServerContext } from "../http/server-context.ts";
import { publicServerKeys } from "../sync/server-keys.ts";
import { thumbprint } from "../sync/signing.ts";
import { channelsOf } from "./channels.ts";
import { secretHash, tokenToText } from "./terminal-token.ts";

/** Letters and digits that cannot be mistaken for one another when read out. */
const CODE_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
const CODE_CHARS = 12;
const SECRET_BYTES = 32;

/**
 * A code for one terminal, to be typed once. It carries the start of the merchant's id, so that the look-up stays inside one
 * merchant; its own 60 bits and short life keep it from being guessed.
 */
export async function createEnrolmentCode(
  context: ServerContext,
  { merchant, terminal }: { merchant: MerchantId; terminal: TerminalId },
): Promise<{ code: string; expiresAt: string }> {
  const random = [...context.randomBytes(CODE_CHARS)]
    .map((byte) => CODE_ALPHABET[byte % CODE_ALPHABET.length])
    .join("");
  const code = `${merchantTag(merchant)}-${random.slice(0, 4)}-${random.slice(4, 8)}-${random.slice(8)}`;
  const expiresAt = new Date(context.now() + enrolmentMinutesMax * 60_000).toISOString();
  await inTransaction(context.db, async (tx) => {
    await sql`DELETE FROM enrolment_code WHERE merchant = ${merchant} AND terminal = ${terminal} AND used_at IS NULL`.execute(
      tx,
    );
    await sql`
      INSERT INTO enrolment_code (merchant, code_hash, terminal, expires_at)
      VALUES (${merchant}, ${secretHash(normalCode(code))}, ${terminal}, ${expiresAt}::timestamptz)`.execute(tx);
  });
  return { code, expiresAt };
}

function merchantTag(merchant: MerchantId): string {
  return merchant.slice(-6).toUpperCase();
}

function normalCode(code: string): string {
  return code.toUpperCase().replaceAll(/[^0-9A-Z]/g, "");
}

/** Turns a typed code into a terminal: binds its key, gives it a token, and tells every branch whose key that is. */
export async function enrolTerminal(context: ServerContext, request: EnrolRequest): Promise<EnrolReply> {
  const merchant = await merchantOfCode(context, request.code);
  const secret = Buffer.from(context.randomBytes(SECRET_BYTES)).toString("base64url");
  const { row, channels } = await inTransaction(context.db, async (tx) => {
    const terminal = await takeCode(tx, { merchant, code: request.code, at: isoNow(context) });
    const enrolled = await bindKey(tx, { merchant, terminal, request, secret, at: isoNow(context) });
    const key = { channel: MERCHANT_CHANNEL, kind: "terminal" as const, id: terminal };
    await publish(tx, { merchant, at: isoNow(context) }, [key]);
    return { row: enrolled, channels: await channelsOf(tx, { merchant, ...enrolled }) };
  });
  context.live.changed(merchant, [MERCHANT_CHANNEL, branchChannel(row.branch)]);
  return {
    terminal: row.terminal,
    token: tokenToText({ merchant, terminal: row.terminal, secret }),
    merchant,
    branch: row.branch,
    name: row.name,
    series: row.series,
    origin: await context.originOf(merchant),
    channels,
    serverKeys: await publicServerKeys(context.db, merchant),
    end: true,
  };
}

async function merchantOfCode({ db }: ServerContext, code: string): Promise<MerchantId> {
  const tag = normalCode(code).slice(0, 6).toLowerCase();
  const { rows } = await sql<{ merchant: MerchantId }>`
    SELECT merchant FROM merchant WHERE right(merchant::text, 6) = ${tag}`.execute(db);
  if (rows[0] === undefined) throw unknownCode();
  return rows[0].merchant;
}

async function takeCode(
  tx: Tx,
  { merchant, code, at }: { merchant: MerchantId; code: string; at: string },
): Promise<TerminalId> {
  const { rows } = await sql<{ terminal: TerminalId }>`
    UPDATE enrolment_code SET used_at = ${at}::timestamptz
    WHERE merchant = ${merchant} AND code_hash = ${secretHash(normalCode(code))} AND used_at IS NULL AND expires_at > ${at}::timestamptz
    RETURNING terminal`.execute(tx);
  if (rows[0] === undefined) throw unknownCode();
  return rows[0].terminal;
}

function unknownCode(): ApiError {
  return new ApiError(
    "not_found",
    "This code is not valid, was used, or is too old. Make a new one in the back office under Terminals.",
  );
}

type Binding = { merchant: MerchantId; terminal: TerminalId; request: EnrolRequest; secret: string; at: string };
type Enrolled = { terminal: TerminalId; branch: BranchId; name: string; series: string };

/**
 * Earlier keys stay, so that streams signed with them can still be proven; those that the device made and lost while nobody could
 * let it in are added. Keys are looked up by terminal, so a device can only name keys of its own.
 */
async function bindKey(tx: Tx, { merchant, terminal, request, secret, at }: Binding): Promise<Enrolled> {
  const keys = [...(request.formerKeys ?? []), request.publicKey];
  const added = JSON.stringify(keys.map((key) => ({ kid: thumbprint(key), key })));
  const { rows } = await sql<Enrolled>`
    UPDATE terminal SET
      public_keys = public_keys || ${added}::jsonb, token_hash = ${secretHash(secret)}, build = ${request.build},
      persisted = ${request.persisted}, enrolled_at = ${at}::timestamptz, revoked_at = NULL,
      wipe_asked_at = NULL, wiped_at = NULL,
      series = CASE WHEN enrolled_at IS NULL THEN series ELSE ${nextSeries(merchant)} END
    WHERE merchant = ${merchant} AND terminal = ${terminal}
    RETURNING terminal, branch, name, series`.execute(tx);
  return rows[0] as Enrolled;
}

/** A replaced device counts in a series of its own: `T` and the next free number. */
function nextSeries(merchant: MerchantId): ReturnType<typeof sql<string>> {
  return sql<string>`(SELECT 'T' || (coalesce(max(substr(series, 2)::int), 0) + 1) FROM terminal
                      WHERE merchant = ${merchant} AND series ~ '^T[0-9]+$')`;
}

export async function createTerminal(
  tx: Tx,
  { merchant, terminal, branch, name }: { merchant: MerchantId; terminal: Uuid; branch: BranchId; name: string },
): Promise<void> {
  // Two terminals made at the same moment must not compute the same number.
  await sql`SELECT 1 FROM merchant WHERE merchant = ${merchant} FOR UPDATE`.execute(tx);
  await sql`
    INSERT INTO terminal (merchant, terminal, branch, name, series)
    VALUES (${merchant}, ${terminal}, ${branch}, ${name}, ${nextSeries(merchant)})`.execute(tx);
}
