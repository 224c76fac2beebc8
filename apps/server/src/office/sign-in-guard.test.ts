import { beforeEach, expect, test } from "vitest";
import { SignInGuard } from "./sign-in-guard.ts";

let now = 0;
let guard: SignInGuard;

beforeEach(() => {
  now = 1_000_000;
  guard = new SignInGuard(() => now);
});

function fail(times: number, account = "demo owner"): void {
  for (let index = 0; index < times; index += 1) guard.failed(account);
}

test("a few wrong tries cost nothing", () => {
  fail(4);
  expect(guard.waitMs("demo owner")).toBe(0);
});

test("then each wrong try waits twice as long as the one before, up to a quarter of an hour", () => {
  const waits = Array.from({ length: 12 }, () => {
    fail(1);
    return guard.waitMs("demo owner") / 1000;
  });
  expect(waits).toEqual([0, 0, 0, 0, 5, 10, 20, 40, 80, 160, 320, 640]);
  fail(5);
  expect(guard.waitMs("demo owner")).toBe(15 * 60_000);
});

test("waiting ends the wait, and other accounts never waited", () => {
  fail(5);
  expect(guard.waitMs("demo manager")).toBe(0);
  now += 4_999;
  expect(guard.waitMs("demo owner")).toBe(1);
  now += 1;
  expect(guard.waitMs("demo owner")).toBe(0);
});

test("the right password, or an hour of quiet, makes an account new", () => {
  fail(9);
  guard.succeeded("demo owner");
  expect(guard.waitMs("demo owner")).toBe(0);
  fail(9);
  now += 60 * 60_000 + 1;
  fail(1);
  expect(guard.waitMs("demo owner")).toBe(0);
});

test("ten thousand accounts are remembered; one more forgets the oldest", () => {
  fail(5, "first");
  for (let index = 0; index < 9_999; index += 1) guard.failed(`account ${index}`);
  expect(guard.waitMs("first")).toBeGreaterThan(0);
  guard.failed("one more");
  expect(guard.waitMs("first")).toBe(0);
});
