import { type Amount, add, multiply, subtract, ZERO } from "../money/amount.ts";

/** Goods and what they cost together; a unit cost is always such a ratio, since rounding it first loses cents. */
export type Costed = { readonly units: number; readonly value: Amount };

/** Units that were sold before they arrived, at the provisional cost they left with. */
export type Shortage = { readonly issue: string; readonly units: number; readonly cost: Amount };

/** What a delivery showed that such units really cost: `amount = actual − provisional`, for the issue it belongs to. */
export type Correction = { readonly issue: string; readonly units: number; readonly amount: Amount };

export type Received<State> = {
  readonly state: State;
  readonly corrections: readonly Correction[];
  /** What the goods cost beyond the value they are kept at; other than zero under standard cost only. */
  readonly variance: Amount;
};

export type Issued<State> = {
  readonly state: State;
  readonly cost: Amount;
  /** Units that were not there; their cost is provisional until the next delivery. */
  readonly shortUnits: number;
};

/**
 * How goods of one variant in one branch are valued. Whatever the method: values are never created or lost, so that
 * `received = kept + issued + corrections + variances`; an issue is never refused; a posted cost is never changed, only corrected.
 */
export type CostMethod<State> = {
  readonly method: "weighted-average" | "fifo" | "standard";
  readonly empty: State;
  readonly kept: (state: State) => Costed;
  /** What a unit costs while nothing better is known: the last purchase, a margin. Under standard cost, the standard. */
  readonly assume: (state: State, unitCost: Costed) => Received<State>;
  readonly receive: (state: State, goods: Costed & { readonly delivery: string }) => Received<State>;
  readonly issue: (state: State, goods: { readonly units: number; readonly issue: string }) => Issued<State>;
  /** A customer's return comes back at the final cost of its sale, corrections included. */
  readonly takeBack: (state: State, goods: Costed & { readonly issue: string }) => Received<State>;
  readonly sendBack: (state: State, goods: { readonly units: number; readonly delivery: string }) => Issued<State>;
};

/** The share of some of the units in their value; all of them take all of it. */
export function costOf({ value, units: of }: Costed, units: number): Amount {
  if (units === 0) return ZERO;
  return units === of ? value : multiply(value, { numerator: units, denominator: of }, "half-away");
}

export type SettledShortages = {
  readonly open: readonly Shortage[];
  readonly corrections: readonly Correction[];
  /** What remains of the goods once the shortages are filled. */
  readonly left: Costed;
};

/** Goods that come in fill the oldest shortages first; what those units were sold at is corrected to what they cost now. */
export function settleShortages(shortages: readonly Shortage[], goods: Costed): SettledShortages {
  const open: Shortage[] = [];
  const corrections: Correction[] = [];
  let used = 0;
  let spent = ZERO;
  for (const shortage of shortages) {
    const units = Math.min(shortage.units, goods.units - used);
    if (units > 0) {
      const provisional = costOf({ units: shortage.units, value: shortage.cost }, units);
      const actual = subtract(costOf(goods, used + units), spent);
      used += units;
      spent = add(spent, actual);
      corrections.push({ issue: shortage.issue, units, amount: subtract(actual, provisional) });
      if (units < shortage.units) {
        open.push({ ...shortage, units: shortage.units - units, cost: subtract(shortage.cost, provisional) });
      }
    } else open.push(shortage);
  }
  return { open, corrections, left: { units: goods.units - used, value: subtract(goods.value, spent) } };
}
