import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Paper } from "../../receipt/paper.ts";
import { browserPrinter } from "./browser.ts";
import { PrinterFailure } from "./printer.ts";

const paper = { kind: "slip", slip: { id: "1", act: "no-sale", amount: null, reason: "" }, blocks: [] } as Paper;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("the browser's own printing", () => {
  test("begins when all of the paper can be seen, and takes it away after", async () => {
    const printed: string[] = [];
    const printer = browserPrinter({ print: () => void printed.push("printed") });
    const done = printer.print(paper);
    expect(printer.sheet.get()?.paper).toBe(paper);
    expect(printed).toEqual([]);
    printer.sheet.get()?.shown();
    await done;
    expect(printed).toEqual(["printed"]);
    expect(printer.sheet.get()).toBeNull();
  });

  test("of a paper that nothing lays out fails instead of waiting for ever", async () => {
    const printer = browserPrinter({ print: () => undefined });
    const failed = expect(printer.print(paper)).rejects.toThrow(PrinterFailure);
    await vi.advanceTimersByTimeAsync(5_001);
    await failed;
    expect(printer.sheet.get()).toBeNull();
  });
});
