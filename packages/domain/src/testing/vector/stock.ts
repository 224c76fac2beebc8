import { present, unreachable } from "../../kernel/assert.ts";
import { type Amount, add } from "../../money/amount.ts";
import { decimal, powerOfTen, rescale } from "../../money/decimal.ts";
import { roundRatio } from "../../money/rounding.ts";
import { extendedAmount } from "../../pricing/line-amount.ts";
import type { Correction, Costed, CostMethod } from "../../stock/cost-method.ts";
import { FIFO } from "../../stock/fifo.ts";
import { STANDARD_COST } from "../../stock/standard-cost.ts";
import { WEIGHTED_AVERAGE } from "../../stock/valuation.ts";
import { type Adapter, type Adapters, adapter, decimalOf, shownAs } from "./adapter.ts";

type Op =
  | { readonly op: "receive"; readonly qty: string; readonly unitCost: string }
  | { readonly op: "issue"; readonly qty: string }
  | { readonly op: "customer_return" | "supplier_return"; readonly qty: string; readonly ofOp: number }
  | { readonly op: "set_fallback_cost"; readonly unitCost: string };

type Input = { readonly exponent: number; readonly ops: readonly Op[] };

/** Runs the operations in order; issues are named by their place, and keep their cost with all later corrections. */
function run<State>(method: CostMethod<State>): Adapter {
  return adapter<Input, { unitCost?: string; qty?: string }>(({ exponent, ops }, expected) => {
    const scale = Math.max(...ops.map((op) => ("qty" in op ? decimalOf(op.qty).scale : 0)));
    const costed = (qty: string, unitCost: string): Costed => {
      const quantity = rescale(decimalOf(qty), scale, "down");
      const price = { ...decimalOf(unitCost), per: 1 };
      return { units: quantity.units, value: extendedAmount(price, quantity, { exponent, rounding: "half-away" }) };
    };
    const atIssue: Amount[] = [];
    const finalCosts = new Map<string, { readonly cost: Amount; readonly units: number }>();
    const trail: Amount[] = [];
    let state = method.empty;
    const correct = (corrections: readonly Correction[]): void => {
      for (const { issue, amount } of corrections) {
        const known = present(finalCosts.get(issue), `no issue ${issue}`);
        finalCosts.set(issue, { ...known, cost: add(known.cost, amount) });
      }
    };
    const apply = (op: Op, name: string): void => {
      switch (op.op) {
        case "set_fallback_cost": {
          state = method.assume(state, costed("1", op.unitCost)).state;
          return;
        }
        case "receive": {
          const received = method.receive(state, { ...costed(op.qty, op.unitCost), delivery: name });
          state = received.state;
          correct(received.corrections);
          return;
        }
        case "issue": {
          const { units } = costed(op.qty, "0");
          const issued = method.issue(state, { units, issue: name });
          state = issued.state;
          atIssue.push(issued.cost);
          finalCosts.set(name, { cost: issued.cost, units });
          return;
        }
        case "customer_return": {
          const { units } = costed(op.qty, "0");
          const sold = present(finalCosts.get(String(op.ofOp)), "a return has a sale");
          const value = Number(
            roundRatio(BigInt(sold.cost) * BigInt(units), BigInt(sold.units), "half-away"),
          ) as Amount;
          const received = method.takeBack(state, { units, value, issue: String(op.ofOp) });
          state = received.state;
          correct(received.corrections);
          return;
        }
        case "supplier_return": {
          state = method.sendBack(state, { units: costed(op.qty, "0").units, delivery: String(op.ofOp) }).state;
          return;
        }
        default:
          unreachable(op);
      }
    };
    for (const [index, op] of ops.entries()) {
      apply(op, String(index));
      if (op.op !== "set_fallback_cost") trail.push(method.kept(state).value);
    }
    const { units, value } = method.kept(state);
    return {
      qty: shownAs(decimal(units, scale), expected.qty ?? "0"),
      value,
      unitCost:
        units === 0 ? undefined : shownAs(unitCostOf({ units, value }, scale, exponent), expected.unitCost ?? "0"),
      issueValues: atIssue,
      finalIssueCost: [...finalCosts.values()].map(({ cost }) => cost),
      trail,
    };
  });
}

function unitCostOf({ units, value }: Costed, scale: number, exponent: number): ReturnType<typeof decimal> {
  const numerator = BigInt(value) * powerOfTen(scale);
  return decimal(Number(roundRatio(numerator, BigInt(units), "half-away")), exponent);
}

export const STOCK_ADAPTERS: Adapters = {
  "inventory.avco": run(WEIGHTED_AVERAGE),
  "inventory.fifo": run(FIFO),
  "inventory.standard": run(STANDARD_COST),
};
