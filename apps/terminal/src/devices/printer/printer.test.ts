import { describe, expect, test } from "vitest";
import type { Paper, PaperBlock } from "../../receipt/paper.ts";
import { encodeDrawerPulse, encodePaper } from "./encode.ts";
import { layoutRow, wrapText } from "./layout.ts";
import { PrinterFailure } from "./printer.ts";
import { realPrinter } from "./real.ts";
import type { Transport } from "./transport.ts";

const MODEL = { language: "esc-pos", columns: 42 } as const;

function slip(blocks: readonly PaperBlock[]): Paper {
  return { kind: "slip", slip: { id: "1", act: "no-sale", amount: null, reason: "" }, blocks };
}

const RECEIPT = slip([
  { kind: "title", text: "Corner Café" },
  { kind: "mark", text: "COPY" },
  { kind: "rule" },
  { kind: "row", start: "Käse", end: "4.50 A" },
  { kind: "row", start: "TOTAL", end: "€4.50", weight: "strong" },
  { kind: "code", text: "HFR1ABCD" },
]);

describe("a row on paper", () => {
  test("has its figure at the end of the line, however long its name", () => {
    for (const name of [
      "Tea",
      "A very long name of goods that does not fit on one line of the paper",
      "X".repeat(90),
    ]) {
      const lines = layoutRow(name, "1,234.50 A", 42);
      expect(lines.every((line) => [...line].length <= 42)).toBe(true);
      expect(lines[0]).toHaveLength(42);
      expect(lines[0]?.endsWith(" 1,234.50 A")).toBe(true);
      expect(
        lines
          .map((line) => line.replace("1,234.50 A", ""))
          .join("")
          .replaceAll(" ", ""),
      ).toBe(name.replaceAll(" ", ""));
    }
  });

  test("gives a figure a line of its own where both do not fit", () => {
    expect(layoutRow("A VAT 20 %", "1,000.00 + 200.00 = 1,200.00", 32)).toEqual([
      "A VAT 20 %",
      "    1,000.00 + 200.00 = 1,200.00",
    ]);
  });

  test("loses no character of an emoji when it breaks", () => {
    expect(wrapText("🧀".repeat(5), 2).join("")).toBe("🧀".repeat(5));
  });
});

describe("a paper in the printer's language", () => {
  test("begins with a reset, carries the words, a QR code with its text, and a cut", async () => {
    const bytes = await encodePaper(RECEIPT, MODEL);
    const text = String.fromCharCode(...bytes);
    expect([...bytes.slice(0, 2)]).toEqual([0x1b, 0x40]);
    expect(text).toContain("COPY");
    expect(text).toContain("HFR1ABCD");
    expect(text).toContain("\x1d\x28\x6b");
    expect(text).toContain("\x1dV");
  });

  test("is another for a Star printer", async () => {
    expect(await encodePaper(RECEIPT, { ...MODEL, language: "star-prnt" })).not.toEqual(
      await encodePaper(RECEIPT, MODEL),
    );
  });

  test("a drawer opens by a pulse", async () => {
    expect(String.fromCharCode(...(await encodeDrawerPulse(MODEL)))).toContain("\x1bp\x00");
  });
});

describe("a printer on a cable", () => {
  function line(answers: (number | null)[]): Transport & { readonly written: number[][] } {
    const written: number[][] = [];
    return {
      written,
      write: async (bytes) => void written.push([...bytes]),
      read: async () => {
        const answer = answers.shift() ?? null;
        return answer === null ? null : Uint8Array.of(answer);
      },
    };
  }

  async function outcome(print: Promise<void>): Promise<string> {
    return await print.then(
      () => "printed",
      (error: unknown) => (error instanceof PrinterFailure ? error.reason : String(error)),
    );
  }

  test("says before it begins that it has no paper", async () => {
    const cable = line([0x72]);
    expect(await outcome(realPrinter({ connect: async () => cable, model: MODEL }).print(RECEIPT))).toBe(
      "out-of-paper",
    );
    expect(cable.written).toHaveLength(1);
  });

  test("says when the paper ran out in the middle", async () => {
    const cable = line([0x12, 0x72]);
    expect(await outcome(realPrinter({ connect: async () => cable, model: MODEL }).print(RECEIPT))).toBe(
      "out-of-paper",
    );
  });

  test("that cannot speak is believed", async () => {
    expect(await outcome(realPrinter({ connect: async () => line([]), model: MODEL }).print(RECEIPT))).toBe("printed");
  });

  test("is found again after it was unplugged", async () => {
    const cable = line([]);
    let plugged = false;
    const printer = realPrinter({ connect: async () => (plugged ? cable : null), model: MODEL });
    expect(await outcome(printer.print(RECEIPT))).toBe("unplugged");
    plugged = true;
    expect(await outcome(printer.print(RECEIPT))).toBe("printed");
  });
});
