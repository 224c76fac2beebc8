import type { Quantity } from "@holdfast/domain/catalog/variant";
import type { Uuid } from "@holdfast/domain/kernel/id";
import { epochMs, type Instant } from "@holdfast/domain/kernel/instant";
import { accept, type Result, refuse } from "@holdfast/domain/kernel/result";
import { type Amount, amount, sumBy } from "@holdfast/domain/money/amount";
import { parseReceiptNumber, receiptNumberToText } from "@holdfast/domain/sale/receipt-number";
import {
  type ReturnableSale,
  type ReturnRefusal,
  type ReturnRequest,
  returnLines,
} from "@holdfast/domain/sale/return-lines";
import type { Sale } from "@holdfast/domain/sale/sale";
import type { TenderKind } from "@holdfast/domain/tender/tender";
import type { CodedSale } from "@holdfast/protocol/receipt-code";
import type { ReadCodeRefusal } from "../receipt/code/receipt-code.ts";
import { addSymbol, joinSymbols, type ReadSymbols } from "../receipt/code/symbols.ts";
import { createValue, type Value } from "../shell/value.ts";
import type { Permit, WantedAct } from "../staff/approvals.ts";
import type { ReturnedGoods } from "./returned-goods.ts";

/** The sale that goods come back from, and how it is known. */
export type Original = {
  readonly sale: ReturnableSale;
  readonly number: string;
  readonly completedAt: Instant;
  readonly total: Amount;
  readonly tenders: readonly { readonly kind: TenderKind; readonly amount: Amount }[];
  readonly known: "own" | "verified";
  readonly returned: ReadonlyMap<number, number>;
};

export type ReturnState =
  /** `symbols` of a receipt that takes several, as far as they were scanned. */
  | { readonly kind: "finding"; readonly symbols: ReadSymbols | null }
  | { readonly kind: "choosing"; readonly original: Original }
  /** No receipt can be read; `number` as far as it was typed. */
  | { readonly kind: "blind"; readonly number: string };

export type FindRefusal =
  | ReadCodeRefusal
  | { readonly kind: "no-receipt-code" }
  /** This till did not make it: its code has to be scanned, or a manager takes the goods back without it. */
  | { readonly kind: "not-here"; readonly number: string }
  | { readonly kind: "not-a-number" }
  | { readonly kind: "undone" }
  | { readonly kind: "nothing-left" }
  | { readonly kind: "other-currency"; readonly currency: string };

export type TakeRefusal =
  | ReturnRefusal
  | { readonly kind: "nothing-chosen" }
  | { readonly kind: "reason-missing" }
  | { readonly kind: "not-allowed" }
  | { readonly kind: "cart-refused" };

export type ReturnDeskPorts = {
  readonly returned: ReturnedGoods;
  /** This till's own sale by the number on its receipt. */
  readonly ownByNumber: (number: string) => Promise<Sale | null>;
  readonly ownById: (sale: Uuid) => Promise<Sale | null>;
  readonly readCode: (text: string) => Promise<Result<CodedSale, ReadCodeRefusal>>;
  readonly permit: (act: WantedAct) => Promise<Permit>;
  readonly currency: () => string;
  readonly nowMs: () => number;
  /** Days in which goods may come back without a manager. */
  readonly returnDays: () => number;
  /** The id the cart has, or will have: what an approval is for. */
  readonly cartId: () => Uuid;
  /** What goods in the cart already give back, below nothing. */
  readonly alreadyBack: () => Amount;
  /** Puts the lines into the cart; false where it would not take them. */
  readonly addToCart: (
    returns: Extract<ReturnType<typeof returnLines>, { readonly ok: true }>["value"],
    approval: Permit,
  ) => boolean;
};

export type ChosenLine = Pick<ReturnRequest, "line" | "quantity" | "restock" | "serials">;

const DAY_MS = 86_400_000;

/** Goods that come back: from which sale, how many of them, and into the cart as lines that repeat its figures. */
export class ReturnDesk {
  readonly #ports: ReturnDeskPorts;
  readonly state: Value<ReturnState> = createValue<ReturnState>({ kind: "finding", symbols: null });

  /** Why the last receipt was not taken, wherever it was scanned. */
  readonly refusal: Value<FindRefusal | null> = createValue<FindRefusal | null>(null);

  constructor(ports: ReturnDeskPorts) {
    this.#ports = ports;
  }

  reset(): void {
    this.refusal.set(null);
    this.state.set({ kind: "finding", symbols: null });
  }

  beginBlind(number: string): void {
    this.refusal.set(null);
    this.state.set({ kind: "blind", number });
  }

  /** A scanned symbol of a receipt. Resolves with null while more of it have to be scanned. */
  async scan(symbol: string): Promise<Result<Original | null, FindRefusal>> {
    const found = await this.#scanned(symbol);
    this.refusal.set(found.ok ? null : found.refusal);
    return found;
  }

  async #scanned(symbol: string): Promise<Result<Original | null, FindRefusal>> {
    const state = this.state.get();
    const symbols = addSymbol(state.kind === "finding" ? state.symbols : null, symbol);
    if (symbols === null) return refuse({ kind: "no-receipt-code" });
    const text = joinSymbols(symbols);
    this.state.set({ kind: "finding", symbols: text === null ? symbols : null });
    if (text === null) return accept(null);
    const read = await this.#ports.readCode(text);
    if (!read.ok) return read;
    // What this till sold itself it knows better than any paper does.
    const own = await this.#ports.ownById(read.value.sale);
    return own === null ? this.#choose({ ...codedOriginal(read.value), known: "verified" }) : this.#chooseOwn(own);
  }

  async findByNumber(text: string): Promise<Result<Original, FindRefusal>> {
    const number = parseReceiptNumber(text);
    if (number === null) return refuse({ kind: "not-a-number" });
    const own = await this.#ports.ownByNumber(receiptNumberToText(number));
    return own === null ? refuse({ kind: "not-here", number: receiptNumberToText(number) }) : this.#chooseOwn(own);
  }

  async findOwn(sale: Uuid): Promise<Result<Original, FindRefusal>> {
    const own = await this.#ports.ownById(sale);
    return own === null ? refuse({ kind: "not-here", number: "" }) : this.#chooseOwn(own);
  }

  #chooseOwn(sale: Sale): Result<Original, FindRefusal> {
    if (sale.postVoidOf !== undefined) return refuse({ kind: "undone" });
    const { completedAt, tenders, totals, rules } = sale;
    const number = receiptNumberToText(sale.number);
    return this.#choose({
      sale,
      number,
      completedAt,
      tenders,
      total: totals.total,
      currency: rules.currency,
      known: "own",
    });
  }

  #choose({
    currency,
    ...found
  }: Omit<Original, "returned"> & { readonly currency: string }): Result<Original, FindRefusal> {
    const { returned } = this.#ports;
    if (currency !== this.#ports.currency()) return refuse({ kind: "other-currency", currency });
    if (returned.isUndone(found.sale.sale)) return refuse({ kind: "undone" });
    const original: Original = { ...found, returned: returned.unitsOf(found.sale) };
    if (returnableLines(original).length === 0) return refuse({ kind: "nothing-left" });
    this.state.set({ kind: "choosing", original });
    return accept(original);
  }

  /** What the chosen goods give back, for the screen; null where they cannot be taken. */
  preview(lines: readonly ChosenLine[]): Amount | null {
    const made = this.#made(lines, "-");
    if (made === null || !made.ok) return null;
    return sumBy(made.value.lines, (line) => line.returned?.incTax ?? amount(0));
  }

  /** Takes the chosen goods back: into the cart, where they can be exchanged for others or paid out. */
  async take(lines: readonly ChosenLine[], reason: string): Promise<Result<null, TakeRefusal>> {
    if (lines.length === 0) return refuse({ kind: "nothing-chosen" });
    if (reason.trim() === "") return refuse({ kind: "reason-missing" });
    const made = this.#made(lines, reason.trim());
    if (made === null) return refuse({ kind: "nothing-chosen" });
    if (!made.ok) return made;
    const value = sumBy(made.value.lines, (line) => line.returned?.incTax ?? amount(0));
    // Whatever comes back in one sale is one act: the cap is on the money that goes out.
    const all = amount(value + this.#ports.alreadyBack());
    const permit = await this.#ports.permit({
      action: "return",
      sale: this.#ports.cartId(),
      amount: all,
      size: this.#sizeOf(all),
    });
    if (!permit.ok) return refuse({ kind: "not-allowed" });
    if (!this.#ports.addToCart(made.value, permit)) return refuse({ kind: "cart-refused" });
    this.reset();
    return accept(null);
  }

  #made(lines: readonly ChosenLine[], reason: string): ReturnType<typeof returnLines> | null {
    const state = this.state.get();
    if (state.kind !== "choosing") return null;
    const { sale, returned, known } = state.original;
    const requests = lines.map((line): ReturnRequest => ({ ...line, reason }));
    return returnLines(sale, requests, { returned, known });
  }

  /** After the days that the branch gives, every return is a manager's. */
  #sizeOf(value: Amount): number {
    const state = this.state.get();
    const days = this.#ports.returnDays();
    const isLate =
      state.kind === "choosing" &&
      days > 0 &&
      this.#ports.nowMs() - epochMs(state.original.completedAt) > days * DAY_MS;
    return isLate ? Number.MAX_SAFE_INTEGER : Math.abs(value);
  }
}

function codedOriginal(coded: CodedSale): Omit<Original, "returned" | "known"> & { readonly currency: string } {
  const { completedAt, tenders, total, currency } = coded;
  return { sale: coded, number: receiptNumberToText(coded.number), completedAt, tenders, total, currency };
}

export type ReturnableLine = {
  readonly line: ReturnableSale["lines"][number];
  /** What may still come back of it. */
  readonly left: Quantity;
};

/** Lines of which something may still come back. */
export function returnableLines({ sale, returned }: Pick<Original, "sale" | "returned">): ReturnableLine[] {
  return sale.lines.flatMap((line) => {
    const units = line.quantity.units - (returned.get(line.line) ?? 0);
    const isGoods = line.kind === "sale" && line.giftCard === undefined && units > 0;
    return isGoods ? [{ line, left: { ...line.quantity, units } }] : [];
  });
}
