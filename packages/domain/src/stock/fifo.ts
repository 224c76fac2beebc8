import { assert } from "../kernel/assert.ts";
import { add, amount, subtract, sumBy, ZERO } from "../money/amount.ts";
import {
  type Costed,
  type CostMethod,
  costOf,
  type Issued,
  type Received,
  type Shortage,
  settleShortages,
} from "./cost-method.ts";

/** What is left of one delivery, at what it cost. */
export type CostLayer = Costed & { readonly delivery: string };

/** Goods valued first in, first out: layers from the oldest on, or what was sold before it arrived, never both. */
export type CostLayers = {
  readonly layers: readonly CostLayer[];
  readonly shortages: readonly Shortage[];
  readonly fallback: Costed | null;
};

export const FIFO: CostMethod<CostLayers> = {
  method: "fifo",
  empty: { layers: [], shortages: [], fallback: null },
  kept: ({ layers, shortages }) => ({
    units: layers.reduce((sum, layer) => sum + layer.units, 0) - shortages.reduce((sum, each) => sum + each.units, 0),
    value: subtract(
      sumBy(layers, (layer) => layer.value),
      sumBy(shortages, (shortage) => shortage.cost),
    ),
  }),
  assume: (state, fallback) => ({ state: { ...state, fallback }, corrections: [], variance: ZERO }),
  receive: (state, { delivery, units, value }) => receive(state, { delivery, units, value }),
  issue: (state, { units, issue }) => take(state, units, issue),
  takeBack: (state, { issue, units, value }) => receive(state, { delivery: issue, units, value }),
  sendBack: (state, { units, delivery }) => sendBack(state, units, delivery),
};

function receive(state: CostLayers, goods: CostLayer): Received<CostLayers> {
  assert(goods.units > 0, "a layer holds goods");
  const { open, corrections, left } = settleShortages(state.shortages, goods);
  const layers = left.units === 0 ? state.layers : [...state.layers, { ...goods, ...left }];
  const fallback = { units: goods.units, value: goods.value };
  return { state: { layers, shortages: open, fallback }, corrections, variance: ZERO };
}

function take(state: CostLayers, units: number, document: string): Issued<CostLayers> {
  assert(units >= 0, "an issue takes goods out");
  const layers: CostLayer[] = [];
  let cost = ZERO;
  let wanted = units;
  let last = state.fallback;
  for (const layer of state.layers) {
    const taken = Math.min(wanted, layer.units);
    if (taken > 0) {
      const value = costOf(layer, taken);
      cost = add(cost, value);
      wanted -= taken;
      last = { units: layer.units, value: layer.value };
      if (taken < layer.units) {
        layers.push({ ...layer, units: layer.units - taken, value: subtract(layer.value, value) });
      }
    } else layers.push(layer);
  }
  if (wanted === 0) return { state: { ...state, layers, fallback: last }, cost, shortUnits: 0 };
  const provisional = last === null ? ZERO : costOf(last, wanted);
  const shortages = [...state.shortages, { issue: document, units: wanted, cost: provisional }];
  return {
    state: { layers, shortages, fallback: last },
    cost: amount(cost + provisional),
    shortUnits: wanted,
  };
}

/** Goods go back to the supplier from the delivery they came with, and only what that no longer has from the oldest. */
function sendBack(state: CostLayers, units: number, delivery: string): Issued<CostLayers> {
  const index = state.layers.findIndex((layer) => layer.delivery === delivery);
  const own = state.layers[index];
  if (own === undefined) return take(state, units, delivery);
  const taken = Math.min(units, own.units);
  const value = costOf(own, taken);
  const rest = { ...own, units: own.units - taken, value: subtract(own.value, value) };
  const layers = state.layers.with(index, rest).filter((layer) => layer.units > 0);
  const beyond = take({ ...state, layers }, units - taken, delivery);
  return { ...beyond, cost: add(value, beyond.cost) };
}
