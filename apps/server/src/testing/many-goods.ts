import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { gs1CheckDigit } from "@holdfast/domain/catalog/barcode/check-digit";
import { parse } from "csv-parse/sync";

/** What a shop scans, and what it is called. */
export type Good = { readonly barcode: string; readonly name: string };

/** Real products, in many languages; they stand beside the repository and not in it. */
const REAL_GOODS = new URL("../../../../../shared/data/products-20k.csv.gz", import.meta.url);

/** Null where the file is not there: whoever asked says that it went without. */
export function realGoods(file: URL = REAL_GOODS): Good[] | null {
  if (!existsSync(file)) return null;
  return parse(gunzipSync(readFileSync(file)), { columns: true }) as Good[];
}

/**
 * So many goods, each with a barcode of its own: those given as they are, then more of the same in other sizes. Without any
 * they are all made up, in the scripts that shops write.
 */
export function manyGoods(count: number, given: readonly Good[] = []): Good[] {
  const real = given.slice(0, count);
  const more = Array.from({ length: count - real.length }, (_, index): Good => {
    const base = real[index % real.length]?.name ?? madeUpName(index);
    return { barcode: madeUpBarcode(index), name: `${base} ${SIZES[Math.trunc(index / 13) % SIZES.length]}` };
  });
  return [...real, ...more];
}

/** GS1 gives numbers that begin with 952 to nobody: they are for examples. */
function madeUpBarcode(index: number): string {
  const payload = `952${String(index).padStart(9, "0")}`;
  return `${payload}${gs1CheckDigit(payload)}`;
}

const SIZES = ["250 g", "500 g", "1 kg", "2 × 100 ml", "0.33 l", "0,75 l", "6er", "XL", "Bio", "12-pack", "№ 5"];

const SYLLABLES = [
  ["ka", "lo", "mi", "re", "ta", "vu", "né", "so", "brü", "fa", "gi", "ño", "pe", "sto", "cha", "ly"],
  ["ка", "ло", "ми", "ре", "та", "ву", "не", "со", "бру", "фа", "ги", "ньо", "пе", "сто", "ча", "лы"],
  ["κα", "λο", "μι", "ρε", "τα", "βου", "νέ", "σο", "μπρ", "φα", "γι", "νιο", "πε", "στο", "τσα", "λυ"],
  ["كا", "لو", "مي", "ري", "تا", "فو", "ني", "سو", "بر", "فا", "جي", "نو", "بي", "ستو", "شا", "لي"],
  ["茶", "米", "油", "盐", "糖", "面", "豆", "鱼", "果", "奶", "水", "花", "红", "绿", "黑", "大"],
] as const;

/** Every seventh is in another script than Latin, so that most of a shop reads the same and none is read by letters alone. */
function madeUpName(index: number): string {
  const script = index % 7 === 0 ? 1 + (Math.trunc(index / 7) % (SYLLABLES.length - 1)) : 0;
  const syllables = SYLLABLES[script] ?? SYLLABLES[0];
  const word = (seed: number): string =>
    [seed, seed >> 4, seed >> 8].map((part) => syllables[part & 15] ?? "").join("");
  return `${word(index)} ${word((index * 31) & 0xfff)}`;
}
