import type { Uuid } from "@holdfast/domain/kernel/id";
import { ZERO } from "@holdfast/domain/money/amount";
import { type AllotReply, type AllotWish, allotRequestSchema } from "@holdfast/protocol/allot";
import { terminalChannel } from "@holdfast/protocol/channel";
import { Hono } from "hono";
import { sql } from "kysely";
import type { Tx } from "../db/database.ts";
import { inIngestTransaction } from "../db/ingest-transaction.ts";
import { ApiError } from "../http/api-error.ts";
import { readJson } from "../http/read-body.ts";
import { isoNow, type ServerContext } from "../http/server-context.ts";
import type { TerminalEnv, TerminalIdentity } from "../http/terminal-auth.ts";
import { pgDayStore } from "../sync/pg-day-store.ts";
import { allotTo } from "./allot.ts";

/** While there is a line, a terminal takes what it is about to spend of a card into its own hands. */
export function allotRoutes(context: ServerContext): Hono<TerminalEnv> {
  const routes = new Hono<TerminalEnv>();
  routes.post("/allotments", async (c) => {
    const identity = c.get("terminal");
    if (identity.revoked || identity.wipeAsked) {
      throw new ApiError("forbidden", "This terminal was revoked: it may bring its records and spend nothing.");
    }
    const wish = await readJson(c, allotRequestSchema);
    const reply = await inIngestTransaction(context.pool, ({ tx }) => allotOnce(tx, { context, identity, wish }));
    context.live.changed(identity.merchant, [terminalChannel(identity.terminal)]);
    return c.json(reply);
  });
  return routes;
}

type Asked = { readonly context: ServerContext; readonly identity: TerminalIdentity; readonly wish: AllotWish };

/** A card that nobody issued is not made by asking for it. A transfer asked for twice is done once. */
async function allotOnce(tx: Tx, { context, identity, wish }: Asked): Promise<AllotReply> {
  const { merchant, terminal } = identity;
  const { kind, code, transfer, amount } = wish;
  const known = await sql`
    SELECT 1 FROM stored_value WHERE merchant = ${merchant} AND kind = ${kind} AND code = ${code} FOR UPDATE`.execute(
    tx,
  );
  if (known.rows.length === 0) return { allotted: ZERO, available: null, end: true };
  const at = isoNow(context);
  const store = pgDayStore(tx, { merchant, recordedAt: at, newId: context.newId });
  if (!(await isDone(tx, identity, transfer))) {
    const { documents } = await allotTo(store, { transfer, terminal, kind, code, wanted: amount, at });
    await store.publish(documents);
  }
  const [card] = await store.lockStoredValue([{ kind, code }]);
  const allotted = card?.value.allotted.get(terminal) ?? ZERO;
  return { allotted, available: card?.value.available ?? ZERO, end: true };
}

async function isDone(tx: Tx, { merchant }: TerminalIdentity, transfer: Uuid): Promise<boolean> {
  const { rows } = await sql`
    SELECT 1 FROM stored_value_movement WHERE merchant = ${merchant} AND source = ${transfer} LIMIT 1`.execute(tx);
  return rows.length > 0;
}
