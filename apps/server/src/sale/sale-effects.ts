import type { CustomerId } from "@holdfast/domain/party/merchant";
import { postSale, postSaleCosts } from "@holdfast/domain/posting/sale-posting";
import { checkSale, findFault, type SaleFault } from "@holdfast/domain/sale/check-sale";
import type { Sale } from "@holdfast/domain/sale/sale";
import { saleMovements } from "@holdfast/domain/sale/sale-movements";
import type { CaseDraft } from "../inbox/case.ts";
import {
  type EventContext,
  type EventEffects,
  type FactRow,
  NO_EFFECTS,
  placeFault,
  type Quarantine,
} from "../sync/event-effects.ts";
import { loadedBy, spentOf } from "../sync/stored-value-deeds.ts";

/**
 * Books a completed sale as it was sold: the customer holds the paper. Only what cannot make a balanced entry is set aside
 * whole; figures that come out otherwise are booked as printed and shown to a person.
 */
export function saleEffects(sale: Sale, context: EventContext): EventEffects | Quarantine {
  const misplaced = placeFault(sale, context);
  if (misplaced !== null) return misplaced;
  const fault = findFault(sale);
  if (fault !== null) return { code: fault, message: FAULTS[fault] };
  const common = { ...NO_EFFECTS, branch: sale.branch, occurredAt: sale.completedAt, sale, ofShift: sale.shift };
  if (sale.training) return common;
  const { branch, businessDay: postingDay, completedAt: occurredAt, rules } = sale;
  return {
    ...common,
    happening: { branch, postingDay, occurredAt, currency: rules.currency },
    movements: saleMovements(sale),
    rows: [...couponRows(sale), ...serialRows(sale)],
    owed: sale.tenders.flatMap((tender) =>
      tender.kind === "on-account" && tender.amount !== 0
        ? [{ customer: tender.customer as CustomerId, amount: tender.amount, cause: "sale" as const }]
        : [],
    ),
    storedValue: [...loadedBy(sale.lines), ...spentOf(sale.tenders)],
    post: (costs) => [postSale(sale), postSaleCosts(sale, costs)].filter((entry) => entry !== null),
    cases: differenceCases(sale),
  };
}

/** A code counts once a sale, however many lines it made cheaper; undone, it counts no more than before. */
function couponRows(sale: Sale): FactRow[] {
  if (sale.postVoidOf !== undefined) return [];
  const discounts = [...sale.orderDiscounts, ...sale.lines.flatMap((line) => line.discounts)];
  const codes = new Set(discounts.flatMap(({ coupon }) => coupon ?? []));
  const common = { sale: sale.sale, customer: sale.customer?.customer, occurred_at: sale.completedAt };
  return [...codes].map((coupon) => ({ table: "coupon_use", row: { coupon, ...common } }));
}

/** Each piece that has a number of its own goes out once, until it comes back. */
function serialRows({ sale, lines }: Sale): FactRow[] {
  return lines.flatMap(({ variant, serials = [], line, kind }) =>
    variant === null
      ? []
      : [...new Set(serials)].map((serial) => ({
          table: "serial_movement",
          row: { variant, serial, sale, line, way: kind === "sale" ? -1 : 1 },
        })),
  );
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
