import { parseDecimal } from "@holdfast/domain/money/decimal";
import type { Weighed } from "./scale.ts";

/** Units that scales name, as the catalogue writes them, with the digits they are counted to. */
const UNITS: Readonly<Record<string, { readonly unit: string; readonly scale: number }>> = {
  kg: { unit: "kg", scale: 3 },
  g: { unit: "g", scale: 0 },
  lb: { unit: "lb", scale: 3 },
};

/**
 * Reads one line of a scale, in either of the two forms that most of them speak: `ST,GS,+  1.234kg` (stable or `US`, unstable)
 * and the bare figure of Mettler-Toledo 8217, `00.450`, always kilograms, or `?` and a status byte. Null where it is neither.
 */
export function readWeight(line: string): Weighed | null {
  const text = [...line]
    .filter((char) => char >= " ")
    .join("")
    .trim();
  if (text.startsWith("?")) return { kind: "fault", fault: statusFault(text.charCodeAt(1)) };
  const full = /^(ST|US|OL)?,?(?:GS|NT)?,?\s*([+-])?\s*(\d+(?:\.\d+)?)\s*(kg|g|lb)?$/i.exec(text);
  if (full === null) return /^OL/.test(text) ? { kind: "fault", fault: "overload" } : null;
  const [, state, sign, figure, unitName] = full;
  if (state?.toUpperCase() === "US") return { kind: "fault", fault: "unstable" };
  const unit = UNITS[(unitName ?? "kg").toLowerCase()];
  const weight = parseDecimal(figure ?? "");
  // An empty pan that was not set to zero shows less than nothing.
  if (unit === undefined || weight === null || sign === "-") return { kind: "fault", fault: "unstable" };
  const units = Math.round(weight.units * 10 ** (unit.scale - weight.scale));
  return { kind: "weight", weight: { units, scale: unit.scale, unit: unit.unit } };
}

/** Bits of the status byte: 1 is motion, 2 is over capacity. */
function statusFault(status: number): "overload" | "unstable" {
  return (status & 2) !== 0 ? "overload" : "unstable";
}
