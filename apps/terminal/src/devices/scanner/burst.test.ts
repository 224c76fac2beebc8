import { describe, expect, test } from "vitest";
import { type Burst, isScan, looksLikeAmount, strike } from "./burst.ts";

/** Keys one after another, each so many milliseconds after the one before; then Enter. */
function typed(text: string, pausesMs: readonly number[]): { burst: Burst; enterAtMs: number } {
  let atMs = 1_000;
  let burst: Burst | null = null;
  for (const [index, char] of [...text].entries()) {
    burst = strike(burst, char, atMs);
    atMs += pausesMs[index % pausesMs.length] ?? 0;
  }
  if (burst === null) throw new Error("nothing typed");
  return { burst, enterAtMs: atMs };
}

describe("what is a scan", () => {
  test.each([
    ["a cable scanner", "4012345000016", [2]],
    ["a radio scanner that stutters", "4012345000016", [12, 45, 8]],
    ["keys that arrive in one go", "HF-0042", [0]],
    ["a code with spaces and signs", "]C10104012345000010", [5]],
  ])("%s", (_, text, pauses) => {
    const { burst, enterAtMs } = typed(text, pauses);
    expect(burst.text).toBe(text);
    expect(isScan(burst, enterAtMs)).toBe(true);
  });

  test.each([
    ["a quick hand", "1250", [90]],
    ["two rolling keys", "12", [15]],
    ["three keys at once", "500", [1]],
    ["a hand at the edge of speed", "123456", [40]],
  ])("not %s", (_, text, pauses) => {
    const { burst, enterAtMs } = typed(text, pauses);
    expect(isScan(burst, enterAtMs)).toBe(false);
  });

  test("a pause before Enter shows the hand", () => {
    const { burst, enterAtMs } = typed("4012345000016", [2]);
    expect(isScan(burst, enterAtMs + 200)).toBe(false);
  });

  test("a slow key begins anew, and what a scanner types after it is whole", () => {
    let burst = strike(null, "7", 0);
    burst = strike(burst, "4", 400);
    for (const [index, char] of [..."0123"].entries()) burst = strike(burst, char, 402 + index * 2);
    expect(burst.text).toBe("40123");
    expect(isScan(burst, 412)).toBe(true);
  });
});

test("an amount with decimals is never a barcode", () => {
  expect(["12.50", "0,350", "20."].map(looksLikeAmount)).toEqual([true, true, true]);
  expect(["4012345000016", "12.50.1", "A12.50"].map(looksLikeAmount)).toEqual([false, false, false]);
});
