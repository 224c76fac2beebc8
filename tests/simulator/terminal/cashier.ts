import type { Cart } from "@holdfast/domain/cart/cart";
import { type Instant, localDay } from "@holdfast/domain/kernel/instant";
import { amount } from "@holdfast/domain/money/amount";
import { returnLines, unitsReturned } from "@holdfast/domain/sale/return-lines";
import type { Sale } from "@holdfast/domain/sale/sale";
import type { Tender } from "@holdfast/domain/tender/tender";
import { stockCountedSchema } from "@holdfast/protocol/events/stock";
import { LostWriter } from "@holdfast/sync/event-log";
import { type Basket, cartOf, completed, type Shop, shopOf } from "../../../apps/server/src/testing/make-sale.ts";
import { DiskFailure } from "../disk/sim-database.ts";
import { type Dice, exponential } from "../world/dice.ts";
import type { App, Running } from "./app.ts";
import type { Device } from "./device.ts";

export type CashierOptions = {
  /** Between two customers, on average. */
  readonly paceMs: number;
  /** What else happens at the counters besides sales. */
  readonly habits: Habits;
};

/** Parts of all customers, from 0 to 1; changed by the kinds of day that a run has. */
export type Habits = {
  /** Those who bring goods back that were bought at this very counter. */
  returns: number;
  /** Moments at which the shelf is counted in place of selling. */
  counts: number;
};

const TRIES_MAX = 4;
const TRY_AGAIN_MS = 4_000;

/** The person at a counter: rings up what customers bring, with whatever tab is in front. */
export class Cashier {
  readonly #device: Device;
  readonly #options: CashierOptions;
  readonly #dice: Dice;
  readonly #habitDice: Dice;
  readonly #cameBack = new Map<string, Map<number, number>>();
  #isOpen = true;

  constructor(device: Device, options: CashierOptions) {
    this.#device = device;
    this.#options = options;
    this.#dice = device.dice.fork("cashier");
    this.#habitDice = device.dice.fork("habits");
    this.#next();
  }

  goHome(): void {
    this.#isOpen = false;
  }

  #next(): void {
    const { world } = this.#device.options;
    world.at(exponential(this.#dice, this.#options.paceMs), `${this.#device.name} customer`, () => {
      if (!this.#isOpen) return;
      this.#next();
      const { apps } = this.#device;
      // Mostly the tab in front, now and then one that was left open behind it.
      const app = (this.#dice.chance(0.15) ? apps[this.#dice.below(apps.length)] : apps.at(-1)) ?? null;
      if (app !== null && !app.process.isFrozen) void this.#serve(app).catch((error) => world.fault("cashier", error));
    });
  }

  async #serve(app: App): Promise<void> {
    const { running } = app;
    if (running === null || !running.replica.isComplete(running.identity.channels)) return;
    const shop = shopOf(running);
    const newId = app.newId;
    const at = app.clock().instant();
    const { counts } = this.#options.habits;
    if (counts > 0 && this.#habitDice.chance(counts)) return await this.#count(running, { shop, newId, at });
    const basket = this.#returned(app) ?? this.#basket(shop);
    const cart = cartOf({ newId, identity: running.identity }, { basket: { ...basket, at }, shop });
    await this.#finish(app, { running, cart, shop });
  }

  /** After a failure the cart is as it was, and it is tried again; another window means: take over there. */
  async #finish(app: App, paying: Paying): Promise<void> {
    for (let tries = 1; tries <= TRIES_MAX; tries += 1) {
      try {
        await this.#complete(app, paying);
        return;
      } catch (error) {
        if (error instanceof LostWriter) {
          app.lostWriter();
          return;
        }
        if (!(error instanceof DiskFailure)) throw error;
        app.device.options.world.sometimes("a sale could not be stored");
      }
      await app.process.answer(TRY_AGAIN_MS, "pay again", () => undefined);
    }
  }

  async #complete(app: App, { running, cart, shop }: Paying): Promise<void> {
    const { seams } = app.device.options;
    const { identity, log, store, loop } = running;
    if (loop.isBusy) app.device.options.world.sometimes("a sale was finished during an upload");
    const sale = await log.append({
      build: (numbers) => {
        const made = completed(cart, { shop, shift: null, identity, numbers });
        const named =
          seams.saleId === undefined ? made : { ...made, sale: seams.saleId(made.number.series, made.number.number) };
        app.device.sales.set(named.sale, named);
        if (seams.printsBeforeWriting === true) app.device.print(named);
        return {
          events: [{ event: named.sale, type: "sale-completed", body: named }],
          value: named,
          drafts: { put: [{ draft: named.sale, body: "unprinted" }] },
        };
      },
    });
    await app.paper(store, sale);
  }

  /** Goods of an earlier sale of this counter come back; null where nobody brings any. */
  #returned({ device }: App): Basket | null {
    const { returns } = this.#options.habits;
    if (returns === 0 || !this.#habitDice.chance(returns)) return null;
    const sold = [...device.sales.values()].filter(
      ({ sale, lines }) => device.papers.has(sale) && lines.every(({ kind }) => kind === "sale"),
    );
    if (sold.length === 0) return null;
    const sale = this.#habitDice.pick(sold);
    const line = this.#habitDice.pick(sale.lines);
    const request = { line: line.line, quantity: line.quantity, reason: "does not fit", restock: true };
    const made = returnLines(sale, [request], { returned: this.#cameBack.get(sale.sale) ?? new Map(), known: "own" });
    if (!made.ok) return null;
    device.options.world.sometimes("goods came back");
    this.#cameBack.set(sale.sale, unitsReturned(sale, [{ lines: made.value.lines as Sale["lines"] }]));
    return { lines: [], returned: made.value.lines, tenders: (total) => [{ kind: "cash", amount: amount(total) }] };
  }

  /** Somebody counts what lies on the shelf: what the screen says, or a little less. */
  async #count(running: Running, { shop, newId, at }: Counting): Promise<void> {
    const { world } = this.#device.options;
    const variant = this.#habitDice.pick(shop.variants);
    const shown = Math.max(0, this.#device.app?.onHand(variant.variant) ?? 0);
    const { scale } = variant.unit;
    const found = Math.max(0, shown - this.#habitDice.below(2) * 10 ** scale);
    const body = {
      ...{
        count: newId(),
        branch: running.identity.branch,
        businessDay: localDay(at),
        currency: shop.merchant.currency,
      },
      ...{ by: shop.cashier.staff, at, note: "", lines: [{ variant: variant.variant, units: found, scale }] },
    };
    try {
      await running.log.append({
        build: () => ({
          events: [{ event: newId(), type: "stock-counted", body: stockCountedSchema.parse(body) }],
          value: null,
        }),
      });
      world.sometimes("the shelf was counted");
    } catch (error) {
      if (error instanceof LostWriter) this.#device.app?.lostWriter();
      else if (!(error instanceof DiskFailure)) throw error;
    }
  }

  #basket(shop: Shop): Basket {
    const dice = this.#dice;
    const lines = new Map<number, number>();
    for (let count = dice.between(1, 4); count > 0; count -= 1) {
      // Three goods of the shop make most of its sales.
      const at = dice.chance(0.6) ? dice.below(Math.min(3, shop.variants.length)) : dice.below(shop.variants.length);
      lines.set(at, dice.between(1, 3));
    }
    return {
      lines: [...lines].flatMap(([at, count]) => {
        const variant = shop.variants[at];
        return variant === undefined ? [] : [{ variant, units: count * (variant.unit.scale === 0 ? 1 : 125) }];
      }),
      tenders: (total) => this.#tenders(total),
    };
  }

  /** Cash to the cent or more, a card, or both. */
  #tenders(total: number): Tender[] {
    const dice = this.#dice;
    const cash = (minor: number): Tender => ({ kind: "cash", amount: amount(minor) });
    if (total <= 0 || dice.chance(0.4)) return [cash(total)];
    if (dice.chance(0.4)) return [cash(Math.ceil(total / 500) * 500)];
    const byCard = dice.chance(0.5) ? total : dice.between(1, total);
    const card: Tender = {
      kind: "card",
      amount: amount(byCard),
      reader: "standalone",
      reference: String(dice.between(100_000, 999_999)),
      state: dice.chance(0.8) ? "approved" : "stored-offline",
      attempt: "00000000-0000-7000-8000-000000000000" as Sale["sale"],
    };
    return byCard === total ? [card] : [card, cash(total - byCard)];
  }
}

type Counting = { readonly shop: Shop; readonly newId: App["newId"]; readonly at: Instant };

type Paying = { readonly running: Running; readonly cart: Cart; readonly shop: Shop };
