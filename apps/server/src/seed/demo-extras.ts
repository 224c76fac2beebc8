import { labelRulesOf } from "@holdfast/domain/catalog/barcode/label-rule";
import type { VariantId } from "@holdfast/domain/catalog/variant";
import type { Uuid } from "@holdfast/domain/kernel/id";
import { businessDay, instant } from "@holdfast/domain/kernel/instant";
import { amount } from "@holdfast/domain/money/amount";
import type { CurrencyCode } from "@holdfast/domain/money/currency";
import type { BranchId, MerchantId, TerminalId } from "@holdfast/domain/party/merchant";
import { branchChannel } from "@holdfast/protocol/channel";
import { sql } from "kysely";
import { plainPrice, savePrices, saveVariants } from "../catalog/write-catalog.ts";
import type { IngestTransaction } from "../db/ingest-transaction.ts";
import type { DocumentKey } from "../feed/project.ts";
import { isoNow, type ServerContext } from "../http/server-context.ts";
import { addPriceList } from "../party/open-merchant.ts";
import { saveCustomer } from "../party/write-customer.ts";
import { recallGoods, saveCoupon, savePromotion } from "../pricing/write-promotion.ts";
import { takeDelivery } from "../stock/take-delivery.ts";
import { pgIngestStore } from "../sync/pg-ingest-store.ts";
import { allotTo } from "../tender/allot.ts";
import { openStoredValue } from "../tender/open-stored-value.ts";
import { demoCustomers } from "./demo-customers.ts";
import { specialGoods } from "./demo-goods-more.ts";
import { DEMO_COUPON, demoPromotions } from "./demo-promotions.ts";

export type DemoShop = {
  readonly context: ServerContext;
  readonly merchant: MerchantId;
  readonly branches: readonly BranchId[];
  readonly priceList: Uuid;
  readonly currency: CurrencyCode;
  readonly terminals: readonly TerminalId[];
  readonly shelf: readonly { readonly name: string; readonly variant: VariantId; readonly price: number }[];
};

const OPENING_STOCK = 20;

/** Everything that a shop has beside its shelf: special goods, customers, promotions, cards, what is recalled. */
export async function addDemoExtras(transaction: IngestTransaction, shop: DemoShop): Promise<DocumentKey[]> {
  const { tx } = transaction;
  const { context, merchant, shelf } = shop;
  const scope = { merchant, at: isoNow(context) };
  const variantOf = (name: string): VariantId => {
    const found = shelf.find((good) => good.name === name);
    if (found === undefined) throw new Error(`the demo shop has no ${name}`);
    return found.variant;
  };
  const touched = [
    ...(await addSpecialGoods(transaction, shop, variantOf)),
    ...(await addTradeCustomers(transaction, shop)),
  ];
  for (const promotion of demoPromotions(context.newId, variantOf))
    touched.push(...(await savePromotion(tx, merchant, { promotion, edition: 1, endedAt: null })));
  touched.push(...(await saveCoupon(tx, merchant, DEMO_COUPON)));
  const recall = {
    recall: context.newId(),
    variant: variantOf("Goat cheese log 180 g"),
    lot: "L2644",
    reason: "Metal splinters",
  };
  touched.push(...(await recallGoods(tx, scope, recall)));
  touched.push(...(await setUpBranches(transaction, shop)), ...(await addCards(transaction, shop)));
  return touched;
}

async function addSpecialGoods(
  transaction: IngestTransaction,
  { context, merchant, branches, priceList, currency }: DemoShop,
  variantOf: (name: string) => VariantId,
): Promise<DocumentKey[]> {
  const { tx } = transaction;
  const goods = specialGoods({ newId: context.newId, variantOf });
  const prices = goods.map(({ facts, price }) => ({
    variant: facts.variant,
    prices: plainPrice({ units: price, scale: 2, per: 1 }),
  }));
  const touched = [
    ...(await saveVariants(
      tx,
      merchant,
      goods.map(({ facts }) => facts),
    )),
    ...(await savePrices(tx, merchant, { priceList, prices })),
  ];
  const store = pgIngestStore(transaction, { merchant, recordedAt: isoNow(context), newId: context.newId });
  const lines = goods.flatMap(({ facts, cost }) =>
    cost === null
      ? []
      : [{ variant: facts.variant, units: OPENING_STOCK, scale: 0, value: amount(OPENING_STOCK * cost) }],
  );
  for (const branch of branches)
    await takeDelivery(store, {
      delivery: context.newId(),
      branch,
      arrivedAt: instant(context.now(), 0),
      currency,
      lines,
    });
  return touched;
}

/** Trade prices are a tenth below those of the shop, on a list of their own. */
async function addTradeCustomers(
  { tx }: IngestTransaction,
  { context, merchant, currency, shelf }: DemoShop,
): Promise<DocumentKey[]> {
  const priceList = context.newId();
  const prices = shelf.map(({ variant, price }) => ({
    variant,
    prices: plainPrice({ units: Math.round((price * 9) / 10), scale: 2, per: 1 }),
  }));
  const touched = [
    ...(await addPriceList(tx, merchant, { priceList, name: "Trade prices", currency, includesTax: true })),
    ...(await savePrices(tx, merchant, { priceList, prices })),
  ];
  for (const customer of demoCustomers(context.newId, priceList))
    touched.push(...(await saveCustomer(tx, { merchant, at: isoNow(context) }, customer)));
  return touched;
}

/** Labels as German scales print them, and a page of favourites for the counter. */
async function setUpBranches(
  { tx }: IngestTransaction,
  { merchant, branches, shelf }: DemoShop,
): Promise<DocumentKey[]> {
  const variants = shelf.filter(({ name }) => FAVOURITES.has(name)).map(({ variant }) => variant);
  const settings = { labelRules: labelRulesOf("DE"), favourites: [{ name: "Counter", variants }] };
  await sql`
    UPDATE branch SET settings = settings || ${JSON.stringify(settings)}::jsonb WHERE merchant = ${merchant}`.execute(
    tx,
  );
  return branches.map((branch) => ({ channel: branchChannel(branch), kind: "branch", id: branch }));
}

const FAVOURITES = new Set([
  "Sourdough loaf 750 g",
  "Butter croissant",
  "Pain au chocolat",
  "Bagel, sesame",
  "Flat white, to go",
  "Espresso, to go",
  "Whole milk 1 l",
  "Still water 1.5 l",
  "Cola 0.5 l",
  "Bananas, fair trade",
  "Mountain cheese",
  "Tote bag, cotton",
]);

/** A gift card of which the first till may spend a part with no line, and a store credit. */
async function addCards(
  transaction: IngestTransaction,
  { context, merchant, branches, currency, terminals }: DemoShop,
): Promise<DocumentKey[]> {
  const store = pgIngestStore(transaction, { merchant, recordedAt: isoNow(context), newId: context.newId });
  const at = instant(context.now(), 0);
  const happening = { branch: branches[0] as BranchId, postingDay: businessDay(at, 0), occurredAt: at, currency };
  await openStoredValue(store, { source: context.newId(), happening }, [
    { kind: "gift-card", code: "GC10000001", amount: amount(5_000) },
    { kind: "store-credit", code: "SC20000001", amount: amount(1_250) },
  ]);
  const documents: DocumentKey[] = [];
  for (const terminal of terminals.slice(0, 1)) {
    const request = { transfer: context.newId(), terminal, kind: "gift-card" as const, code: "GC10000001" };
    documents.push(...(await allotTo(store.day, { ...request, wanted: amount(2_000), at })).documents);
  }
  return documents;
}
