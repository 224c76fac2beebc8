import { describe, expect, test } from "vitest";
import { amount, ZERO } from "../money/amount.ts";
import { FIFO } from "./fifo.ts";
import { STANDARD_COST } from "./standard-cost.ts";
import { deliver, EMPTY_POOL, issue, receive, WEIGHTED_AVERAGE, worthOf } from "./valuation.ts";

describe("moving weighted average", () => {
  const thirty = receive(receive(EMPTY_POOL, 10, amount(10_000)), 10, amount(20_000));

  test("issues at the average, and the last unit takes what is left", () => {
    expect(issue(thirty, 15).cost).toBe(22_500);
    const odd = receive(EMPTY_POOL, 3, amount(301));
    expect(issue(odd, 3)).toEqual({
      pool: { units: 0, value: 0, fallback: { units: 3, value: 301 } },
      cost: 301,
      shortUnits: 0,
    });
  });

  test("goods that are not there leave at the last known cost, and say so", () => {
    const made = issue(thirty, 30, "sale-1");
    expect([made.cost, made.shortUnits]).toEqual([45_000, 10]);
    expect(made.pool).toMatchObject({
      units: -10,
      value: -15_000,
      shortages: [{ issue: "sale-1", units: 10, cost: 15_000 }],
    });
  });

  test("goods of which nothing is known leave at nothing", () => {
    expect(issue(EMPTY_POOL, 2)).toMatchObject({ cost: 0, shortUnits: 2 });
    expect(worthOf(EMPTY_POOL, 2)).toBe(0);
  });

  test("the next delivery corrects what was sold before it, the oldest first", () => {
    const first = issue(EMPTY_POOL, 2, "a").pool;
    const second = issue(first, 3, "b").pool;
    const made = deliver(second, 4, amount(800));
    expect(made.corrections).toEqual([
      { issue: "a", units: 2, amount: 400 },
      { issue: "b", units: 2, amount: 400 },
    ]);
    expect(made.pool).toMatchObject({ units: -1, shortages: [{ issue: "b", units: 1 }] });
    expect(deliver(made.pool, 2, amount(500)).corrections).toEqual([{ issue: "b", units: 1, amount: 250 }]);
  });

  test("a pool without names for its shortages is corrected all the same", () => {
    const { pool, corrections } = deliver({ units: -2, value: amount(-1200), fallback: null }, 5, amount(3500));
    expect(corrections).toEqual([{ issue: "", units: 2, amount: 200 }]);
    expect([pool.units, pool.value]).toEqual([3, 2100]);
  });

  test("who posts no corrections keeps the difference in the average", () => {
    const pool = receive({ units: -2, value: amount(-1200), fallback: null }, 5, amount(3500));
    expect([pool.units, pool.value]).toEqual([3, 2300]);
    expect(receive({ units: -5, value: ZERO, fallback: null }, 2, amount(100)).fallback).toEqual({
      units: 2,
      value: 100,
    });
  });

  test("freight without goods raises the value alone", () => {
    expect(receive(thirty, 0, amount(500))).toMatchObject({ units: 20, value: 30_500, fallback: thirty.fallback });
    expect(deliver(thirty, 0, amount(500)).pool).toMatchObject({ units: 20, value: 30_500 });
  });

  test("counts are valued at what the pool is worth now", () => {
    expect(worthOf(thirty, 2)).toBe(3000);
    expect(worthOf(issue(thirty, 20).pool, 2)).toBe(3000);
    expect(worthOf(thirty, 0)).toBe(0);
  });

  test("goods go in and out by at least nothing", () => {
    expect(() => issue(EMPTY_POOL, -1)).toThrow("takes goods out");
    expect(() => receive(EMPTY_POOL, -1, ZERO)).toThrow("brings goods in");
    expect(() => deliver(EMPTY_POOL, -1, ZERO)).toThrow("brings goods in");
    expect(issue(thirty, 0)).toMatchObject({ cost: 0, shortUnits: 0 });
  });

  test("a supplier's return leaves at the average", () => {
    expect(WEIGHTED_AVERAGE.sendBack(thirty, { units: 2, delivery: "d" }).cost).toBe(3000);
    expect(WEIGHTED_AVERAGE.kept(thirty)).toEqual({ units: 20, value: 30_000 });
  });
});

describe("first in, first out", () => {
  const layered = FIFO.receive(FIFO.receive(FIFO.empty, { delivery: "a", units: 10, value: amount(10_000) }).state, {
    delivery: "b",
    units: 10,
    value: amount(20_000),
  }).state;

  test("takes the oldest layers first, and parts of a layer by its own cost", () => {
    const made = FIFO.issue(layered, { units: 15, issue: "s" });
    expect(made.cost).toBe(20_000);
    expect(made.state.layers).toEqual([{ delivery: "b", units: 5, value: 10_000 }]);
  });

  test("leaves layers alone that it does not need", () => {
    const made = FIFO.issue(layered, { units: 4, issue: "s" });
    expect(made.state.layers.map((layer) => layer.units)).toEqual([6, 10]);
  });

  test("a supplier's return leaves from its own delivery, and the order of the others stays", () => {
    const made = FIFO.sendBack(layered, { units: 4, delivery: "b" });
    expect(made.cost).toBe(8000);
    expect(made.state.layers).toEqual([
      { delivery: "a", units: 10, value: 10_000 },
      { delivery: "b", units: 6, value: 12_000 },
    ]);
    expect(FIFO.sendBack(layered, { units: 12, delivery: "b" })).toMatchObject({
      cost: 22_000,
      state: { layers: [{ delivery: "a", units: 8 }] },
    });
    expect(FIFO.sendBack(layered, { units: 1, delivery: "gone" }).cost).toBe(1000);
  });

  test("goods of which nothing is known leave at nothing, later ones at the last cost", () => {
    expect(FIFO.issue(FIFO.empty, { units: 1, issue: "s" })).toMatchObject({ cost: 0, shortUnits: 1 });
    const short = FIFO.issue(layered, { units: 21, issue: "s" });
    expect(short).toMatchObject({ cost: 32_000, shortUnits: 1 });
    expect(FIFO.kept(short.state)).toEqual({ units: -1, value: -2000 });
    const made = FIFO.receive(short.state, { delivery: "c", units: 1, value: amount(3000) });
    expect(made.corrections).toEqual([{ issue: "s", units: 1, amount: 1000 }]);
    expect(made.state.layers).toEqual([]);
  });

  test("goods that customers bring back make a layer of their own", () => {
    const made = FIFO.takeBack(layered, { issue: "s", units: 1, value: amount(777) });
    expect(made.state.layers.at(-1)).toEqual({ delivery: "s", units: 1, value: 777 });
  });

  test("what is assumed counts while nothing else is known", () => {
    const assumed = FIFO.assume(FIFO.empty, { units: 1, value: amount(100) }).state;
    expect(FIFO.issue(assumed, { units: 3, issue: "s" }).cost).toBe(300);
  });

  test("a layer holds goods, and an issue takes some out", () => {
    expect(() => FIFO.receive(FIFO.empty, { delivery: "a", units: 0, value: ZERO })).toThrow("holds goods");
    expect(() => FIFO.issue(FIFO.empty, { units: -1, issue: "s" })).toThrow("takes goods out");
  });
});

describe("standard cost", () => {
  const standard = STANDARD_COST.assume(STANDARD_COST.empty, { units: 3, value: amount(1000) }).state;
  const ten = STANDARD_COST.receive(standard, { delivery: "a", units: 10, value: amount(4000) });

  test("keeps goods at the standard, and what they cost beyond it is a variance", () => {
    expect(STANDARD_COST.kept(ten.state)).toEqual({ units: 10, value: 3333 });
    expect([ten.variance, ten.corrections]).toEqual([667, []]);
  });

  test("issues add up to what was kept, however odd the standard", () => {
    const costs: number[] = [];
    let state = ten.state;
    for (let unit = 0; unit < 10; unit += 1) {
      const made = STANDARD_COST.issue(state, { units: 1, issue: "s" });
      costs.push(made.cost);
      state = made.state;
    }
    expect(costs.reduce((a, b) => a + b)).toBe(3333);
    expect(STANDARD_COST.kept(state)).toEqual({ units: 0, value: 0 });
  });

  test("a new standard revalues what is there", () => {
    const raised = STANDARD_COST.assume(ten.state, { units: 1, value: amount(400) });
    expect([STANDARD_COST.kept(raised.state).value, raised.variance]).toEqual([4000, -667]);
    expect(() => STANDARD_COST.assume(ten.state, { units: 0, value: ZERO })).toThrow("some units");
  });

  test("goes below zero without losing its cost", () => {
    const short = STANDARD_COST.sendBack(ten.state, { units: 12, delivery: "a" });
    expect([short.shortUnits, STANDARD_COST.kept(short.state)]).toEqual([2, { units: -2, value: -667 }]);
    expect(STANDARD_COST.issue(short.state, { units: 1, issue: "s" }).shortUnits).toBe(1);
    const back = STANDARD_COST.takeBack(short.state, { units: 2, value: amount(667), issue: "s" });
    expect([STANDARD_COST.kept(back.state).value + 0, back.variance + 0]).toEqual([0, 0]);
  });

  test("goods go in and out by at least nothing", () => {
    expect(() => STANDARD_COST.issue(ten.state, { units: -1, issue: "s" })).toThrow("takes goods out");
    expect(() => STANDARD_COST.receive(ten.state, { units: -1, value: ZERO, delivery: "d" })).toThrow(
      "brings goods in",
    );
  });
});
