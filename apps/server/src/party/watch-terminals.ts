import type { MerchantId } from "@holdfast/domain/party/merchant";
import { sql } from "kysely";
import { inTransaction, type Tx } from "../db/database.ts";
import { insertOfficeEvent } from "../http/office-event.ts";
import { isoNow, type ServerContext } from "../http/server-context.ts";
import type { CaseDraft, CaseKind } from "../inbox/case.ts";
import { closeCaseAbout, latestCases } from "../inbox/case-queries.ts";
import { insertCases } from "../inbox/insert-cases.ts";
import { missingTails } from "../sync/missing-records.ts";
import { isNews, type TerminalStanding, terminalCases } from "./terminal-cases.ts";

type WatchContext = Pick<ServerContext, "db" | "now" | "newId" | "log">;

const WATCH_EVERY_MS = 60_000;
const WATCHED: readonly CaseKind[] = ["missing-tail", "clock-skew"];

/** Looks after the terminals of every shop once a minute: who falls silent says nothing of it. Returns what ends it. */
export function startWatch(context: WatchContext): () => void {
  let isLooking = false;
  const look = async (): Promise<void> => {
    if (isLooking) return;
    isLooking = true;
    try {
      const { rows } = await sql<{ merchant: MerchantId }>`SELECT merchant FROM merchant ORDER BY merchant`.execute(
        context.db,
      );
      for (const { merchant } of rows) await watchTerminals(context, merchant);
    } catch (error) {
      context.log.warn({ err: error }, "the terminals could not be looked after");
    } finally {
      isLooking = false;
    }
  };
  const timer = setInterval(() => void look(), WATCH_EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}

/** Opens a case for what only a terminal holds and for a clock that is wrong; settles it where the records have arrived. */
export async function watchTerminals(context: WatchContext, merchant: MerchantId): Promise<void> {
  await inTransaction(context.db, async (tx) => {
    const at = isoNow(context);
    const found = { standings: await standingsOf(tx, merchant), tails: await missingTails(tx, merchant) };
    const drafts = terminalCases(found, context.now());
    const latest = await latestCases(tx, merchant, WATCHED);
    const known = new Map(latest.map((each) => [keyOf(each), each]));
    const due = drafts.filter((draft) => {
      const held = known.get(keyOf(draft));
      return held === undefined || held.closedAt === null || isNews(draft, held.details);
    });
    await insertCases(tx, { merchant, recordedAt: at, newId: context.newId }, due);
    const still = new Set(drafts.map(keyOf));
    const arrived = latest.filter(
      (each) => each.kind === "missing-tail" && each.closedAt === null && !still.has(keyOf(each)),
    );
    for (const { case: id, kind, subject } of arrived) {
      const note = "The records have arrived.";
      await closeCaseAbout(tx, { merchant, kind, subject }, { by: null, name: "Holdfast", note, at });
      const done = { merchant, event: context.newId(), type: "case-settled" as const, staff: null, subject: id };
      await insertOfficeEvent(tx, { ...done, body: { kind, subject, note }, recordedAt: at });
    }
  });
}

function keyOf({ kind, subject }: Pick<CaseDraft, "kind" | "subject">): string {
  return `${kind} ${subject}`;
}

async function standingsOf(tx: Tx, merchant: MerchantId): Promise<TerminalStanding[]> {
  const { rows } = await sql<TerminalStanding>`
    SELECT terminal, branch, revoked_at IS NOT NULL AS revoked, clock_skew_ms AS "skewMs", unsent,
           oldest_unsent_at AS "oldestUnsentAt", last_seen_at AS "lastSeenAt"
    FROM terminal WHERE merchant = ${merchant} AND enrolled_at IS NOT NULL ORDER BY terminal`.execute(tx);
  return rows;
}
