import type { ProductId, VariantId } from "@holdfast/domain/catalog/variant";
import type { Uuid } from "@holdfast/domain/kernel/id";
import type { BranchId } from "@holdfast/domain/party/merchant";
import { z } from "zod";
import { receiptNumberSchema } from "../events/receipt-number.ts";
import {
  amountSchema,
  codeSchema,
  currencySchema,
  nameSchema,
  taxIdSchema,
  unitPriceSchema,
  uuidOf,
  uuidSchema,
} from "../primitives.ts";
import { barcodesMax, packMax, productPricesMax, searchCharsMax } from "./limits.ts";
import { nextSchema, pageQuery } from "./paging.ts";

/** `GET /v1/office/catalog`: what products are made of. */
export const catalogOptionsSchema = z.object({
  taxes: z.array(z.object({ tax: taxIdSchema, name: nameSchema })),
  priceLists: z.array(
    z.object({ priceList: uuidOf<Uuid>(), name: nameSchema, currency: currencySchema, includesTax: z.boolean() }),
  ),
  categories: z.array(z.string()),
});
export type CatalogOptions = z.infer<typeof catalogOptionsSchema>;

/** `GET /v1/office/products`: one row for each variant, by name. */
export const productListQuerySchema = z.strictObject({
  ...pageQuery,
  /** Part of a name, the beginning of an SKU, or a whole barcode. */
  q: z.string().max(searchCharsMax).optional(),
  category: z.string().max(searchCharsMax).optional(),
  archived: z.enum(["true", "false"]).default("false"),
});
export type ProductListQuery = z.infer<typeof productListQuerySchema>;

const barcodeSchema = z.strictObject({ code: codeSchema, pack: z.int().min(1).max(packMax) });
const listedPriceSchema = z.strictObject({
  priceList: uuidSchema,
  /** What one unit costs from now on; null where the product is not on the list. */
  price: unitPriceSchema.nullable(),
});
const unitSchema = z.strictObject({ unit: codeSchema, scale: z.int().min(0).max(6) });

const onHandSchema = z.object({ branch: uuidOf<BranchId>(), units: z.int(), scale: z.int().min(0).max(9) });

export const productSchema = z.object({
  variant: uuidOf<VariantId>(),
  product: uuidOf<ProductId>(),
  productName: nameSchema,
  name: nameSchema,
  sku: z.string(),
  category: z.string().nullable(),
  unit: unitSchema,
  taxes: z.array(taxIdSchema),
  stocked: z.boolean(),
  archived: z.boolean(),
  barcodes: z.array(barcodeSchema),
  prices: z.array(listedPriceSchema),
  onHand: z.array(onHandSchema),
  /** Goes up with each change; an edit names the one it was made on. */
  rev: z.int().min(0),
});
export type Product = z.infer<typeof productSchema>;

export const productListSchema = z.object({ products: z.array(productSchema), next: nextSchema });
export type ProductList = z.infer<typeof productListSchema>;

/** `PUT /v1/office/products/{variant}`: the whole product, new or changed; its id comes from whoever makes it. */
export const saveProductRequestSchema = z.strictObject({
  product: uuidOf<ProductId>(),
  productName: nameSchema,
  name: nameSchema,
  sku: codeSchema,
  category: z.string().min(1).max(searchCharsMax).nullable(),
  unit: unitSchema,
  taxes: z.array(taxIdSchema).max(10),
  stocked: z.boolean(),
  archived: z.boolean(),
  barcodes: z.array(barcodeSchema).max(barcodesMax),
  prices: z.array(listedPriceSchema).max(productPricesMax),
  /** The `rev` that was edited; 0 for a new product. */
  rev: z.int().min(0),
});
export type SaveProductRequest = z.infer<typeof saveProductRequestSchema>;

/** `GET /v1/office/products/{variant}/movements`: of one branch, in the order in which they were booked, newest first. */
export const movementListQuerySchema = z.strictObject({ ...pageQuery, branch: uuidOf<BranchId>() });
export type MovementListQuery = z.infer<typeof movementListQuerySchema>;

export const officeMovementSchema = z.object({
  document: uuidSchema,
  line: z.int(),
  cause: codeSchema,
  units: z.int(),
  scale: z.int().min(0).max(9),
  cost: amountSchema,
  occurredAt: z.string(),
  recordedAt: z.string(),
  /** On hand once it was booked. */
  onHand: z.int(),
  /** The receipt number, where a sale is behind it. */
  sale: receiptNumberSchema.nullable(),
});
export type OfficeMovement = z.infer<typeof officeMovementSchema>;

export const movementListSchema = z.object({ movements: z.array(officeMovementSchema), next: nextSchema });
export type MovementList = z.infer<typeof movementListSchema>;
