import { expect, type Page } from "@playwright/test";
import { DEMO_GOODS } from "../../../apps/server/src/seed/demo-goods.ts";
import { DEMO_STAFF } from "../../../apps/server/src/seed/open-demo.ts";
import { BrowserProcess } from "./browser-process.ts";
import { newPaperRoll, type PaperRoll, recordPaper } from "./paper.ts";
import { type StatusWatch, watchStatus } from "./status-watch.ts";

const CASHIER = DEMO_STAFF[0] ?? { name: "", pin: "" };

const MANAGER = DEMO_STAFF.find(({ role }) => role === "manager") ?? { name: "", pin: "" };

type CashAct = { readonly amount?: string; readonly reason: string; readonly approved?: boolean };

export type Payment = "cash" | { readonly cash: string } | { readonly card: string; readonly amount?: string };

/** One till of the shop: a browser of its own that can be killed, and what its customers were handed. */
export class Till implements Pick<PaperRoll, "papers"> {
  readonly browser: BrowserProcess;
  readonly url: string;
  readonly roll = newPaperRoll();
  readonly watch: StatusWatch = { looks: 0, greens: 0, lies: [] };
  #page: Page | null = null;

  private constructor(browser: BrowserProcess, url: string) {
    this.browser = browser;
    this.url = url;
  }

  /** Takes a device out of its box: a fresh browser, enrolled with a code, its first copy made. */
  static async unbox(
    url: string,
    code: string,
    options: { readonly profile?: string; readonly args?: readonly string[] } = {},
  ): Promise<Till> {
    const till = new Till(await BrowserProcess.start(options), url);
    await till.#instrument();
    await till.open(`/#enrol=${code}`);
    await till.unlock();
    await till.waitUntilReady();
    return till;
  }

  get papers(): PaperRoll["papers"] {
    return this.roll.papers;
  }

  get page(): Page {
    if (this.#page === null) throw new Error("the till's window is not open");
    return this.#page;
  }

  async open(path = "/"): Promise<void> {
    this.#page = await this.browser.newPage();
    await this.#page.goto(this.url + path);
  }

  /** Another window of the same till. */
  async openAnother(): Promise<Page> {
    const page = await this.browser.newPage();
    await page.goto(this.url);
    return page;
  }

  async reload(): Promise<void> {
    await this.page.reload();
  }

  /** Types the cashier's PIN; what is open afterwards is what was. */
  async logIn(): Promise<void> {
    await this.page.getByRole("button", { name: CASHIER.name }).click();
    const keypad = this.page.getByRole("group", { name: "Keypad" });
    for (const digit of CASHIER.pin) await keypad.getByRole("button", { name: digit, exact: true }).click();
    await this.page.getByRole("button", { name: "Unlock" }).click();
  }

  async unlock(): Promise<void> {
    await this.logIn();
    const openShift = this.page.getByRole("button", { name: "Open the shift" });
    const searchbox = this.page.getByRole("searchbox");
    await expect(openShift.or(searchbox)).toBeVisible();
    // The shift of a till that was only restarted is open still.
    if (await openShift.isVisible()) await this.openShift();
    await expect(searchbox).toBeVisible();
  }

  async openShift(float = "100"): Promise<void> {
    await this.page.getByLabel("Cash in the drawer").fill(float);
    await this.page.getByRole("button", { name: "Open the shift" }).click();
  }

  /** The app is on the device, so that it starts without a network. */
  async waitUntilReady(): Promise<void> {
    await this.page.evaluate(async () => {
      await navigator.serviceWorker.ready;
      if (navigator.serviceWorker.controller !== null) return;
      await new Promise((resolve) =>
        navigator.serviceWorker.addEventListener("controllerchange", resolve, { once: true }),
      );
    });
  }

  /** What the till would need if its databases were lost is on the device too. */
  async waitForKit(): Promise<void> {
    const channels = (): Promise<number> =>
      this.page.evaluate(async () => {
        const kit = await caches.open("holdfast-kit");
        return (await kit.keys()).filter(({ url }) => url.includes("/kit/channel/")).length;
      });
    await expect.poll(channels).toBeGreaterThanOrEqual(4);
  }

  /** This window is to be the till, whichever was before. */
  async takeOver(): Promise<void> {
    await this.page.getByRole("button", { name: "Take over here" }).click();
  }

  async scan(...names: readonly string[]): Promise<void> {
    for (const name of names) {
      const code = codeOf(name);
      const before = await this.#total();
      await this.page.evaluate(scanInPage, code);
      await expect.poll(() => this.#total(), { message: `${name} is rung up` }).not.toBe(before);
    }
  }

  /** What the cart comes to, to see that something happened. */
  async #total(): Promise<string> {
    return (await this.page.getByTestId("total").allInnerTexts()).join();
  }

  /** Whatever a scanner reads. */
  async scanText(text: string): Promise<void> {
    await this.page.evaluate(scanInPage, text);
  }

  /** A screen beside selling, by its name in the menu. */
  async openScreen(name: string): Promise<void> {
    await this.page.getByRole("button", { name: "Menu" }).click();
    await this.page.getByRole("navigation", { name: "Menu" }).getByRole("button", { name }).click();
    await expect(this.page.getByRole("heading", { name, level: 1 })).toBeVisible();
  }

  /** Cash that moves without a sale, on the shift's screen. */
  async cashAct(act: string, { amount, reason, approved = false }: CashAct): Promise<void> {
    const { page } = this;
    await page.getByRole("button", { name: act }).click();
    const dialog = page.getByRole("dialog", { name: act });
    if (amount !== undefined) await dialog.getByLabel("Amount").fill(amount);
    await dialog.getByLabel("Reason").fill(reason);
    await dialog.getByRole("button", { name: "Record it" }).click();
    if (approved) await this.approve();
    await expect(dialog).toBeHidden();
  }

  /** A manager comes and types a PIN. */
  async approve(): Promise<void> {
    const dialog = this.page.getByRole("dialog", { name: "A manager has to approve" });
    await dialog.getByRole("button", { name: MANAGER.name }).click();
    const keypad = dialog.getByRole("group", { name: "Keypad" });
    for (const digit of MANAGER.pin) await keypad.getByRole("button", { name: digit, exact: true }).click();
    await dialog.getByRole("button", { name: "Approve" }).click();
    await expect(dialog).toBeHidden();
  }

  /** Puts goods into the cart that come back without their sale: by what is known of it, for a reason, with a manager's PIN. */
  async takeBlind(names: readonly string[], { receipt }: { readonly receipt?: string } = {}): Promise<void> {
    const { page } = this;
    await this.openScreen("Take goods back");
    if (receipt !== undefined) await page.getByLabel("Receipt number").fill(receipt);
    await page.getByRole("button", { name: "Take back without a receipt" }).click();
    for (const name of names) {
      await this.scanText(codeOf(name));
      await expect(page.getByLabel(`How many of ${name}`)).toBeVisible();
    }
    await page.getByRole("button", { name: "Does not work" }).click();
    await page.getByRole("button", { name: "Into the cart" }).click();
    await this.approve();
    await expect(page.getByRole("searchbox", { name: "Search products" })).toBeVisible();
  }

  /** Undoes the sale that was made last: from the list, with a manager's PIN, for a reason. */
  async undoLast(reason: string): Promise<void> {
    const { page } = this;
    await this.openScreen("Sales of this terminal");
    await page.getByRole("region", { name: "Sales" }).getByRole("button").first().click();
    await page.getByRole("button", { name: "Undo this sale" }).click();
    const dialog = page.getByRole("dialog", { name: /^Undo receipt/ });
    await dialog.getByText(reason, { exact: true }).click();
    const before = this.papers.length;
    await dialog.getByRole("button", { name: "Undo the sale" }).click();
    await this.approve();
    await expect(dialog).toBeHidden();
    await expect.poll(() => this.papers.length).toBe(before + 1);
    await page.keyboard.press("Escape");
  }

  async setQuantity(pieces: number): Promise<void> {
    const before = await this.#total();
    const keypad = this.page.getByRole("group", { name: "Keypad" });
    for (const digit of String(pieces)) await keypad.getByRole("button", { name: digit, exact: true }).click();
    await this.page.getByRole("button", { name: /^Quantity/ }).click();
    await expect.poll(() => this.#total()).not.toBe(before);
  }

  async toPayment(): Promise<void> {
    await this.page.keyboard.press("F9");
    await expect(this.page.getByTestId("due")).toBeVisible();
  }

  async pay(payment: Payment = "cash"): Promise<void> {
    const { page } = this;
    if (payment === "cash") {
      await page.getByRole("group", { name: "Cash, quickly" }).getByRole("button").first().click();
    } else if ("cash" in payment) {
      await page.keyboard.type(payment.cash);
      await page.getByRole("button", { name: "Cash", exact: true }).click();
    } else {
      if (payment.amount !== undefined) await page.keyboard.type(payment.amount);
      await page.getByRole("button", { name: "Card", exact: true }).click();
      await page.getByLabel("Slip number").fill(payment.card);
      await page.getByRole("button", { name: "Approved" }).click();
    }
  }

  async expectPaid(): Promise<void> {
    await expect(this.page.getByRole("heading", { name: "Sale complete" })).toBeVisible();
    await expect(this.page.getByText("The receipt is printed")).toBeVisible();
  }

  async next(): Promise<void> {
    await this.page.getByRole("button", { name: "Next customer" }).click();
  }

  /** A whole sale, from the first scan to the paper. */
  async sell(names: readonly string[], payment: Payment = "cash"): Promise<void> {
    await this.scan(...names);
    await this.toPayment();
    await this.pay(payment);
    await this.expectPaid();
    await this.next();
  }

  get light(): ReturnType<Page["getByTestId"]> {
    return this.page.getByTestId("sync-state");
  }

  async expectAllSent(): Promise<void> {
    await expect(this.light).toHaveAttribute("data-tone", "success", { timeout: 60_000 });
  }

  /** The device crashes or its power fails, and is switched on again. */
  async kill(): Promise<void> {
    await this.browser.kill();
    this.#page = null;
  }

  async switchOn(): Promise<void> {
    await this.browser.up();
    await this.#instrument();
    await this.open();
  }

  async dispose(): Promise<void> {
    await this.browser.dispose();
  }

  async #instrument(): Promise<void> {
    await recordPaper(this.browser.context, this.roll);
    await watchStatus(this.browser.context, this.watch);
  }
}

/** What is scanned for goods of the shelf. */
export function codeOf(name: string): string {
  const good = DEMO_GOODS.find((each) => each.name === name);
  if (good === undefined) throw new Error(`the demo shop does not sell ${name}`);
  return good.barcode;
}

/** As a scanner types: all keys are struck in a moment, however long the machine under test takes to hear them. */
function scanInPage(code: string): void {
  const target = document.activeElement ?? document.body;
  const strokes = [...code, "Enter"].map(
    (key) => new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }),
  );
  for (const stroke of strokes) target.dispatchEvent(stroke);
}
