import { postSale, postSaleCosts } from "@holdfast/domain/posting/sale-posting";
import { checkSale, findFault, type SaleFault } from "@holdfast/domain/sale/check-sale";
import type { Sale } from "@holdfast/domain/sale/sale";
import { saleMovements } from "@holdfast/domain/sale/sale-movements";
import type { CaseDraft } from "../inbox/case.ts";
import type { EventContext, EventEffects, Quarantine } from "../sync/event-effects.ts";

/**
 * Books a completed sale as it was sold: the customer holds the paper. Only what cannot make a balanced entry is set aside
 * whole; figures that come out otherwise are booked as printed and shown to a person.
 */
export function saleEffects(sale: Sale, context: EventContext): EventEffects | Quarantine {
  if (sale.terminal !== context.terminal)
    return { code: "wrong_terminal", message: "the sale names another terminal than its stream" };
  if (!context.branches.has(sale.branch))
    return { code: "unknown_branch", message: `the sale names branch ${sale.branch}, which is not this merchant's` };
  const fault = findFault(sale);
  if (fault !== null) return { code: fault, message: FAULTS[fault] };
  const common = { branch: sale.branch, occurredAt: sale.completedAt, sale };
  if (sale.training) return { ...common, movements: [], post: () => [], cases: [] };
  return {
    ...common,
    movements: saleMovements(sale),
    post: (costs) => [postSale(sale), postSaleCosts(sale, costs)].filter((entry) => entry !== null),
    cases: differenceCases(sale),
  };
}

const FAULTS: Readonly<Record<SaleFault, string>> = {
  "tenders-do-not-settle": "tenders, change and rounding do not come to the total",
  "sums-broken": "the lines do not come to the total",
  "quantity-sign": "a sold line has a negative quantity, or a returned one a positive",
};

function differenceCases(sale: Sale): CaseDraft[] {
  const differences = checkSale(sale);
  if (differences.length === 0) return [];
  return [
    { kind: "calc-difference", subject: sale.sale, branch: sale.branch, details: { number: sale.number, differences } },
  ];
}
