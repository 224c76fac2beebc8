import type { ProductId, VariantId } from "@holdfast/domain/catalog/variant";
import type { Uuid } from "@holdfast/domain/kernel/id";
import { day, instant } from "@holdfast/domain/kernel/instant";
import { amount } from "@holdfast/domain/money/amount";
import { currencyCode } from "@holdfast/domain/money/currency";
import type { BranchId, MerchantId, TerminalId } from "@holdfast/domain/party/merchant";
import type { Role, StaffId } from "@holdfast/domain/staff/staff";
import type { TaxId } from "@holdfast/domain/tax/tax";
import { sql } from "kysely";
import { plainPrice, savePrices, saveTaxes, saveVariants, type VariantFacts } from "../catalog/write-catalog.ts";
import type { Tx } from "../db/database.ts";
import { type IngestTransaction, inIngestTransaction } from "../db/ingest-transaction.ts";
import { publish } from "../feed/publish.ts";
import { isoNow, type ServerContext } from "../http/server-context.ts";
import { createTerminal } from "../party/enrol.ts";
import { addBranch, addPriceList, openMerchant } from "../party/open-merchant.ts";
import { addStaff, type StaffFacts, staffSecrets } from "../staff/write-staff.ts";
import { takeDelivery } from "../stock/take-delivery.ts";
import { pgIngestStore } from "../sync/pg-ingest-store.ts";
import { addDemoExtras } from "./demo-extras.ts";
import { DEMO_GOODS } from "./demo-goods.ts";
import { weightLabelKey } from "./demo-goods-more.ts";

export const DEMO_SLUG = "demo";
export const DEMO_OWNER = { email: "owner@harbour-stores.example", password: "holdfast-demo" } as const;

/** People of the demo shop with the PINs that the README prints. */
export const DEMO_STAFF: readonly { name: string; role: Role; pin: string }[] = [
  { name: "Mia Berger", role: "cashier", pin: "1111" },
  { name: "Omar Haddad", role: "supervisor", pin: "2222" },
  { name: "Ines Duarte", role: "manager", pin: "3333" },
  { name: "Robin Vale", role: "owner", pin: "9999" },
];

const EUR = currencyCode("EUR");
const OPENING_STOCK = 40;
const VAT = { 20: "vat-20" as TaxId, 10: "vat-10" as TaxId } as const;

/**
 * Opens the demo merchant unless it is there: two branches, three terminals, a shelf of goods with stock.
 * @param extras customers, promotions, cards and special goods as well
 */
export async function openDemo(
  context: ServerContext,
  { extras }: { readonly extras: boolean } = { extras: true },
): Promise<MerchantId> {
  const existing = await demoMerchant(context);
  if (existing !== null) return existing;
  const merchant = context.newId() as MerchantId;
  const branches = [context.newId() as BranchId, context.newId() as BranchId] as const;
  const people = await Promise.all(
    staffFacts(context, branches).map(async (facts) => ({
      facts,
      secrets: await staffSecrets(facts, context.randomBytes),
    })),
  );
  await inIngestTransaction(context.pool, async (transaction) => {
    const { tx } = transaction;
    const scope = { context, merchant, branches, priceList: context.newId() };
    const touched = [...(await openPlaces(tx, scope))];
    const shelf = await fillShelf(transaction, scope);
    touched.push(...shelf.touched);
    for (const person of people) touched.push(...(await addStaff(tx, merchant, person)));
    const terminals: TerminalId[] = [];
    for (const [branch, name] of [
      [branches[0], "Harbour 1"],
      [branches[0], "Harbour 2"],
      [branches[1], "Hill 1"],
    ] as const) {
      const terminal = context.newId() as TerminalId;
      await createTerminal(tx, { merchant, terminal, branch, name });
      terminals.push(terminal);
    }
    const shop = { ...scope, currency: EUR, terminals, shelf: shelf.goods };
    if (extras) touched.push(...(await addDemoExtras(transaction, shop)));
    await publish(tx, { merchant, at: isoNow(context) }, touched);
  });
  return merchant;
}

async function demoMerchant({ db }: ServerContext): Promise<MerchantId | null> {
  const { rows } = await sql<{ merchant: MerchantId }>`SELECT merchant FROM merchant WHERE slug = ${DEMO_SLUG}`.execute(
    db,
  );
  return rows[0]?.merchant ?? null;
}

type Scope = {
  readonly context: ServerContext;
  readonly merchant: MerchantId;
  readonly branches: readonly [BranchId, BranchId];
  readonly priceList: Uuid;
};

async function openPlaces(tx: Tx, { context, merchant, branches, priceList }: Scope) {
  const facts = {
    merchant,
    slug: DEMO_SLUG,
    name: "Harbour Stores Ltd",
    taxNumber: "ATU00000000",
    country: "AT",
    currency: EUR,
    taxRounding: "document" as const,
    origin: Buffer.from(context.randomBytes(5)).toString("hex"),
  };
  const branch = (index: 0 | 1, code: string, place: { name: string; address: string }) => ({
    branch: branches[index],
    code,
    ...place,
    timeZone: "Europe/Vienna",
    dayChangeHour: 4,
    priceList,
    cashRounding: { increment: 1, method: "half-up" as const, changeMethod: "half-up" as const },
    denominations: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000],
    receiptFooter: "Thank you. Goods may be returned within 30 days with this receipt.",
  });
  const list = { priceList, name: "Shop prices", currency: EUR, includesTax: true };
  return [
    ...(await openMerchant(tx, facts, isoNow(context))),
    ...(await addPriceList(tx, merchant, list)),
    ...(await addBranch(
      tx,
      merchant,
      branch(0, "HAR", { name: "Harbour Street", address: "Harbour Street 12, 1020 Vienna" }),
    )),
    ...(await addBranch(
      tx,
      merchant,
      branch(1, "HIL", { name: "Hill Market", address: "Hill Market 3, 1180 Vienna" }),
    )),
  ];
}

async function fillShelf(transaction: IngestTransaction, { context, merchant, branches, priceList }: Scope) {
  const { tx } = transaction;
  const taxes = ([20, 10] as const).map((percent) => ({
    tax: VAT[percent],
    name: `VAT ${percent} %`,
    category: "S" as const,
    jurisdiction: "AT",
    compound: false,
    onPrevious: false,
    rates: [{ from: day("2020-01-01"), to: null, rate: { kind: "percent" as const, ratePpm: percent * 10_000 } }],
  }));
  const shelf = DEMO_GOODS.map((good, index) => ({ good, variant: variantFacts(context, { good, index }) }));
  const prices = shelf.map(({ good, variant }) => ({
    variant: variant.variant,
    prices: plainPrice({ units: good.price, scale: 2, per: 1 }),
  }));
  const touched = [
    ...(await saveTaxes(tx, merchant, taxes)),
    ...(await saveVariants(
      tx,
      merchant,
      shelf.map(({ variant }) => variant),
    )),
    ...(await savePrices(tx, merchant, { priceList, prices })),
  ];
  const store = pgIngestStore(transaction, { merchant, recordedAt: isoNow(context), newId: context.newId });
  for (const branch of branches) {
    const lines = shelf.map(({ good, variant }) => ({
      variant: variant.variant,
      units: OPENING_STOCK * 10 ** variant.unitScale,
      scale: variant.unitScale,
      value: amount(OPENING_STOCK * good.cost),
    }));
    await takeDelivery(store, {
      delivery: context.newId(),
      branch,
      arrivedAt: instant(context.now(), 0),
      currency: EUR,
      lines,
    });
  }
  const goods = shelf.map(({ good, variant }) => ({ name: good.name, variant: variant.variant, price: good.price }));
  return { touched, goods };
}

function variantFacts(
  context: ServerContext,
  { good, index }: { good: (typeof DEMO_GOODS)[number]; index: number },
): VariantFacts {
  return {
    variant: context.newId() as VariantId,
    product: context.newId() as ProductId,
    productName: good.name,
    name: good.name,
    sku: String(1001 + index),
    category: good.category,
    unit: good.weighed === true ? "kg" : "each",
    unitScale: good.weighed === true ? 3 : 0,
    taxes: [VAT[good.vat]],
    stocked: true,
    barcodes: [{ code: good.barcode, pack: 1 }, ...labelCode(good, index)],
  };
}

/** Weighed goods are also known by the label that the scale prints. */
function labelCode({ weighed }: (typeof DEMO_GOODS)[number], index: number): { code: string; pack: number }[] {
  return weighed === true ? [{ code: weightLabelKey(String(1001 + index)), pack: 1 }] : [];
}

function staffFacts(context: ServerContext, branches: readonly BranchId[]): StaffFacts[] {
  return DEMO_STAFF.map(({ name, role, pin }) => ({
    staff: context.newId() as StaffId,
    name,
    role,
    branches,
    pin,
    signIn: role === "owner" ? DEMO_OWNER : null,
  }));
}
