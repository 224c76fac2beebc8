import fc from "fast-check";
import { expect } from "vitest";
import { amount, sumBy } from "../money/amount.ts";
import type { TerminalId } from "../party/merchant.ts";
import { testId } from "../testing/build.ts";
import { property, sayHowToRepeat } from "../testing/property.ts";
import {
  allot,
  balanceOf,
  giveBack,
  load,
  NO_STORED_VALUE,
  type StoredValueChange,
  shortfallOf,
  spend,
} from "./stored-value.ts";

sayHowToRepeat();

const TERMINALS = [1, 2, 3].map((number) => testId<TerminalId>(number));
const anyAct = fc.record({
  act: fc.constantFrom("load", "spend", "allot", "give-back"),
  size: fc.nat(5_000).map(amount),
  terminal: fc.constantFrom(...TERMINALS),
});
const anyHistory = fc.array(anyAct, { maxLength: 30 });
type Act = typeof anyAct extends fc.Arbitrary<infer A> ? A : never;

function play(acts: readonly Act[]): { changes: StoredValueChange[]; last: StoredValueChange["value"] } {
  const changes: StoredValueChange[] = [];
  let value = NO_STORED_VALUE;
  for (const { act, size, terminal } of acts) {
    const made =
      act === "load"
        ? load(value, size)
        : act === "spend"
          ? spend(value, size, terminal)
          : act === "allot"
            ? allot(value, size, terminal)
            : giveBack(value, size, terminal);
    changes.push(made);
    value = made.value;
  }
  return { changes, last: value };
}

property("the balance is what was loaded less what was spent, whatever was allotted in between", anyHistory, (acts) => {
  const of = (wanted: string): number =>
    sumBy(
      acts.filter(({ act }) => act === wanted),
      ({ size }) => size,
    );
  const { last } = play(acts);
  expect(balanceOf(last)).toBe(of("load") - of("spend"));
  expect(shortfallOf(last)).toBe(Math.max(0, of("spend") - of("load")));
});

property("movements add up to what is there, place by place, and a transfer adds up to nothing", anyHistory, (acts) => {
  const { changes, last } = play(acts);
  const movements = changes.flatMap((each) => each.movements);
  const at = (place: string): number =>
    sumBy(
      movements.filter((movement) => movement.place === place),
      (movement) => movement.amount,
    );
  expect(at("available")).toBe(last.available);
  for (const [terminal, allotted] of last.allotted) expect(at(terminal)).toBe(allotted);
  for (const [index, { act }] of acts.entries()) {
    if (act === "allot" || act === "give-back")
      expect(sumBy(changes[index]?.movements ?? [], (each) => each.amount)).toBe(0);
  }
});

property("no terminal is allotted less than nothing, and none is allotted what is not there", anyHistory, (acts) => {
  const { changes } = play(acts);
  for (const [index, { value }] of changes.entries()) {
    for (const allotted of value.allotted.values()) expect(allotted).toBeGreaterThanOrEqual(0);
    if (acts[index]?.act === "allot") {
      const before = changes[index - 1]?.value ?? NO_STORED_VALUE;
      expect(value.available).toBeGreaterThanOrEqual(Math.min(0, before.available));
    }
  }
});
