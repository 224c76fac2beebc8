import { describe, expect, test } from "vitest";
import { CONTRASTS, DARK, LIGHT, type Tokens } from "./tokens.ts";

/** Relative luminance as WCAG 2.2 defines it. */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const channel = Number.parseInt(hex.slice(start, start + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [lighter = 0, darker = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (lighter + 0.05) / (darker + 0.05);
}

describe.each<[string, Tokens]>([
  ["light", LIGHT],
  ["dark", DARK],
])("the %s colours", (_scheme, tokens) => {
  test.each(CONTRASTS)("%s stands out from %s at least %d to 1", (text, ground, ratio) => {
    expect(contrast(tokens[text], tokens[ground])).toBeGreaterThanOrEqual(ratio);
  });
});

test("black on white is 21 to 1", () => {
  expect(contrast("#000000", "#ffffff")).toBeCloseTo(21, 5);
});
