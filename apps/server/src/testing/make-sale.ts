import type { Cart, CartCustomer, PricingRules } from "@holdfast/domain/cart/cart";
import type { NewLine } from "@holdfast/domain/cart/check-line";
import type { LineDiscount, LineFacts, OrderDiscount } from "@holdfast/domain/cart/line";
import { priceCart } from "@holdfast/domain/cart/price-cart";
import type { UnitPrice } from "@holdfast/domain/catalog/variant";
import { assert, present } from "@holdfast/domain/kernel/assert";
import type { Uuid } from "@holdfast/domain/kernel/id";
import { businessDay } from "@holdfast/domain/kernel/instant";
import { type Amount, amount } from "@holdfast/domain/money/amount";
import { completeSale } from "@holdfast/domain/sale/complete-sale";
import { receiptNumber } from "@holdfast/domain/sale/receipt-number";
import type { Sale } from "@holdfast/domain/sale/sale";
import type { StaffId } from "@holdfast/domain/staff/staff";
import type { Tax, TaxId } from "@holdfast/domain/tax/tax";
import type { Tender } from "@holdfast/domain/tender/tender";
import { MERCHANT_CHANNEL } from "@holdfast/protocol/channel";
import type {
  BranchDocument,
  MerchantDocument,
  PriceDocument,
  PriceListDocument,
  StaffDocument,
  TaxDocument,
  VariantDocument,
} from "@holdfast/protocol/documents";
import type { NumberTaker } from "@holdfast/sync/event-log";
import type { HeadlessTerminal } from "./headless-terminal.ts";

export type Basket = {
  readonly lines: readonly {
    readonly variant: VariantDocument;
    readonly units: number;
    readonly discounts?: readonly LineDiscount[];
    /** What was charged, where it was not the listed price. */
    readonly charged?: UnitPrice;
    /** The card whose value is sold. */
    readonly giftCard?: string;
    /** What the receipt called it, where that was not the catalogue's name. */
    readonly name?: string;
  }[];
  readonly orderDiscounts?: readonly OrderDiscount[];
  /** Given the total, how it is paid; cash to the cent unless said. */
  readonly tenders?: (total: Amount) => readonly Tender[];
  readonly at?: string;
  readonly shift?: Uuid;
  /** Goods that come back, with the figures of the sale they were bought in. */
  readonly returned?: readonly NewLine[];
  readonly customer?: CartCustomer;
  /** What the terminal knows of its shop, where the caller has looked already. */
  readonly shop?: Shop;
};

/** What ringing up needs of a terminal, headless or simulated. */
export type Seller = Pick<HeadlessTerminal, "identity" | "replica" | "newId">;

/** Rings up a basket on a terminal from its own copy of the catalogue, and completes it in its log. */
export async function sell(terminal: Seller & Pick<HeadlessTerminal, "log">, basket: Basket): Promise<Sale> {
  const shop = basket.shop ?? shopOf(terminal);
  const cart = cartOf(terminal, { basket, shop });
  return await terminal.log.append({
    build: (numbers) => {
      const shift = basket.shift ?? null;
      const sale = completed(cart, { shop, shift, identity: terminal.identity, numbers });
      return { events: [{ event: sale.sale, type: "sale-completed", body: sale }], value: sale };
    },
  });
}

type Completing = {
  readonly shop: Shop;
  readonly shift: Sale["shift"];
  readonly identity: HeadlessTerminal["identity"];
  readonly numbers: NumberTaker;
};

/** The sale that a paid cart becomes, with the next number of its terminal's series. */
export function completed(cart: Cart, { shop, shift, identity, numbers }: Completing): Sale {
  const { terminal, branch, series } = identity;
  const result = completeSale(cart, priceCart(cart), {
    number: receiptNumber(series, numbers.next(series), numbers.stream),
    branch,
    terminal,
    shift,
    cashier: { staff: shop.cashier.staff as StaffId, name: shop.cashier.name },
    businessDay: businessDay(cart.startedAt, shop.branch.dayChangeHour),
    completedAt: cart.startedAt,
    priceList: shop.list.priceList,
    approvals: [],
  });
  assert(result.ok, `the basket cannot be sold: ${JSON.stringify(result)}`);
  return result.value;
}

/** What a terminal knows of its shop, from its copy. */
export type Shop = {
  readonly merchant: MerchantDocument;
  readonly branch: BranchDocument;
  readonly list: PriceListDocument;
  readonly cashier: StaffDocument;
  readonly variants: readonly VariantDocument[];
  readonly priceOf: (variant: VariantDocument) => PriceDocument["prices"][number]["price"];
  readonly taxes: Readonly<Record<TaxId, Tax>>;
};

export function shopOf({ replica, identity }: Pick<Seller, "replica" | "identity">): Shop {
  const bodies = <T>(channel: string, kind: string): T[] =>
    [...replica.all(channel, kind)].map(({ body }) => body as T);
  const branch = present(bodies<BranchDocument>(`b:${identity.branch}`, "branch")[0], "the branch is in the copy");
  const prices = new Map(
    bodies<PriceDocument>(`p:${branch.priceList}`, "price").map((price) => [price.variant, price]),
  );
  const list = present(
    bodies<PriceListDocument>(`p:${branch.priceList}`, "price-list")[0],
    "the price list is in the copy",
  );
  return {
    merchant: present(bodies<MerchantDocument>(MERCHANT_CHANNEL, "merchant")[0], "the merchant is in the copy"),
    branch,
    list,
    cashier: present(bodies<StaffDocument>(`s:${identity.branch}`, "staff")[0], "staff are in the copy"),
    variants: bodies<VariantDocument>(MERCHANT_CHANNEL, "variant"),
    priceOf: ({ variant }) => present(prices.get(variant)?.prices[0], "the variant has a price").price,
    taxes: taxesOf(bodies<TaxDocument>(MERCHANT_CHANNEL, "tax"), list.includesTax),
  };
}

function taxesOf(documents: readonly TaxDocument[], included: boolean): Record<TaxId, Tax> {
  return Object.fromEntries(
    documents.map(({ rates, ...tax }) => [
      tax.tax,
      { ...tax, included, ...present(rates.at(-1), "the tax has a rate").rate },
    ]),
  );
}

/** A cart with the goods of a basket in it, paid. */
export function cartOf(
  { newId, identity }: Pick<Seller, "newId" | "identity">,
  { basket, shop }: { readonly basket: Basket; readonly shop: Shop },
): Cart {
  const { merchant, branch, list } = shop;
  const rules: PricingRules = {
    currency: merchant.currency,
    exponent: merchant.exponent,
    pricesIncludeTax: list.includesTax,
    taxRounding: merchant.taxRounding,
    rounding: "half-away",
    cashRounding: branch.cashRounding,
  };
  const startedAt = (basket.at ?? new Date().toISOString().replace("Z", "+00:00")) as Cart["startedAt"];
  assert(identity.branch === branch.branch, "the copy is of the terminal's own branch");
  const cart: Cart = {
    sale: newId() as Uuid,
    startedAt,
    rules,
    lines: [
      ...basket.lines.map((line, index) => lineFacts(shop, { ...line, number: index + 1 })),
      ...(basket.returned ?? []).map((line, index) => ({ ...line, line: basket.lines.length + index + 1 })),
    ],
    nextLine: basket.lines.length + (basket.returned?.length ?? 0) + 1,
    orderDiscounts: basket.orderDiscounts ?? [],
    taxes: shop.taxes,
    voids: [],
    tenders: [],
    customer: basket.customer ?? null,
    note: "",
    training: false,
  };
  const { total } = priceCart(cart).totals;
  return { ...cart, tenders: basket.tenders?.(total) ?? [{ kind: "cash", amount: total }] };
}

type Ringing = Basket["lines"][number] & { readonly number: number };

function lineFacts(shop: Shop, { variant, units, discounts, charged, giftCard, name, number }: Ringing): LineFacts {
  const listed = shop.priceOf(variant);
  const quantity = { units, scale: variant.unit.scale, unit: variant.unit.unit };
  return {
    line: number,
    kind: "sale",
    variant: variant.variant,
    name: name ?? variant.name,
    sku: variant.sku,
    category: variant.category,
    quantity,
    stockQuantity: variant.stocked ? quantity : null,
    unitPrice: charged ?? listed,
    ...(charged === undefined || samePrice(charged, listed) ? {} : { override: { listed, reason: "as invoiced" } }),
    discounts: discounts ?? [],
    taxes: variant.taxes,
    ...(giftCard === undefined ? {} : { giftCard }),
  };
}

function samePrice(a: UnitPrice, b: UnitPrice): boolean {
  return a.units === b.units && a.scale === b.scale && a.per === b.per;
}

export function cash(minorUnits: number): Tender {
  return { kind: "cash", amount: amount(minorUnits) };
}
