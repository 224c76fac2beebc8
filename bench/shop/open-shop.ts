import type { ProductId, VariantId } from "@holdfast/domain/catalog/variant";
import type { Uuid } from "@holdfast/domain/kernel/id";
import { day, instant } from "@holdfast/domain/kernel/instant";
import { amount } from "@holdfast/domain/money/amount";
import { currencyCode } from "@holdfast/domain/money/currency";
import type { BranchId, MerchantId, TerminalId } from "@holdfast/domain/party/merchant";
import type { Tax } from "@holdfast/domain/tax/tax";
import { NO_CASH_ROUNDING } from "@holdfast/domain/tender/cash-rounding";
import { plainPrice, savePrices, saveTaxes, saveVariants } from "../../apps/server/src/catalog/write-catalog.ts";
import { inIngestTransaction } from "../../apps/server/src/db/ingest-transaction.ts";
import { publish } from "../../apps/server/src/feed/publish.ts";
import { isoNow, type ServerContext } from "../../apps/server/src/http/server-context.ts";
import { createEnrolmentCode, createTerminal, enrolTerminal } from "../../apps/server/src/party/enrol.ts";
import { addBranch, addPriceList, openMerchant } from "../../apps/server/src/party/open-merchant.ts";
import { addStaff } from "../../apps/server/src/staff/write-staff.ts";
import { takeDelivery } from "../../apps/server/src/stock/take-delivery.ts";
import { pgIngestStore } from "../../apps/server/src/sync/pg-ingest-store.ts";
import { newKey } from "../../apps/server/src/testing/entry-maker.ts";
import type { SignIn } from "../../apps/server/src/testing/office-client.ts";
import { hire } from "../../apps/server/src/testing/office-people.ts";
import { CASHIER, Device } from "./device.ts";
import { type Good, TAXES } from "./goods.ts";

const EUR = currencyCode("EUR");
export const OPENING_STOCK = 1_000_000;
const COST = 100;

export type BenchShop = {
  readonly merchant: MerchantId;
  readonly priceList: Uuid;
  readonly branches: readonly BranchId[];
  readonly goods: readonly Good[];
  readonly devices: readonly Device[];
  /** Who may change prices. */
  readonly owner: SignIn;
};

export type ShopSize = { readonly branches: number; readonly devices: number; readonly goods: number };

/** A merchant with goods on all its shelves and enrolled devices that can sell them. */
export async function openShop(context: ServerContext, size: ShopSize): Promise<BenchShop> {
  const merchant = context.newId() as MerchantId;
  const priceList = context.newId();
  const branches = Array.from({ length: size.branches }, () => context.newId() as BranchId);
  const goods = Array.from({ length: size.goods }, (_, index) => goodOf(context, index));
  const terminals = Array.from({ length: size.devices }, (_, index) => ({
    terminal: context.newId() as TerminalId,
    branch: branches[index % branches.length] as BranchId,
  }));
  await inIngestTransaction(context.pool, async (transaction) => {
    const { tx } = transaction;
    const touched = [
      ...(await openMerchant(tx, merchantFacts(merchant), isoNow(context))),
      ...(await addPriceList(tx, merchant, { priceList, name: "Prices", currency: EUR, includesTax: true })),
      ...(await saveTaxes(tx, merchant, TAXES.map(taxDocument))),
      ...(await saveVariants(
        tx,
        merchant,
        goods.map((good) => variantFacts(context, good)),
      )),
      ...(await addStaff(tx, merchant, CASHIER_FACTS)),
      ...(await savePrices(tx, merchant, { priceList, prices: goods.map(priceOf) })),
    ];
    for (const [index, branch] of branches.entries())
      touched.push(...(await addBranch(tx, merchant, { ...BRANCH, branch, code: `B${index}`, priceList })));
    for (const [index, { terminal, branch }] of terminals.entries())
      await createTerminal(tx, { merchant, terminal, branch, name: `Till ${index + 1}` });
    const store = pgIngestStore(transaction, { merchant, recordedAt: isoNow(context), newId: context.newId });
    for (const branch of branches) await takeDelivery(store, deliveryOf(context, { branch, goods }));
    await publish(tx, { merchant, at: isoNow(context) }, touched);
  });
  const devices: Device[] = [];
  for (const { terminal } of terminals) devices.push(await enrol(context, { merchant, terminal, goods }));
  const slug = merchantFacts(merchant).slug;
  const owner = await hire(context, merchant, { slug, role: "owner", email: "owner@bench.example" });
  return { merchant, priceList, branches, goods, devices, owner };
}

async function enrol(
  context: ServerContext,
  { merchant, terminal, goods }: { merchant: MerchantId; terminal: TerminalId; goods: readonly Good[] },
): Promise<Device> {
  const { key, privateKey } = newKey();
  const { code } = await createEnrolmentCode(context, { merchant, terminal });
  const identity = await enrolTerminal(context, { code, publicKey: key, build: "bench", persisted: true });
  return new Device({ identity, key, privateKey, goods });
}

function goodOf({ newId }: ServerContext, index: number): Good {
  return {
    variant: newId() as VariantId,
    name: `Bench goods ${index}`,
    sku: `B${index}`,
    price: 99 + ((index * 37) % 4_000),
    tax: (TAXES[index % TAXES.length] as Tax).tax,
  };
}

function merchantFacts(merchant: MerchantId): Parameters<typeof openMerchant>[1] {
  const names = { slug: `bench-${merchant}`, name: "Bench", taxNumber: "ATU00000000", country: "AT" };
  return { merchant, ...names, currency: EUR, taxRounding: "document", origin: "bench" };
}

function taxDocument({ included: _, ...tax }: Tax): Parameters<typeof saveTaxes>[2][number] {
  const { kind, ratePpm, ...names } = tax as typeof tax & { kind: "percent"; ratePpm: number };
  return { ...names, rates: [{ from: day("2020-01-01"), to: null, rate: { kind, ratePpm } }] };
}

const CASHIER_FACTS: Parameters<typeof addStaff>[2] = {
  facts: { ...CASHIER, role: "cashier", branches: [], pin: null, signIn: null },
  secrets: { pin: null, passwordHash: null },
};

const BRANCH = {
  ...{ name: "Branch", address: "Street 1", timeZone: "UTC", dayChangeHour: 4 },
  ...{ cashRounding: NO_CASH_ROUNDING, denominations: [], receiptFooter: "" },
};

function variantFacts(
  context: ServerContext,
  { variant, name, sku, tax }: Good,
): Parameters<typeof saveVariants>[2][number] {
  return {
    ...{ variant, product: context.newId() as ProductId, productName: name, name, sku, category: "goods" },
    ...{
      unit: "each",
      unitScale: 0,
      taxes: [tax],
      stocked: true,
      barcodes: [{ code: `27${sku.slice(1).padStart(10, "0")}`, pack: 1 }],
    },
  };
}

function priceOf({ variant, price }: Good): { variant: VariantId; prices: ReturnType<typeof plainPrice> } {
  return { variant, prices: plainPrice({ units: price, scale: 2, per: 1 }) };
}

function deliveryOf(
  context: ServerContext,
  { branch, goods }: { branch: BranchId; goods: readonly Good[] },
): Parameters<typeof takeDelivery>[1] {
  const lines = goods.map(({ variant }) => ({
    variant,
    units: OPENING_STOCK,
    scale: 0,
    value: amount(OPENING_STOCK * COST),
  }));
  return { delivery: context.newId(), branch, arrivedAt: instant(context.now(), 0), currency: EUR, lines };
}
