import { parseGtin } from "@holdfast/domain/catalog/barcode/gtin";

/**
 * Which rows a code may belong to: a hash table with a row in each used slot, plain data that one thread makes and another
 * reads. What is found is compared with the row's own codes, so nothing but the rows has to be kept.
 */
export type CodeIndex = Uint32Array<ArrayBuffer>;

const SLOTS_PER_CODE = 2;

/** @param codesOfRow what is scanned or typed for it, as it is written */
export function makeCodeIndex(rows: number, codesOfRow: (row: number) => readonly string[]): CodeIndex {
  const codes = Array.from({ length: rows }, (_, row) => new Set(codesOfRow(row).map(codeKey)));
  const count = codes.reduce((sum, { size }) => sum + size, 0);
  const index = new Uint32Array(2 ** Math.ceil(Math.log2(Math.max(count, 1) * SLOTS_PER_CODE)));
  for (const [row, keys] of codes.entries()) {
    for (const key of keys) {
      if (key === "") continue;
      let slot = hashOf(key) & (index.length - 1);
      while (index[slot] !== 0) slot = (slot + 1) & (index.length - 1);
      index[slot] = row + 1;
    }
  }
  return index;
}

/** Rows that may have the code, in their order. */
export function rowsOfKey(index: CodeIndex, key: string): number[] {
  const rows: number[] = [];
  for (let slot = hashOf(key) & (index.length - 1); ; slot = (slot + 1) & (index.length - 1)) {
    const entry = index[slot] ?? 0;
    if (entry === 0) return rows.sort((a, b) => a - b);
    if (!rows.includes(entry - 1)) rows.push(entry - 1);
  }
}

/** A GTIN is the same whether it came with 8, 12, 13 or 14 digits. */
export function codeKey(code: string): string {
  return parseGtin(code) ?? code;
}

/** FNV-1a over the code's units. */
function hashOf(key: string): number {
  let hash = 0x81_1c_9d_c5;
  for (let index = 0; index < key.length; index += 1) {
    hash = Math.imul(hash ^ key.charCodeAt(index), 0x01_00_01_93);
  }
  return (hash ^ (hash >>> 15)) >>> 0;
}
