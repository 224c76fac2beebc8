import type { Brand } from "../kernel/brand.ts";
import type { Uuid } from "../kernel/id.ts";
import type { Decimal } from "../money/decimal.ts";
import type { TaxId } from "../tax/tax.ts";

export type ProductId = Brand<Uuid, "ProductId">;
export type VariantId = Brand<Uuid, "VariantId">;

/** A unit of measure and how finely it is counted: pieces 0 digits, kilograms 3. */
export type Unit = { readonly unit: string; readonly scale: number };

export const EACH: Unit = { unit: "each", scale: 0 };

/** How much, always with its unit: `units ÷ 10^scale` of it. Negative on lines where goods come back. */
export type Quantity = Decimal & { readonly unit: string };

/** Major units of the currency for `per` whole units of quantity; may have more digits than the currency. */
export type UnitPrice = Decimal & { readonly per: number };

/** What is scanned, priced and stocked, as a terminal knows it. */
export type Variant = {
  readonly variant: VariantId;
  readonly product: ProductId;
  readonly name: string;
  readonly sku: string;
  readonly category: string | null;
  readonly unit: Unit;
  readonly taxes: readonly TaxId[];
  /** Whether sales of it move stock; services do not. */
  readonly stocked: boolean;
};
