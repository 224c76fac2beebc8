import { cartTraces } from "../cart/cart-traces.ts";
import type { Desk } from "../cart/desk.ts";
import type { SuspendedDraft } from "../cart/draft.ts";
import type { DraftKeeper } from "../cart/draft-keeper.ts";
import { GuardedActs } from "../cart/guarded-acts.ts";
import type { News } from "../cart/news.ts";
import { SuspendedCarts } from "../cart/suspended-carts.ts";
import type { Session } from "./session.ts";
import type { Terminal } from "./terminal.ts";
import { record, type TillParts } from "./till-parts.ts";

export type CartPartsPorts = Pick<TillParts, "approvals" | "till"> & {
  readonly terminal: Terminal;
  readonly session: Session;
  readonly desk: Desk;
  readonly keeper: DraftKeeper;
  readonly tell: (news: News) => void;
  readonly suspended: readonly SuspendedDraft[];
};

/** What can be done to a cart beyond ringing up: by right, with a trace, and for later. */
export function openCartParts({ terminal, session, desk, keeper, tell, suspended, approvals, till }: CartPartsPorts) {
  const { log, clock, newId, identity } = terminal;
  const by = () => session.person?.staff ?? null;
  const now = clock.instant;
  const traces = cartTraces({
    log,
    identity,
    newId,
    by,
    shift: () => till.shiftId,
    note: (event) => record(log, event),
  });
  const acts = new GuardedActs({ desk, permit: (act) => approvals.permit(act), by, now, traces, tell });
  return { acts, suspended: new SuspendedCarts({ desk, keeper, now, traces, tell }, suspended) };
}
