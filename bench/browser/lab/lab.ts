import { Ours } from "./ours.ts";
import { Pouch } from "./pouch.ts";
import { Puts } from "./puts.ts";
import { Raw } from "./raw.ts";
import { Rx } from "./rx.ts";

/** A thing that is sold, as whoever keeps one record for each of them keeps it. */
export type LabGood = {
  readonly code: string;
  readonly name: string;
  readonly sku: string;
  readonly category: string;
  readonly price: number;
};

/** How goods are kept and found; each side does it in its own best way. */
export type Shelves = {
  /** From the net to a durable copy of its own, anew. @returns how many goods there are */
  readonly load: () => Promise<number>;
  /** Opens what was loaded before. */
  readonly open: () => Promise<void>;
  readonly byCode: (code: string) => Promise<string | undefined>;
  /** The first twenty, where it can search at all. */
  readonly search?: (word: string) => Promise<number>;
};

export async function fetchGoods(): Promise<LabGood[]> {
  return (await (await fetch("/goods.json")).json()) as LabGood[];
}

export const FOUND_MAX = 20;
export const LOADED_AT_ONCE = 1_000;

const sides = { ours: new Ours(), raw: new Raw(), rx: new Rx(), pouch: new Pouch(), puts: new Puts() };
type Lab = typeof sides;

declare global {
  var lab: Lab;
}
globalThis.lab = sides;
