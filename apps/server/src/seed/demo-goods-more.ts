import { gs1CheckDigit } from "@holdfast/domain/catalog/barcode/check-digit";
import type { ProductId, VariantId } from "@holdfast/domain/catalog/variant";
import type { VariantFacts } from "../catalog/write-catalog.ts";

/** Goods of every kind that a till treats differently: kits, pieces with numbers, batches, cards. */
export type SpecialGood = { readonly facts: VariantFacts; readonly price: number; readonly cost: number | null };

/**
 * The code on a scale's label with its weight zeroed, by the German rules that the demo branches read: `28`, four digits of
 * the goods, the value and its check digit.
 */
export function weightLabelKey(sku: string): string {
  const payload = `28${sku.slice(-4)}000000`;
  return payload + gs1CheckDigit(payload);
}

type Place = { readonly newId: () => string; readonly variantOf: (name: string) => VariantId };

export function specialGoods({ newId, variantOf }: Place): SpecialGood[] {
  const good = (
    [sku, name, category]: readonly [sku: string, name: string, category: string],
    more: Partial<VariantFacts>,
  ): VariantFacts => ({
    ...{ variant: newId() as VariantId, product: newId() as ProductId, productName: name, name, sku, category },
    ...{ unit: "each", unitScale: 0, taxes: ["vat-20"], stocked: true, barcodes: [] },
    ...more,
  });
  const part = (name: string, units: number) => ({
    variant: variantOf(name),
    quantity: { units, scale: 0, unit: "each" },
  });
  return [
    {
      facts: good(["2001", "Breakfast bag", "Bakery"], {
        ...{ taxes: ["vat-10"], stocked: false, barcodes: [{ code: "2001", pack: 1 }] },
        kit: [part("Butter croissant", 2), part("Flat white, to go", 1), part("Apple juice, cloudy 1 l", 1)],
      }),
      ...{ price: 990, cost: null },
    },
    {
      facts: good(["2002", "Bluetooth speaker", "Household"], {
        tracking: "serial",
        barcodes: [{ code: "2002", pack: 1 }],
      }),
      ...{ price: 7_900, cost: 4_200 },
    },
    {
      facts: good(["2003", "Infant formula 800 g", "Pantry"], {
        ...{ taxes: ["vat-10"], tracking: "lot", stockPolicy: "manager", barcodes: [{ code: "2003", pack: 1 }] },
      }),
      ...{ price: 1_890, cost: 1_240 },
    },
    {
      facts: good(["2004", "Gift card", "Gift cards"], {
        ...{ taxes: [], stocked: false, giftCard: true, barcodes: [{ code: "2004", pack: 1 }] },
      }),
      ...{ price: 5_000, cost: null },
    },
  ];
}
