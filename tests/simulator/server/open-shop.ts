import type { ProductId, VariantId } from "@holdfast/domain/catalog/variant";
import { type Uuid, uuidV7 } from "@holdfast/domain/kernel/id";
import { instant } from "@holdfast/domain/kernel/instant";
import { amount } from "@holdfast/domain/money/amount";
import type { BranchId, MerchantId, TerminalId } from "@holdfast/domain/party/merchant";
import type { StaffId } from "@holdfast/domain/staff/staff";
import type { TaxId } from "@holdfast/domain/tax/tax";
import { branchChannel, MERCHANT_CHANNEL, priceChannel, staffChannel } from "@holdfast/protocol/channel";
import type { DocumentKind, DocumentOf } from "@holdfast/protocol/documents";
import { defaultBranchSettings } from "../../../apps/server/src/party/branch-settings.ts";
import { takeDelivery } from "../../../apps/server/src/stock/take-delivery.ts";
import type { MemoryDatabase } from "../../../apps/server/src/testing/memory-database.ts";
import { memoryIngestStore } from "../../../apps/server/src/testing/memory-ingest-store.ts";
import { MemoryTransaction } from "../../../apps/server/src/testing/memory-table.ts";
import type { Dice } from "../world/dice.ts";

/** Names of what the simulated shop consists of. */
export type ShopIds = {
  readonly merchant: MerchantId;
  readonly branches: readonly BranchId[];
  readonly priceList: Uuid;
  readonly variants: readonly VariantId[];
  readonly terminals: readonly TerminalId[];
};

export type ShopSize = { readonly branches: number; readonly terminals: number; readonly variants: number };

export function makeShopIds(dice: Dice, epochMs: number, size: ShopSize): ShopIds {
  const ids = <Id extends Uuid>(count: number): Id[] =>
    Array.from({ length: count }, () => uuidV7(epochMs, dice.bytes(10)) as Id);
  return {
    merchant: uuidV7(epochMs, dice.bytes(10)) as MerchantId,
    priceList: uuidV7(epochMs, dice.bytes(10)),
    branches: ids(size.branches),
    variants: ids(size.variants),
    terminals: ids(size.terminals),
  };
}

/** So many units of everything are on the shelf when the shop opens. */
const OPENING_UNITS = 200;
const TAXES = [20, 10] as const;

/** Fills an empty database with a shop: its branches, goods, prices, staff, terminals and first delivery. */
export async function openShop(db: MemoryDatabase, shop: ShopIds, epochMs: number): Promise<void> {
  for (const branch of shop.branches) db.branches.set(branch, branch);
  for (const variant of shop.variants) db.variants.set(variant, { variant, scale: scaleOf(shop, variant) });
  for (const [index, terminal] of shop.terminals.entries()) {
    const branch = branchOf(shop, index);
    db.terminals.set(terminal, { terminal, branch, series: `T${index + 1}`, keys: [], revoked: false });
  }
  for (const { channel, kind, id, body } of documentsOf(shop)) {
    const rev = (db.heads.get(channel) ?? 0) + 1;
    db.heads.set(channel, rev);
    db.feed.set(`${channel} ${kind} ${id}`, { channel, kind, id, rev, body });
  }
  for (const branch of shop.branches) await deliverFirst(db, shop, { branch, epochMs });
}

export function branchOf({ branches }: ShopIds, index: number): BranchId {
  return branches[index % branches.length] as BranchId;
}

/** Every fourth good is weighed. */
export function scaleOf({ variants }: ShopIds, variant: VariantId): number {
  return variants.indexOf(variant) % 4 === 3 ? 3 : 0;
}

export type Place = { readonly branch: BranchId; readonly epochMs: number };

async function deliverFirst(db: MemoryDatabase, shop: ShopIds, { branch, epochMs }: Place): Promise<void> {
  const tx = new MemoryTransaction();
  const at = new Date(epochMs).toISOString();
  await takeDelivery(memoryIngestStore(db, tx, at), firstDelivery(shop, { branch, epochMs }));
  tx.commit();
}

/** What is on the shelf when the shop opens. */
export function firstDelivery(shop: ShopIds, { branch, epochMs }: Place): Parameters<typeof takeDelivery>[1] {
  return {
    delivery: `${branch.slice(0, -4)}d0d0` as Uuid,
    branch,
    arrivedAt: instant(epochMs, 60),
    currency: "EUR" as Parameters<typeof takeDelivery>[1]["currency"],
    lines: shop.variants.map((variant, index) => {
      const scale = scaleOf(shop, variant);
      return { variant, scale, units: OPENING_UNITS * 10 ** scale, value: amount(OPENING_UNITS * (100 + 37 * index)) };
    }),
  };
}

type Published = { readonly channel: string; readonly kind: DocumentKind; readonly id: string; readonly body: unknown };

function published<Kind extends DocumentKind>(
  channel: string,
  kind: Kind,
  { id, body }: { readonly id: string; readonly body: DocumentOf<Kind> },
): Published {
  return { channel, kind, id, body };
}

function documentsOf(shop: ShopIds): Published[] {
  const { merchant, branches, variants, priceList } = shop;
  const common = { jurisdiction: "", compound: false, onPrevious: false, category: "S" as const };
  return [
    published(MERCHANT_CHANNEL, "merchant", {
      id: merchant,
      body: {
        merchant,
        name: "Simulated Goods",
        taxNumber: "",
        currency: "EUR" as DocumentOf<"merchant">["currency"],
        exponent: 2,
        country: "AT",
        taxRounding: "document",
      },
    }),
    ...TAXES.map((percent) => published(MERCHANT_CHANNEL, "tax", { id: taxId(percent), body: taxBody(percent) })),
    ...variants.map((variant, index) =>
      published(MERCHANT_CHANNEL, "variant", { id: variant, body: variantBody(shop, variant, index) }),
    ),
    ...branches.flatMap((branch, index) => branchDocuments(shop, branch, index)),
    published(priceChannel(priceList), "price-list", {
      id: priceList,
      body: {
        priceList,
        name: "Shelf",
        currency: "EUR" as DocumentOf<"price-list">["currency"],
        includesTax: true,
      },
    }),
    ...variants.map((variant, index) => priceDocument(priceList, variant, 149 + 83 * index)),
  ];

  function taxBody(percent: number): DocumentOf<"tax"> {
    const rate = { kind: "percent" as const, ratePpm: percent * 10_000 };
    const from = "2020-01-01" as DocumentOf<"tax">["rates"][number]["from"];
    return { ...common, tax: taxId(percent), name: `VAT ${percent} %`, rates: [{ from, to: null, rate }] };
  }
}

function taxId(percent: number): TaxId {
  return `vat-${percent}` as TaxId;
}

function variantBody(shop: ShopIds, variant: VariantId, index: number): DocumentOf<"variant"> {
  const scale = scaleOf(shop, variant);
  return {
    variant,
    product: variant as Uuid as ProductId,
    name: `Good ${index + 1}`,
    sku: `G${index + 1}`,
    category: null,
    unit: { unit: scale === 0 ? "each" : "kg", scale },
    taxes: [taxId(index % 2 === 0 ? 20 : 10)],
    stocked: true,
    barcodes: [],
  };
}

function branchDocuments({ priceList }: ShopIds, branch: BranchId, index: number): Published[] {
  const staff = `${branch.slice(0, -4)}57af` as Uuid as StaffId;
  return [
    published(branchChannel(branch), "branch", {
      id: branch,
      body: {
        branch,
        code: `B${index + 1}`,
        name: `Branch ${index + 1}`,
        address: "",
        timeZone: "Europe/Vienna",
        dayChangeHour: 4,
        priceList,
        ...defaultBranchSettings("AT", "EUR" as DocumentOf<"merchant">["currency"]),
      },
    }),
    published(staffChannel(branch), "staff", {
      id: staff,
      body: { staff, name: `Cashier ${index + 1}`, role: "cashier", pin: null },
    }),
  ];
}

export function priceDocument(priceList: Uuid, variant: VariantId, minor: number): Published {
  return published(priceChannel(priceList), "price", {
    id: variant,
    body: { variant, prices: [{ price: { units: minor, scale: 2, per: 1 }, from: null, to: null, minQuantity: 0 }] },
  });
}
