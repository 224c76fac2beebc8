import { assert } from "@holdfast/domain/kernel/assert";
import type { Uuid } from "@holdfast/domain/kernel/id";
import type { Instant } from "@holdfast/domain/kernel/instant";
import { accept, type Result, refuse } from "@holdfast/domain/kernel/result";
import { negate } from "@holdfast/domain/money/amount";
import { type PostVoidRefusal, postVoid } from "@holdfast/domain/sale/post-void";
import type { Sale } from "@holdfast/domain/sale/sale";
import type { Tender } from "@holdfast/domain/tender/tender";
import type { Reader } from "../devices/reader/reader.ts";
import type { ReturnedGoods } from "../return/returned-goods.ts";
import type { Approvals } from "../staff/approvals.ts";
import type { OwnTenders } from "../tender/own-tenders.ts";
import type { OwnTill } from "../till/own-till.ts";
import type { SaleMaking } from "./store-sale.ts";

export type UndoRefusal =
  | PostVoidRefusal
  | { readonly kind: "reason-missing" }
  | { readonly kind: "not-allowed" }
  /** Its card payment was stored here and has gone on to the acquirer: only a return can give it back. */
  | { readonly kind: "card-forwarded" }
  /** The reader did not give the money back, so the sale stands. */
  | { readonly kind: "card-kept" };

export type UndoSalePorts = {
  readonly returned: Pick<ReturnedGoods, "laterOf" | "isUndone">;
  readonly till: Pick<OwnTill, "openShift">;
  readonly permit: Approvals["permit"];
  readonly reader: Pick<Reader, "reverse">;
  readonly openCards: OwnTenders["openCards"];
  readonly newId: () => Uuid;
  readonly now: () => Instant;
  readonly store: (making: SaleMaking) => Promise<Sale>;
};

/** Why a sale cannot be undone at this moment; null where it can. */
export function undoFault(sale: Sale, { returned, till, openCards }: UndoSalePorts): UndoRefusal | null {
  if (sale.postVoidOf !== undefined) return { kind: "is-a-post-void" };
  if (sale.shift === null || sale.shift !== till.openShift?.opened.shift) return { kind: "other-shift" };
  if (returned.isUndone(sale.sale) || returned.laterOf(sale.sale).length > 0) return { kind: "already-reversed" };
  const open = new Set(openCards().map(({ attempt }) => attempt));
  const isForwarded = integratedCards(sale).some(
    ({ state, attempt }) => state === "stored-offline" && !open.has(attempt),
  );
  return isForwarded ? { kind: "card-forwarded" } : null;
}

/**
 * Undoes a sale of the present shift by one that mirrors it. What the reader took goes back on the reader first: it does so once
 * however often it is asked, and a sale whose money is still taken must not look undone.
 */
export async function undoSale(ports: UndoSalePorts, sale: Sale, reason: string): Promise<Result<Sale, UndoRefusal>> {
  if (reason.trim() === "") return refuse({ kind: "reason-missing" });
  const fault = undoFault(sale, ports);
  if (fault !== null) return refuse(fault);
  const { permit, newId, now, returned, reader, store } = ports;
  const id = newId();
  const startedAt = now();
  const given = await permit({ action: "post-void", sale: id, amount: negate(sale.totals.total) });
  if (!given.ok) return refuse({ kind: "not-allowed" });
  const approvals = given.approval === undefined ? [] : [given.approval];
  for (const { attempt } of integratedCards(sale)) {
    const answer = await reader.reverse(attempt);
    if (answer.kind !== "approved" && answer.kind !== "stored-offline") return refuse({ kind: "card-kept" });
  }
  const undone = await store({
    training: sale.training,
    make: (circumstances) => {
      const act = { ...circumstances, sale: id, startedAt, reason: reason.trim(), approvals };
      const made = postVoid(sale, { ...act, later: returned.laterOf(sale.sale) });
      assert(made.ok, `a sale that may be undone can be: ${JSON.stringify(made)}`);
      return made.value;
    },
  });
  return accept(undone);
}

type CardTender = Extract<Tender, { readonly kind: "card" }>;

/** Payments that this till's own reader took; on a reader of its own the cashier gives them back. */
function integratedCards({ tenders }: Sale): CardTender[] {
  return tenders.filter((tender): tender is CardTender => tender.kind === "card" && tender.reader === "integrated");
}
