import type { LargeShop } from "../shop/large-shop.ts";
import type { Sold, TillWindow } from "./till-window.ts";

const LINES = 3;

/** Rings up three goods and takes cash for them, again and again, each time others. */
export class Seller {
  readonly till: TillWindow;
  readonly #codes: readonly string[];
  sold = 0;

  constructor(till: TillWindow, { goods }: LargeShop) {
    this.till = till;
    this.#codes = goods.map(({ barcodes }) => barcodes[0]?.code ?? "");
  }

  async sell(): Promise<Sold> {
    const from = (this.sold * LINES) % (this.#codes.length - LINES);
    await this.till.scanEach(this.#codes.slice(from, from + LINES));
    this.sold += 1;
    return await this.till.pay();
  }

  async sellMany(count: number): Promise<Sold[]> {
    const all: Sold[] = [];
    for (let index = 0; index < count; index += 1) all.push(await this.sell());
    return all;
  }
}

const ARRIVED_WITHIN_S = 60;

/** Sales in the books, once as many as were made are there, or nothing more comes. */
export async function inBooks({ server, merchant }: LargeShop, made: number): Promise<number> {
  for (let second = 0; ; second += 1) {
    const { rows } = await server.context.pool.query<{ count: number }>(
      "SELECT count(*)::int AS count FROM sale WHERE merchant = $1",
      [merchant],
    );
    const count = rows[0]?.count ?? 0;
    if (count >= made || second >= ARRIVED_WITHIN_S) return count;
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
}
