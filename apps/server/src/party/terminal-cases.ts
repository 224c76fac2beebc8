import type { BranchId, TerminalId } from "@holdfast/domain/party/merchant";
import { CLOCK_ERROR_MS } from "@holdfast/domain/stock/count-cut";
import type { CaseDraft } from "../inbox/case.ts";
import type { MissingTail } from "../sync/missing-records.ts";

/** What a terminal said of itself when it was last heard of. */
export type TerminalStanding = {
  readonly terminal: TerminalId;
  readonly branch: BranchId;
  readonly revoked: boolean;
  readonly skewMs: number | null;
  readonly unsent: number | null;
  readonly oldestUnsentAt: Date | null;
  readonly lastSeenAt: Date | null;
};

/** A stream usually follows the one before it within a second; what a second copy brings takes a little longer. */
const TAIL_GRACE_MS = 2 * 60_000;
/** A line that is down for an hour is an outage; records older than that are worth a person's look. */
const UNSENT_MAX_MS = 60 * 60_000;

/** What a person has to look at of these terminals now: records that only they hold, and clocks that are wrong. */
export function terminalCases(
  { standings, tails }: { readonly standings: readonly TerminalStanding[]; readonly tails: readonly MissingTail[] },
  nowMs: number,
): CaseDraft[] {
  return [
    ...tails.filter(({ noticedAt }) => nowMs - noticedAt.getTime() >= TAIL_GRACE_MS).map(tailCase),
    ...standings.flatMap((standing) => [...unsentCase(standing, nowMs), ...skewCase(standing)]),
  ];
}

/** Of each end that is missing there is a case of its own: one that is given up says nothing of the next. */
function tailCase({ terminal, branch, stream, seq, hash, missing }: MissingTail): CaseDraft {
  const details = { terminal, stream, seq, hash, missing };
  return { kind: "missing-tail", subject: `${terminal}:${stream}`, branch, details };
}

/** The terminal said that it has more than it sent, and nothing of it came since. */
function unsentCase(standing: TerminalStanding, nowMs: number): CaseDraft[] {
  const { terminal, branch, unsent, oldestUnsentAt, lastSeenAt, skewMs } = standing;
  if (unsent === null || unsent === 0) return [];
  const since = oldestUnsentAt ?? lastSeenAt;
  // The terminal dates its records by its own clock.
  const ageMs = since === null ? 0 : nowMs - since.getTime() + (oldestUnsentAt === null ? 0 : (skewMs ?? 0));
  if (since === null || ageMs < UNSENT_MAX_MS) return [];
  const details = { terminal, missing: unsent, since: since.toISOString() };
  return [{ kind: "missing-tail", subject: terminal, branch, details }];
}

function skewCase({ terminal, branch, revoked, skewMs }: TerminalStanding): CaseDraft[] {
  if (revoked || skewMs === null || Math.abs(skewMs) <= CLOCK_ERROR_MS) return [];
  return [{ kind: "clock-skew", subject: terminal, branch, details: { terminal, skewMs } }];
}

/**
 * Whether a case that a person closed is to be opened again: not for what they knew when they closed it, or a device that is
 * lost for good would come back every minute.
 */
export function isNews(draft: CaseDraft, closed: CaseDraft["details"]): boolean {
  if (draft.kind === "clock-skew") {
    return Math.abs(Number(draft.details.skewMs) - Number(closed.skewMs)) > CLOCK_ERROR_MS;
  }
  const moreIsMissing = Number(draft.details.missing) > Number(closed.missing);
  return moreIsMissing || draft.details.hash !== closed.hash || draft.details.since !== closed.since;
}
