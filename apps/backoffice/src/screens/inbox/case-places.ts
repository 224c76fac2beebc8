import type { CaseDetail } from "@holdfast/protocol/office/cases";
import { z } from "zod";
import { knownKind } from "../../pieces/use-case-kind.ts";

/** Where a case is looked into, and settled. */
export type CasePlace =
  | { readonly to: "sale"; readonly sale: string }
  | { readonly to: "product"; readonly variant: string; readonly branch: string | null }
  | { readonly to: "add-product" }
  | { readonly to: "terminals" }
  | { readonly to: "entries"; readonly source: string }
  | { readonly to: "ledger" }
  | { readonly to: "book"; readonly event: string };

const namedSchema = z.object({
  sale: z.uuid().optional().catch(undefined),
  variant: z.uuid().optional().catch(undefined),
  sales: z.array(z.uuid()).optional().catch(undefined),
  returnedBy: z.array(z.uuid()).optional().catch(undefined),
  entries: z
    .array(z.object({ source: z.uuid() }))
    .optional()
    .catch(undefined),
});

const PLACES_MAX = 3;

/** One to three ways on from a case of each kind, the likeliest first. */
export function casePlaces({ case: found }: CaseDetail): readonly CasePlace[] {
  const { subject, branch, details } = found;
  const { sale, variant, sales = [], returnedBy = [], entries = [] } = namedSchema.parse(details);
  const toSales = (ids: readonly string[]): CasePlace[] => ids.map((id) => ({ to: "sale", sale: id }));
  const toProduct: CasePlace[] = variant === undefined ? [] : [{ to: "product", variant, branch }];
  const places = (): readonly CasePlace[] => {
    switch (knownKind(found.kind)) {
      case "oversold":
      case "count-ambiguous":
        return toProduct;
      case "unidentified-item":
        return [{ to: "add-product" }, ...toSales([subject])];
      case "calc-difference":
      case "late-sale":
      case "rights-breach":
      case "price-drift":
        return toSales([subject]);
      case "double-return":
        return toSales([subject, ...returnedBy]);
      case "declined-card":
      case "overspent":
      case "credit-limit":
        return toSales(sale === undefined ? [] : [sale]);
      case "serial-twice":
        return [...toProduct, ...toSales(sales)];
      case "terminal-fork":
      case "missing-tail":
      case "clock-skew":
      case "z-gap":
        return [{ to: "terminals" }];
      case "late-posting":
        return [...entries.map(({ source }): CasePlace => ({ to: "entries", source })), { to: "ledger" }];
      case "quarantined":
        return [{ to: "book", event: subject }];
      case "event-conflict":
        return [{ to: "terminals" }];
      case "coupon-overused":
      case "customer-conflict":
      case null:
        return [];
    }
  };
  return places().slice(0, PLACES_MAX);
}
