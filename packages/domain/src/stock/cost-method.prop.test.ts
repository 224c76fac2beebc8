import fc from "fast-check";
import { describe, expect } from "vitest";
import { type Amount, add, amount, sumBy, ZERO } from "../money/amount.ts";
import { property, sayHowToRepeat } from "../testing/property.ts";
import type { CostMethod } from "./cost-method.ts";
import { FIFO } from "./fifo.ts";
import { STANDARD_COST } from "./standard-cost.ts";
import { deliver, EMPTY_POOL, issue, type Pool, receive, WEIGHTED_AVERAGE } from "./valuation.ts";

sayHowToRepeat();

type Step =
  | { readonly kind: "receive"; readonly units: number; readonly value: number }
  | { readonly kind: "issue" | "send-back"; readonly units: number }
  /** Part of an earlier issue comes back, if there was one. */
  | { readonly kind: "take-back"; readonly of: number; readonly units: number };

const anyUnits = fc.integer({ min: 1, max: 40 });

const anyStep: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant("receive" as const), units: anyUnits, value: fc.nat(5_000) }),
  fc.record({ kind: fc.constantFrom("issue" as const, "issue" as const, "send-back" as const), units: anyUnits }),
  fc.record({ kind: fc.constant("take-back" as const), of: fc.nat(20), units: anyUnits }),
);

const anyHistory = fc.array(anyStep, { maxLength: 40 });

type Books = {
  readonly received: number;
  readonly issued: number;
  readonly corrected: number;
  readonly variance: number;
  readonly units: number;
};

/** Plays a history, and adds up what went in and out beside the method. */
function play<State>(
  method: CostMethod<State>,
  history: readonly Step[],
): { readonly state: State; readonly books: Books } {
  let state = method.empty;
  let [received, issued, corrected, variance, units] = [0, 0, 0, 0, 0];
  const costs: { units: number; cost: Amount }[] = [];
  const costByIssue = new Map<string, number>();
  const comeIn = (made: ReturnType<CostMethod<State>["receive"]>): void => {
    state = made.state;
    variance += made.variance;
    for (const { issue: name, amount: each } of made.corrections) {
      corrected += each;
      costByIssue.set(name, (costByIssue.get(name) ?? 0) + each);
    }
  };
  for (const [index, step] of history.entries()) {
    switch (step.kind) {
      case "receive":
        comeIn(method.receive(state, { units: step.units, value: amount(step.value), delivery: `${index}` }));
        received += step.value;
        units += step.units;
        break;
      case "take-back": {
        const sold = costs[step.of % Math.max(1, costs.length)];
        if (sold === undefined) break;
        const back = Math.min(sold.units, step.units);
        const value = amount(Math.round((sold.cost * back) / sold.units));
        comeIn(method.takeBack(state, { units: back, value, issue: `r${index}` }));
        received += value;
        units += back;
        break;
      }
      default: {
        const goods = { units: step.units, issue: `${index}`, delivery: `${index}` };
        const made = step.kind === "issue" ? method.issue(state, goods) : method.sendBack(state, goods);
        state = made.state;
        issued += made.cost;
        units -= step.units;
        costs.push({ units: step.units, cost: made.cost });
        costByIssue.set(`${index}`, made.cost);
        expect(Number.isSafeInteger(made.cost)).toBe(true);
      }
    }
  }
  return { state, books: { received, issued, corrected, variance, units } };
}

const METHODS: readonly [
  string,
  (history: readonly Step[]) => { kept: { units: number; value: number }; books: Books },
][] = [
  ["weighted average", (history) => keptAfter(WEIGHTED_AVERAGE, history)],
  ["first in, first out", (history) => keptAfter(FIFO, history)],
  ["standard cost", (history) => keptAfter(STANDARD_COST, history)],
];

function keptAfter<State>(method: CostMethod<State>, history: readonly Step[]) {
  const { state, books } = play(method, history);
  return { kept: method.kept(state), books };
}

describe.each(METHODS)("%s", (_name, after) => {
  property(
    "value is never created nor lost: what came in is kept, issued, corrected or a variance",
    anyHistory,
    (history) => {
      const { kept, books } = after(history);
      expect(kept.value + books.issued + books.corrected + books.variance).toBe(books.received);
    },
  );

  property("what is on hand is the sum of all movements", anyHistory, (history) => {
    const { kept, books } = after(history);
    expect(kept.units).toBe(books.units);
  });

  property("an empty pool is worth nothing", anyHistory, (history) => {
    const { kept } = after(history);
    if (kept.units === 0) expect(kept.value + 0).toBe(0);
  });
});

property("goods that are there are never worth less than nothing", anyHistory, (history) => {
  for (const { kept } of [keptAfter(WEIGHTED_AVERAGE, history), keptAfter(FIFO, history)]) {
    if (kept.units > 0) expect(kept.value).toBeGreaterThanOrEqual(0);
  }
});

const anyDeliveries = fc.array(fc.record({ units: anyUnits, value: fc.nat(5_000) }), { minLength: 1, maxLength: 8 });

property(
  "issuing all there is, in any parts, leaves no cent behind",
  fc.tuple(anyDeliveries, fc.array(anyUnits)),
  (given) => {
    const [deliveries, parts] = given;
    let pool = deliveries.reduce<Pool>((so, each) => receive(so, each.units, amount(each.value)), EMPTY_POOL);
    let cost = ZERO;
    for (const part of [...parts, Number.MAX_SAFE_INTEGER]) {
      const made = issue(pool, Math.min(part, pool.units));
      pool = made.pool;
      cost = add(cost, made.cost);
    }
    expect([pool.units, pool.value + 0]).toEqual([0, 0]);
    expect(cost).toBe(sumBy(deliveries, (each) => amount(each.value)));
  },
);

const oversold = fc.tuple(anyDeliveries, fc.integer({ min: 1, max: 60 }));

property("oversold goods come to cost what the next deliveries cost", oversold, ([deliveries, short]) => {
  const first = issue({ ...EMPTY_POOL, fallback: { units: 1, value: amount(100) } }, short, "sale");
  let [pool, cost, left] = [first.pool, first.cost as number, short];
  let actual = 0;
  for (const { units, value } of deliveries) {
    const made = deliver(pool, units, amount(value));
    pool = made.pool;
    cost += sumBy(made.corrections, (each) => each.amount);
    actual += units <= left ? value : Math.round((value * left) / units);
    left = Math.max(0, left - units);
  }
  if (left === 0) expect(cost).toBe(actual);
  else expect(pool.units).toBe(-left);
});

property(
  "shortages that nobody named come to the same corrections",
  fc.tuple(anyHistory, anyUnits, fc.nat(5_000)),
  (given) => {
    const [history, units, value] = given;
    const { state } = play(WEIGHTED_AVERAGE, history);
    const { shortages: _named, ...anonymous } = state;
    const sumOf = (pool: Pool): number => sumBy(deliver(pool, units, amount(value)).corrections, (each) => each.amount);
    const isAllSettled = state.units + units >= 0;
    if (isAllSettled) expect(sumOf(anonymous)).toBe(sumOf(state));
  },
);
