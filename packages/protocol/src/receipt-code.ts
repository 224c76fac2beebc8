import type { PricedLine } from "@holdfast/domain/cart/line";
import type { VariantId } from "@holdfast/domain/catalog/variant";
import type { Uuid } from "@holdfast/domain/kernel/id";
import { type Amount, amount, sum } from "@holdfast/domain/money/amount";
import type { ReceiptNumber } from "@holdfast/domain/sale/receipt-number";
import type { ReturnableSale } from "@holdfast/domain/sale/return-lines";
import type { Sale } from "@holdfast/domain/sale/sale";
import type { Tax, TaxId } from "@holdfast/domain/tax/tax";
import { z } from "zod";
import { receiptNumberSchema } from "./events/receipt-number.ts";
import { taxSchema } from "./events/tax.ts";
import { saleLinesMax, tendersMax } from "./limits.ts";
import {
  amountSchema,
  codeSchema,
  currencySchema,
  daySchema,
  instantSchema,
  quantitySchema,
  textSchema,
  unitPriceSchema,
  uuidSchema,
} from "./primitives.ts";

/** What the code on a receipt tells any till of the merchant: enough to take goods back with no network. */
export type CodedSale = ReturnableSale &
  Pick<Sale, "number" | "completedAt"> & {
    readonly currency: string;
    readonly total: Amount;
    readonly tenders: readonly { readonly kind: Sale["tenders"][number]["kind"]; readonly amount: Amount }[];
  };

/** Raised when the same text would be read otherwise; an older till then says that it cannot read it. */
const CODE_VERSION = 1;

/** A field that a line does not have is left out of its tail. */
type Packed = readonly unknown[];

const TENDER_KINDS = ["cash", "card", "gift-card", "store-credit", "on-account"] as const;
const TAX_CATEGORIES = ["S", "Z", "E", "AE", "K", "G", "O"] as const;

/**
 * The sale as short as JSON can say it: places instead of names, numbers instead of words. Only what was sold is in it; what
 * the same sale took back cannot come back once more.
 */
export function packSale(sale: Sale): Packed {
  const { series, number, stream } = sale.number;
  const taxes = sale.taxes.map((tax) => tax.tax);
  return [
    CODE_VERSION,
    shortId(sale.sale),
    [series, number, stream],
    sale.completedAt,
    sale.rules.currency,
    sale.totals.total,
    sale.tenders.map((tender) => [TENDER_KINDS.indexOf(tender.kind), tender.amount]),
    sale.taxes.map(packTax),
    sale.lines.filter((line) => line.kind === "sale").map((line) => packLine(line, taxes)),
  ];
}

function packTax(tax: Tax): Packed {
  const flags = (tax.included ? 1 : 0) + (tax.compound ? 2 : 0) + (tax.onPrevious ? 4 : 0);
  const rate = tax.kind === "percent" ? tax.ratePpm : [tax.perUnit.units, tax.perUnit.scale];
  const category = TAX_CATEGORIES.indexOf(tax.category);
  return [tax.tax, tax.name, category, tax.jurisdiction, flags, rate, ...(tax.of === undefined ? [] : [tax.of])];
}

function packLine(line: PricedLine, taxes: readonly TaxId[]): Packed {
  const { quantity, stockQuantity: stock, unitPrice } = line;
  const isSameStock = stock !== null && stock.units === quantity.units && stock.scale === quantity.scale;
  return [
    line.line,
    line.variant === null ? 0 : shortId(line.variant),
    line.name,
    line.sku ?? 0,
    line.category ?? 0,
    [quantity.units, quantity.scale, quantity.unit],
    stock === null ? 0 : isSameStock && stock.unit === quantity.unit ? 1 : [stock.units, stock.scale, stock.unit],
    [unitPrice.units, unitPrice.scale, unitPrice.per],
    line.lineTaxes.map(({ tax, amount: each }) => [taxes.indexOf(tax), each]),
    [line.extended, sum(line.discountAmounts), line.orderDiscount, line.amount, line.exTax, line.incTax],
    ...packExtras(line),
  ];
}

function packExtras({ serials, lot, expiry, kit, giftCard }: PricedLine): Packed {
  const extras = {
    ...(serials === undefined ? {} : { s: serials }),
    ...(lot === undefined ? {} : { l: lot }),
    ...(expiry === undefined ? {} : { e: expiry }),
    ...(giftCard === undefined ? {} : { g: 1 }),
    ...(kit === undefined
      ? {}
      : {
          k: kit.map((part) => [shortId(part.variant), part.quantity.units, part.quantity.scale, part.quantity.unit]),
        }),
  };
  return Object.keys(extras).length === 0 ? [] : [extras];
}

const shortIdSchema = z
  .string()
  .regex(/^[A-Za-z0-9_-]{22}$/)
  .transform((short): unknown => longId(short))
  .pipe(uuidSchema);
const quantityTuple = z
  .tuple([z.int(), z.int(), z.string()])
  .transform(([units, scale, unit]) => ({ units, scale, unit }))
  .pipe(quantitySchema);
const nullable = <Schema extends z.ZodType>(schema: Schema) => z.union([z.literal(0), schema]);

const taxTuple = z
  .tuple([
    z.string(),
    z.string(),
    z.int(),
    z.string(),
    z.int().min(0).max(7),
    z.union([z.int(), z.tuple([z.int(), z.int()])]),
    z.string().optional(),
  ])
  .transform(([tax, name, category, jurisdiction, flags, rate, of]): unknown => ({
    ...{ tax, name, category: TAX_CATEGORIES[category], jurisdiction },
    ...{ included: (flags & 1) !== 0, compound: (flags & 2) !== 0, onPrevious: (flags & 4) !== 0 },
    ...(typeof rate === "number"
      ? { kind: "percent", ratePpm: rate }
      : { kind: "fixed", perUnit: { units: rate[0], scale: rate[1] } }),
    ...(of === undefined ? {} : { of }),
  }))
  .pipe(taxSchema);

const extrasSchema = z.strictObject({
  s: z.array(codeSchema).max(1_000).exactOptional(),
  l: codeSchema.exactOptional(),
  e: daySchema.exactOptional(),
  g: z.literal(1).exactOptional(),
  k: z
    .array(z.tuple([shortIdSchema, z.int(), z.int(), z.string()]))
    .max(100)
    .exactOptional(),
});

const lineTuple = z.tuple([
  z.int().min(1),
  nullable(shortIdSchema),
  textSchema,
  nullable(z.string()),
  nullable(z.string()),
  quantityTuple,
  z.union([z.literal(0), z.literal(1), quantityTuple]),
  z
    .tuple([z.int(), z.int(), z.int()])
    .transform(([units, scale, per]) => ({ units, scale, per }))
    .pipe(unitPriceSchema),
  z.array(z.tuple([z.int().min(0), amountSchema])).max(10),
  z.tuple([amountSchema, amountSchema, amountSchema, amountSchema, amountSchema, amountSchema]),
  extrasSchema.optional(),
]);

const saleTuple = z.tuple([
  z.literal(CODE_VERSION),
  shortIdSchema,
  z
    .tuple([z.string(), z.int(), z.string()])
    .transform(([series, number, stream]) => ({ series, number, stream }))
    .pipe(receiptNumberSchema),
  instantSchema,
  currencySchema,
  amountSchema,
  z
    .array(
      z.tuple([
        z
          .int()
          .min(0)
          .max(TENDER_KINDS.length - 1),
        amountSchema,
      ]),
    )
    .max(tendersMax),
  z.array(taxTuple).max(200),
  z.array(lineTuple).max(saleLinesMax),
]);

/** Reads what `packSale` made; null where it is anything else. Whether a terminal of ours signed it is found out before. */
export function unpackSale(packed: unknown): CodedSale | null {
  const parsed = saleTuple.safeParse(packed);
  if (!parsed.success) return null;
  const [, sale, number, completedAt, currency, total, tenders, taxes, lines] = parsed.data;
  const unpacked = lines.map((line) => unpackLine(line, taxes));
  return {
    ...{ sale, number: number as ReceiptNumber, completedAt, currency, total, taxes, training: false },
    tenders: tenders.map(([kind, each]) => ({ kind: TENDER_KINDS[kind] ?? "cash", amount: each })),
    lines: unpacked,
  };
}

function unpackLine(packed: z.infer<typeof lineTuple>, taxes: readonly Tax[]): PricedLine {
  const [line, variant, name, sku, category, quantity, stock, unitPrice, lineTaxes, figures, extras = {}] = packed;
  const [extended, discount, orderDiscount, left, exTax, incTax] = figures;
  const known = lineTaxes.flatMap(([place, each]) => {
    const tax = taxes[place]?.tax;
    return tax === undefined ? [] : [{ tax, amount: each }];
  });
  return {
    ...{ line, kind: "sale", name, quantity, unitPrice, extended, orderDiscount, exTax, incTax, amount: left },
    variant: variant === 0 ? null : (variant as VariantId),
    sku: sku === 0 ? null : sku,
    category: category === 0 ? null : category,
    stockQuantity: stock === 0 ? null : stock === 1 ? quantity : stock,
    discounts: discount === 0 ? [] : [{ kind: "amount", amount: amount(Math.abs(discount)), reason: "" }],
    discountAmounts: discount === 0 ? [] : [discount],
    taxes: known.map(({ tax }) => tax),
    lineTaxes: known,
    ...(extras.s === undefined ? {} : { serials: extras.s }),
    ...(extras.l === undefined ? {} : { lot: extras.l }),
    ...(extras.e === undefined ? {} : { expiry: extras.e }),
    // The card itself is not told to whoever picks the paper up.
    ...(extras.g === undefined ? {} : { giftCard: "sold" }),
    ...(extras.k === undefined
      ? {}
      : {
          kit: extras.k.map(([part, units, scale, unit]) => ({
            variant: part as VariantId,
            quantity: { units, scale, unit },
          })),
        }),
  };
}

/** Sixteen bytes as 22 characters of base64url. */
function shortId(id: Uuid): string {
  const bytes = id.replaceAll("-", "").match(/../g) ?? [];
  const binary = bytes.map((byte) => String.fromCharCode(Number.parseInt(byte, 16))).join("");
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function longId(short: string): string {
  const binary = atob(short.replaceAll("-", "+").replaceAll("_", "/"));
  const hex = [...binary].map((char) => char.charCodeAt(0).toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
