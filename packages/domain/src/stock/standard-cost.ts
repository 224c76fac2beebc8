import { assert } from "../kernel/assert.ts";
import { type Amount, multiply, subtract, ZERO } from "../money/amount.ts";
import type { Costed, CostMethod, Issued, Received } from "./cost-method.ts";

/** Goods valued at a cost that a person set; what they really cost beyond it is a variance, at once. */
export type StandardStock = { readonly units: number; readonly standard: Costed };

export const STANDARD_COST: CostMethod<StandardStock> = {
  method: "standard",
  empty: { units: 0, standard: { units: 1, value: ZERO } },
  kept: (state) => ({ units: state.units, value: keptValue(state) }),
  assume: (state, standard) => {
    assert(standard.units > 0, "a standard is the cost of some units");
    const next = { ...state, standard };
    return { state: next, corrections: [], variance: subtract(keptValue(state), keptValue(next)) };
  },
  receive: (state, { units, value }) => receive(state, units, value),
  issue: (state, { units }) => issue(state, units),
  takeBack: (state, { units, value }) => receive(state, units, value),
  sendBack: (state, { units }) => issue(state, units),
};

/** Always the rounded whole, so that any number of issues adds up to it. */
function keptValue({ units, standard }: StandardStock): Amount {
  return multiply(standard.value, { numerator: units, denominator: standard.units }, "half-away");
}

function receive(state: StandardStock, units: number, value: Amount): Received<StandardStock> {
  assert(units >= 0, "a delivery brings goods in");
  const next = { ...state, units: state.units + units };
  const kept = subtract(keptValue(next), keptValue(state));
  return { state: next, corrections: [], variance: subtract(value, kept) };
}

function issue(state: StandardStock, units: number): Issued<StandardStock> {
  assert(units >= 0, "an issue takes goods out");
  const next = { ...state, units: state.units - units };
  const shortUnits = Math.min(units, Math.max(0, -next.units));
  return { state: next, cost: subtract(keptValue(state), keptValue(next)), shortUnits };
}
