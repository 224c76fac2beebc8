import { createHash, type KeyObject, randomBytes } from "node:crypto";
import { gzipSync } from "node:zlib";
import type { Cart } from "@holdfast/domain/cart/cart";
import type { LineFacts } from "@holdfast/domain/cart/line";
import { priceCart } from "@holdfast/domain/cart/price-cart";
import { assert } from "@holdfast/domain/kernel/assert";
import { type Uuid, uuidV7 } from "@holdfast/domain/kernel/id";
import { businessDay, instant } from "@holdfast/domain/kernel/instant";
import { amount } from "@holdfast/domain/money/amount";
import { currencyCode } from "@holdfast/domain/money/currency";
import type { BranchId, TerminalId } from "@holdfast/domain/party/merchant";
import { completeSale } from "@holdfast/domain/sale/complete-sale";
import { receiptNumber } from "@holdfast/domain/sale/receipt-number";
import type { Sale } from "@holdfast/domain/sale/sale";
import type { StaffId } from "@holdfast/domain/staff/staff";
import type { Tax, TaxId } from "@holdfast/domain/tax/tax";
import { NO_CASH_ROUNDING } from "@holdfast/domain/tender/cash-rounding";
import type { EnrolReply } from "@holdfast/protocol/enrol";
import type { SignedEntry } from "@holdfast/protocol/entry";
import type { PublicKey } from "@holdfast/protocol/primitives";
import { signText, thumbprint } from "../../apps/server/src/sync/signing.ts";
import { type Good, TAXES } from "./goods.ts";

const LINES = 3;

export type DeviceOptions = {
  readonly identity: EnrolReply;
  readonly key: PublicKey;
  readonly privateKey: KeyObject;
  readonly goods: readonly Good[];
};

/** What a device has sold, to be found in the books. */
export type Sold = { count: number; total: number; readonly unitsByGoods: Map<string, number> };

/** Writes signed sales as a terminal does, only faster: nothing is stored here, and nothing waits. */
export class Device {
  readonly token: string;
  readonly branch: BranchId;
  readonly identity: EnrolReply;
  readonly sold: Sold = { count: 0, total: 0, unitsByGoods: new Map() };
  readonly #options: DeviceOptions;
  #goods: readonly Good[];
  readonly #stream: Uuid = newId();
  #seq = -1;
  #prev = "";

  constructor(options: DeviceOptions) {
    this.#options = options;
    this.#goods = options.goods;
    this.identity = options.identity;
    this.token = options.identity.token;
    this.branch = options.identity.branch as BranchId;
  }

  /** From now on it sells these goods only. */
  sellOnly(goods: readonly Good[]): void {
    this.#goods = goods;
  }

  /** The next sales, with the first entry of the stream before them where it is a new one. */
  entries(count: number): SignedEntry[] {
    const opened = this.#seq < 0 ? [this.#append("stream-opened", newId(), this.#genesis())] : [];
    return [...opened, ...Array.from({ length: count }, () => this.#sale())];
  }

  #sale(): SignedEntry {
    const sale = makeSale(
      { identity: this.identity, goods: this.#goods },
      { stream: this.#stream, number: this.sold.count + 1 },
    );
    this.note(sale);
    return this.#append("sale-completed", sale.sale, sale);
  }

  /** Counts a sale as this device's, whoever wrote it. */
  note(sale: Sale): void {
    this.sold.count += 1;
    this.sold.total += sale.totals.total;
    for (const { variant, quantity } of sale.lines) {
      const key = `${this.branch} ${variant}`;
      this.sold.unitsByGoods.set(key, (this.sold.unitsByGoods.get(key) ?? 0) + quantity.units);
    }
  }

  #genesis(): object {
    const { identity, key } = this.#options;
    const names = { terminal: identity.terminal, build: "bench", key: thumbprint(key) };
    return { ...names, after: null, timeZone: "UTC", persisted: true };
  }

  #append(type: string, event: Uuid, body: unknown): SignedEntry {
    this.#seq += 1;
    const place = { v: 1, stream: this.#stream, seq: this.#seq, prev: this.#prev };
    const raw = JSON.stringify({ ...place, event, type, tv: 1, at: instant(Date.now(), 0), seen: SEEN, body });
    this.#prev = createHash("sha256").update(raw).digest("hex");
    return { raw, sig: signText(raw, this.#options.privateKey) };
  }
}

const SEEN = { m: "bench.1200", p: "bench.1000" };

/** The body of an upload as it travels. */
export function uploadOf(entries: readonly SignedEntry[]): Buffer {
  return gzipSync(entries.map((entry) => JSON.stringify(entry)).join("\n"), { level: 1 });
}

function newId<Id extends Uuid = Uuid>(): Id {
  return uuidV7(Date.now(), randomBytes(10)) as Id;
}

/** A sale of three goods, half of it paid by card and half in cash. */
export function makeSale(
  { identity, goods }: Pick<DeviceOptions, "identity" | "goods">,
  { stream, number }: { readonly stream: Uuid; readonly number: number },
): Sale {
  const startedAt = instant(Date.now(), 0);
  const cart: Cart = {
    ...{ sale: newId(), startedAt, rules: RULES, lines: pickLines(goods), nextLine: LINES + 1, orderDiscounts: [] },
    ...{ taxes: TAXES_BY_ID, voids: [], tenders: [], customer: null, note: "", training: false },
  };
  const priced = priceCart(cart);
  const onCard = Math.floor(priced.totals.total / 2);
  const card = { kind: "card", reader: "standalone", reference: "4711", state: "approved", attempt: newId() } as const;
  const tenders = [
    { ...card, amount: amount(onCard) },
    { kind: "cash", amount: amount(priced.totals.total - onCard) } as const,
  ];
  const completed = completeSale({ ...cart, tenders }, priced, {
    number: receiptNumber(identity.series, number, stream),
    branch: identity.branch as BranchId,
    terminal: identity.terminal as TerminalId,
    shift: null,
    cashier: CASHIER,
    businessDay: businessDay(startedAt, 4),
    completedAt: startedAt,
    priceList: null,
    approvals: [],
  });
  assert(completed.ok, "a sale of the bench completes");
  return completed.value;
}

/** Who rings up every sale; a shop of the bench has to employ them. */
export const CASHIER = { staff: newId<StaffId>(), name: "Bench" };
const TAXES_BY_ID = Object.fromEntries(TAXES.map((tax) => [tax.tax, tax])) as Record<TaxId, Tax>;
const RULES = {
  currency: currencyCode("EUR"),
  exponent: 2,
  pricesIncludeTax: true,
  taxRounding: "document",
  rounding: "half-away",
  cashRounding: NO_CASH_ROUNDING,
} as const;

/** Three different goods, one to three pieces of each. */
function pickLines(goods: readonly Good[]): LineFacts[] {
  const picked = new Set<Good>();
  while (picked.size < LINES) picked.add(goods[Math.floor(Math.random() * goods.length)] as Good);
  return [...picked].map((good, index) => {
    const quantity = { units: 1 + ((good.price + index) % 3), scale: 0, unit: "each" };
    return {
      ...{ line: index + 1, kind: "sale", variant: good.variant, name: good.name, sku: good.sku, category: "goods" },
      ...{ quantity, stockQuantity: quantity, unitPrice: { units: good.price, scale: 2, per: 1 } },
      ...{ discounts: [], taxes: [good.tax] },
    };
  });
}
