import type { VariantId } from "@holdfast/domain/catalog/variant";
import { assert } from "@holdfast/domain/kernel/assert";
import type { Sale } from "@holdfast/domain/sale/sale";
import { branchChannel } from "@holdfast/protocol/channel";
import { LostWriter } from "@holdfast/sync/event-log";
import { Checkout } from "../cart/checkout.ts";
import { completedCart } from "../cart/complete-cart.ts";
import { Desk } from "../cart/desk.ts";
import { cartOf, type DeskState } from "../cart/desk-state.ts";
import { keptWork } from "../cart/draft.ts";
import { DraftKeeper } from "../cart/draft-keeper.ts";
import type { GuardedActs } from "../cart/guarded-acts.ts";
import type { News } from "../cart/news.ts";
import type { SuspendedCarts } from "../cart/suspended-carts.ts";
import { BestSellers } from "../catalog/best-sellers.ts";
import type { Promotions } from "../catalog/promotions.ts";
import type { Customers } from "../customer/customers.ts";
import { type BrowserPrinter, browserPrinter } from "../devices/printer/browser.ts";
import { chosenPrinter } from "../devices/printer/chosen.ts";
import type { Printer } from "../devices/printer/printer.ts";
import { type SimulatedPrinter, simulatedPrinter } from "../devices/printer/simulated.ts";
import type { SimulatedReader } from "../devices/reader/simulated.ts";
import { chosenScale } from "../devices/scale/chosen.ts";
import type { Scale } from "../devices/scale/scale.ts";
import { type SimulatedScale, simulatedScale } from "../devices/scale/simulated.ts";
import { createSpeaker, type Speaker, type Tone } from "../devices/sound/sound.ts";
import type { ReceiptPaper } from "../receipt/paper.ts";
import type { Papers } from "../receipt/papers.ts";
import { openReturns } from "../return/open-returns.ts";
import type { ReturnDesk } from "../return/return-desk.ts";
import type { ReturnedGoods } from "../return/returned-goods.ts";
import { OwnSales } from "../sale/own-sales.ts";
import { type SaleMaking, storeSale } from "../sale/store-sale.ts";
import { type Unprinted, unprintedSales } from "../sale/unprinted.ts";
import type { Approvals } from "../staff/approvals.ts";
import { OwnStock } from "../stock/own-stock.ts";
import type { CardPayments } from "../tender/card-payments.ts";
import type { OwnTenders } from "../tender/own-tenders.ts";
import type { Trust } from "../tender/trust.ts";
import type { OwnTill } from "../till/own-till.ts";
import type { Language } from "./boot.ts";
import { BUILD } from "./build.ts";
import { openCartParts } from "./cart-parts.ts";
import { type Idle, watchIdle } from "./idle.ts";
import { Keyboard } from "./keyboard.ts";
import { openPayParts } from "./pay-parts.ts";
import type { Place } from "./screens.ts";
import { Session } from "./session.ts";
import { readSettings, type Settings, writeSettings } from "./settings.ts";
import type { Shop } from "./shop.ts";
import type { Terminal } from "./terminal.ts";
import { openTillParts, recordCopy, type TillParts } from "./till-parts.ts";
import { openTraining, type Training } from "./training.ts";
import { type Updates, watchUpdates } from "./update.ts";
import { createValue, type Value } from "./value.ts";

/** A piece of news with its place in the order in which they came. */
export type Told = { readonly id: number; readonly news: News };

/** Everything a cashier works with, once the shop is here. */
export type Counter = {
  readonly terminal: Terminal;
  readonly shop: () => Shop;
  readonly session: Session;
  readonly desk: Desk;
  readonly checkout: Checkout;
  readonly acts: GuardedActs;
  readonly suspended: SuspendedCarts;
  readonly customers: Customers;
  readonly promotions: Promotions;
  readonly keeper: DraftKeeper;
  readonly sales: OwnSales;
  /** Resolves when the sale is numbered and on the disk. */
  readonly storeSale: (making: SaleMaking) => Promise<Sale>;
  readonly unprinted: Unprinted;
  readonly stock: OwnStock;
  readonly bestSellers: BestSellers;
  readonly till: OwnTill;
  readonly approvals: Approvals;
  readonly papers: Papers;
  readonly returns: ReturnDesk;
  readonly returned: ReturnedGoods;
  readonly terminalOf: TillParts["terminalOf"];
  readonly printer: SimulatedPrinter;
  readonly browserPrinter: BrowserPrinter;
  /** The printer that this till really has. */
  readonly output: Printer;
  readonly reader: SimulatedReader;
  /** The scale that this till really has, and the one for trying things out. */
  readonly scale: Scale;
  readonly virtualScale: SimulatedScale;
  readonly cards: CardPayments;
  readonly trust: Trust;
  readonly training: Training;
  readonly tenders: OwnTenders;
  readonly speaker: Speaker;
  readonly keyboard: Keyboard;
  readonly updates: Updates;
  readonly settings: Value<Settings>;
  readonly place: Value<Place>;
  /** The latest that happened; null once it was taken note of. */
  readonly told: Value<Told | null>;
  readonly tell: (news: News) => void;
  /** A receipt as it would come out of the printer now. */
  readonly paperOf: (sale: Sale, options: { readonly copy: boolean }) => Promise<ReceiptPaper>;
  readonly close: () => Promise<void>;
};

export type CounterPorts = {
  readonly terminal: Terminal;
  readonly language: Language;
  /** Another window writes this terminal's log by now. */
  readonly onLost: () => void;
};

/** Nobody touched the till for so long: a good moment to update. */
const QUIET_MS = 60_000;

export async function openCounter({ terminal, language, onLost }: CounterPorts): Promise<Counter> {
  const { log, store, clock, keys, newId, identity } = terminal;
  const shop = (): Shop => {
    const known = terminal.shop.get();
    assert(known !== null, "the counter opens once the shop is here");
    return known;
  };
  const settings = createValue(readSettings());
  settings.watch(() => writeSettings(settings.get()));
  const session = await Session.open(keys, (staff) => shop().staff.get(staff));
  const drafts = await store.drafts();
  const parts = openTillParts({ terminal, language, shop, session, drafts, numberOf: (sale) => sales.numberOf(sale) });
  const { till, papers } = parts;
  const { sales, stock, bestSellers } = openHistory(terminal, shop, parts);
  const { told, tell, speaker } = openNews(settings);
  const keeper = new DraftKeeper({ change: store.changeDrafts, stream: () => log.stream, onLost });
  const { cart, unprinted, suspended } = keptWork(drafts);
  const cashier = (): { staff: NonNullable<typeof session.person>["staff"]; name: string } | null => session.person;
  const { promotions, customers } = parts;
  const place = createValue<Place>({ screen: "sell" });
  const desk = new Desk(
    {
      shop,
      clock,
      newId,
      keeper,
      onHand: (variant) => stock.onHand(variant),
      promote: promotions.apply,
      takeCoupon: promotions.takeCoupon,
      tell,
      isTraining: () => training.isOn.get(),
      onReceipt: (text) => {
        place.set({ screen: "returns" });
        void returns.scan(text);
      },
    },
    cart === null ? EMPTY : restored(cart),
  );
  const training = openTraining({
    ...{ terminal, settings, ...parts },
    by: () => session.person?.staff ?? null,
    hasCart: () => cartOf(desk.state.get()) !== null,
  });
  const printer = simulatedPrinter(window);
  const byBrowser = browserPrinter(window);
  const output = chosenPrinter(settings, { screen: printer, browser: byBrowser });
  const virtualScale = simulatedScale();
  const scale = chosenScale(settings, virtualScale);
  const paperOf: Counter["paperOf"] = (sale, options) => papers.receipt(sale, options);
  const storeOne = (making: SaleMaking): Promise<Sale> =>
    storeSale({ log, identity, shop, cashier, clock, till }, making).catch((error: unknown) => {
      if (error instanceof LostWriter) onLost();
      throw error;
    });
  const checkout = new Checkout(
    {
      keeper,
      newId,
      nowMs: () => performance.now(),
      complete: (paid) => storeOne(completedCart(paid)),
      print: async (sale, options) => {
        const paper = await paperOf(sale, options);
        if (!options.copy && sale.tenders.some((tender) => tender.kind === "cash")) await output.openDrawer();
        await output.print(paper);
        if (options.copy) recordCopy(terminal, { sale, till, by: session.person?.staff ?? sale.cashier });
      },
      tell,
    },
    desk.state,
  );
  const payParts = openPayParts({ terminal, shop, desk, checkout, keeper, drafts, tell, ...parts });
  const returns = openReturns({ terminal, shop, sales, desk, ...parts });
  const keyboard = new Keyboard(settings);
  const idle = openIdle({ session, settings });
  const isQuiet = (): boolean => desk.state.get().kind === "selling" && cartIsEmpty(desk.state.get());
  const updates = watchUpdates({ build: BUILD, isSafe: () => isQuiet() && idle.ms() > QUIET_MS });
  updates.noteStarted();
  const unlisten = log.onAppended((entries) => sales.note(entries));
  void sales.load();
  const close = async (): Promise<void> => {
    unlisten();
    idle.stop();
    keyboard.stop();
    await terminal.close();
  };
  const cartParts = openCartParts({ terminal, session, desk, keeper, tell, suspended, ...parts });
  const selling = { desk, checkout, keeper, sales, stock, bestSellers, returns, customers, promotions, ...cartParts };
  const around = { session, printer, speaker, keyboard, updates, settings, place };
  const { approvals, tenders, returned, terminalOf } = parts;
  const kept = unprintedSales(unprinted, keeper);
  return {
    terminal,
    shop,
    ...selling,
    ...around,
    ...payParts,
    training,
    scale,
    virtualScale,
    browserPrinter: byBrowser,
    output,
    tenders,
    till,
    papers,
    returned,
    terminalOf,
    storeSale: storeOne,
    approvals,
    unprinted: kept,
    told,
    tell,
    paperOf,
    close,
  };
}

const EMPTY: DeskState = { kind: "selling", cart: null, selected: null };

function restored({ cart, selected, isPaying }: NonNullable<ReturnType<typeof keptWork>["cart"]>): DeskState {
  return isPaying ? { kind: "paying", cart, selected, sinceMs: 0 } : { kind: "selling", cart, selected };
}

function cartIsEmpty(state: DeskState): boolean {
  return state.kind === "selling" && (state.cart === null || state.cart.lines.length === 0);
}

function openHistory({ replica, identity, outbox, store }: Terminal, shop: () => Shop, parts: TillParts) {
  const channel = branchChannel(identity.branch);
  const stock = new OwnStock({
    baseOf: (variant: VariantId) => shop().stockOf(variant),
    settledSeq: (stream) => replica.settledSeq(channel, stream),
  });
  const bestSellers = new BestSellers();
  const sales = new OwnSales({
    streams: () => outbox.streams(),
    entries: store.entries,
    onSale: (placed) => {
      stock.note(placed);
      bestSellers.note(placed);
      parts.returned.note(placed.sale);
      parts.tenders.note(placed);
    },
    onEntries: (entries) => parts.customers.note(entries),
  });
  return { sales, stock, bestSellers };
}

const TONES: Partial<Record<News["kind"], Tone>> = {
  added: "good",
  changed: "good",
  paid: "paid",
  "unknown-code": "bad",
  misread: "bad",
  refused: "bad",
  oversold: "bad",
  "not-stored": "bad",
  "not-printed": "bad",
};

function openNews(settings: Value<Settings>) {
  const told = createValue<Told | null>(null);
  const speaker = createSpeaker();
  let id = 0;
  const tell = (news: News): void => {
    id += 1;
    told.set({ id, news });
    const tone = TONES[news.kind];
    if (tone !== undefined && settings.get().sound) speaker.play(tone);
  };
  return { told, tell, speaker };
}

/** Locks the till when nobody is there; the cart stays. */
function openIdle({ session, settings }: { session: Session; settings: Value<Settings> }): Idle {
  const minutes = (): number => settings.get().lockAfterMinutes;
  let idle = watchIdle(minutes() * 60_000, () => session.lock());
  const unwatch = settings.watch(() => {
    idle.stop();
    idle = watchIdle(minutes() * 60_000, () => session.lock());
  });
  return {
    ms: () => idle.ms(),
    stop: () => {
      unwatch();
      idle.stop();
    },
  };
}
