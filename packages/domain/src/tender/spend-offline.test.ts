import { expect, test } from "vitest";
import { amount } from "../money/amount.ts";
import { accepted, refused } from "../testing/build.ts";
import { mayOwe, maySpend } from "./spend-offline.ts";

const caps = { cardMax: amount(2_000), terminalMax: amount(5_000) };

function spend(value: number, allottedLeft: number, exposure = 0) {
  return maySpend(amount(value), { allottedLeft: amount(allottedLeft), exposure: amount(exposure) }, caps);
}

test("what is allotted is sure, whatever the exposure", () => {
  expect(accepted(spend(3_000, 3_000, 5_000))).toEqual({ sure: 3_000, onTrust: 0 });
});

test("beyond it a card goes on trust up to its cap", () => {
  expect(accepted(spend(3_000, 1_000))).toEqual({ sure: 1_000, onTrust: 2_000 });
  expect(refused(spend(3_001, 1_000))).toEqual({ kind: "over-card-cap", left: 3_000 });
  expect(refused(spend(1, -2_000))).toEqual({ kind: "over-card-cap", left: 0 });
});

test("all cards together go on trust up to the terminal's", () => {
  expect(refused(spend(2_000, 0, 3_500))).toEqual({ kind: "over-terminal-cap", left: 1_500 });
  expect(accepted(spend(1_500, 0, 3_500))).toEqual({ sure: 0, onTrust: 1_500 });
});

test("nothing, and less than nothing, is no spending", () => {
  expect(refused(spend(0, 100))).toEqual({ kind: "amount-invalid" });
  expect(refused(spend(-5, 100))).toEqual({ kind: "amount-invalid" });
});

test("a customer owes up to the limit, and one without a limit owes nothing", () => {
  expect(accepted(mayOwe(amount(400), { owed: amount(600), limit: amount(1_000) }))).toBeNull();
  expect(refused(mayOwe(amount(401), { owed: amount(600), limit: amount(1_000) }))).toEqual({
    kind: "over-limit",
    left: 400,
  });
  expect(refused(mayOwe(amount(1), { owed: amount(0), limit: null }))).toEqual({ kind: "no-credit" });
  expect(accepted(mayOwe(amount(1_200), { owed: amount(-200), limit: amount(1_000) }))).toBeNull();
});
