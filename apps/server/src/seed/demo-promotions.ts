import type { VariantId } from "@holdfast/domain/catalog/variant";
import type { Uuid } from "@holdfast/domain/kernel/id";
import { amount } from "@holdfast/domain/money/amount";
import type { Promotion } from "@holdfast/domain/pricing/promotion";
import type { CouponDocument } from "@holdfast/protocol/selling-documents";

/** A promotion of every kind, so that each can be tried. */
export function demoPromotions(newId: () => Uuid, variantOf: (name: string) => VariantId): Promotion[] {
  const promotion = (name: string, more: Pick<Promotion, "rule"> & Partial<Promotion>): Promotion => ({
    ...{ promotion: newId(), name, scope: { kind: "everything" }, times: { from: null, to: null } },
    ...{ customerGroups: null, coupon: null, spendMin: null, timesMax: null, priority: 0, combinable: false },
    ...more,
  });
  const goods = (...names: string[]) => ({ kind: "variants" as const, variants: names.map(variantOf) });
  return [
    promotion("Evening bakery", {
      rule: { kind: "percent", percentPpm: 300_000 },
      scope: { kind: "categories", categories: ["Bakery"] },
      times: { from: null, to: null, hours: { from: "18:00", to: "20:00" } },
      priority: 20,
    }),
    promotion("Three colas for two", {
      rule: { kind: "buy-get", buy: 2, get: 1, percentPpm: 1_000_000 },
      scope: goods("Cola 0.5 l"),
      priority: 10,
    }),
    promotion("Coffee and croissant", {
      rule: {
        ...{ kind: "bundle", price: amount(480) },
        parts: [
          { scope: goods("Butter croissant"), units: 1 },
          { scope: goods("Flat white, to go", "Espresso, to go"), units: 1 },
        ],
      },
      priority: 15,
    }),
    promotion("Regulars", {
      rule: { kind: "percent", percentPpm: 50_000 },
      customerGroups: ["regulars"],
      combinable: true,
    }),
    promotion("Welcome", {
      rule: { kind: "amount", amount: amount(500) },
      coupon: "WELCOME5",
      spendMin: amount(2_500),
    }),
  ];
}

export const DEMO_COUPON: Omit<CouponDocument, "uses"> = {
  ...{ coupon: "WELCOME5", from: null, to: null, usesMax: 100, usesPerCustomerMax: 1, customer: null },
};
