import { randomBytes } from "node:crypto";
import type { ProductId, VariantId } from "@holdfast/domain/catalog/variant";
import { day } from "@holdfast/domain/kernel/instant";
import { currencyCode } from "@holdfast/domain/money/currency";
import type { BranchId, MerchantId, TerminalId } from "@holdfast/domain/party/merchant";
import type { StaffId } from "@holdfast/domain/staff/staff";
import type { TaxId } from "@holdfast/domain/tax/tax";
import { plainPrice, savePrices, saveTaxes, saveVariants } from "../../apps/server/src/catalog/write-catalog.ts";
import { inTransaction } from "../../apps/server/src/db/database.ts";
import { publish } from "../../apps/server/src/feed/publish.ts";
import { isoNow, type ServerContext } from "../../apps/server/src/http/server-context.ts";
import { createEnrolmentCode, createTerminal } from "../../apps/server/src/party/enrol.ts";
import { addBranch, addPriceList, openMerchant } from "../../apps/server/src/party/open-merchant.ts";
import { addStaff, type StaffFacts, staffSecrets } from "../../apps/server/src/staff/write-staff.ts";
import type { Invoices } from "./invoices.ts";

const GBP = currencyCode("GBP");
const VAT = "vat-20" as TaxId;
const SERVICES = new Set(["POST", "DOT", "M", "D", "C2", "BANK CHARGES", "AMAZONFEE", "S", "B", "PADS", "CRUK"]);

export type GiftShop = {
  readonly merchant: MerchantId;
  /** Codes with which two devices become its terminals. */
  readonly codes: readonly string[];
  readonly variantOf: (stockCode: string) => VariantId;
};

/** Opens the shop of the invoices: one branch, two terminals, every stock code that was sold as a variant. */
export async function openGiftShop(context: ServerContext, { sales }: Invoices): Promise<GiftShop> {
  const merchant = context.newId() as MerchantId;
  const branch = context.newId() as BranchId;
  const priceList = context.newId();
  const goods = new Map<string, { variant: VariantId; name: string; pence: number }>();
  for (const { StockCode, Description, UnitPrice } of sales.flatMap(({ rows }) => rows)) {
    if (goods.has(StockCode)) continue;
    const pence = Math.round(Number(UnitPrice) * 100);
    goods.set(StockCode, {
      variant: context.newId() as VariantId,
      name: Description || `No description (${StockCode})`,
      pence,
    });
  }
  const seller: StaffFacts = {
    staff: context.newId() as StaffId,
    name: "Shop assistant",
    role: "cashier",
    branches: [branch],
    pin: "1111",
    signIn: null,
  };
  const secrets = await staffSecrets(seller, (count) => randomBytes(count));
  const terminals = [context.newId() as TerminalId, context.newId() as TerminalId];
  await inTransaction(context.db, async (tx) => {
    const touched = [
      ...(await openMerchant(tx, merchantFacts(merchant, context), isoNow(context))),
      ...(await addPriceList(tx, merchant, { priceList, name: "Invoiced prices", currency: GBP, includesTax: true })),
      ...(await addBranch(tx, merchant, branchFacts(branch, priceList))),
      ...(await addStaff(tx, merchant, { facts: seller, secrets })),
      ...(await saveTaxes(tx, merchant, [vat()])),
      ...(await saveVariants(
        tx,
        merchant,
        [...goods].map(([code, good]) => variantFacts(code, { ...good, product: context.newId() as ProductId })),
      )),
      ...(await savePrices(tx, merchant, {
        priceList,
        prices: [...goods.values()].map(({ variant, pence }) => ({
          variant,
          prices: plainPrice({ units: pence, scale: 2, per: 1 }),
        })),
      })),
    ];
    for (const [index, terminal] of terminals.entries())
      await createTerminal(tx, { merchant, terminal, branch, name: `Counter ${index + 1}` });
    await publish(tx, { merchant, at: isoNow(context) }, touched);
  });
  const codes: string[] = [];
  for (const terminal of terminals) codes.push((await createEnrolmentCode(context, { merchant, terminal })).code);
  return { merchant, codes, variantOf: (code) => (goods.get(code) as { variant: VariantId }).variant };
}

function merchantFacts(
  merchant: MerchantId,
  { randomBytes: random }: ServerContext,
): Parameters<typeof openMerchant>[1] {
  return {
    merchant,
    slug: `gift-shop-${merchant.slice(-6)}`,
    name: "Gift shop",
    taxNumber: "GB000000000",
    country: "GB",
    currency: GBP,
    taxRounding: "document",
    origin: Buffer.from(random(5)).toString("hex"),
  };
}

function branchFacts(
  branch: BranchId,
  priceList: Parameters<typeof addPriceList>[2]["priceList"],
): Parameters<typeof addBranch>[2] {
  return {
    branch,
    code: "GIFT",
    name: "Gift shop",
    address: "London",
    timeZone: "Europe/London",
    dayChangeHour: 4,
    priceList,
    cashRounding: { increment: 1, method: "half-up", changeMethod: "half-up" },
    denominations: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000],
    receiptFooter: "",
  };
}

function vat(): Parameters<typeof saveTaxes>[2][number] {
  const rates = [{ from: day("2008-12-01"), to: null, rate: { kind: "percent" as const, ratePpm: 200_000 } }];
  return { tax: VAT, name: "VAT 20 %", category: "S", jurisdiction: "GB", compound: false, onPrevious: false, rates };
}

type Good = { variant: VariantId; product: ProductId; name: string };

function variantFacts(code: string, { variant, product, name }: Good): Parameters<typeof saveVariants>[2][number] {
  return {
    variant,
    product,
    productName: name,
    name,
    sku: code,
    category: null,
    unit: "each",
    unitScale: 0,
    taxes: [VAT],
    stocked: !SERVICES.has(code) && !code.startsWith("gift_"),
    barcodes: [{ code, pack: 1 }],
  };
}
