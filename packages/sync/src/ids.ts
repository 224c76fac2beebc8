import { assert } from "@holdfast/domain/kernel/assert";
import { isUuid } from "@holdfast/domain/kernel/id";
import { openTexts, type Texts, textAt } from "./texts.ts";

/**
 * The ids of a chunk, ascending. Ids that are UUIDs, as nearly all are, take sixteen bytes instead of their thirty-six letters:
 * most of what a large shop keeps would be ids otherwise. Their bytes sort as their letters do.
 */
export type Ids =
  | { readonly kind: "uuids"; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: "texts"; readonly texts: Texts };

const BYTES = 16;

/** @param joined as `joinTexts` joined them */
export function openIds(joined: string, count: number): Ids {
  const texts = openTexts(joined, count);
  const bytes = new Uint8Array(count * BYTES);
  let before = "";
  let arePacked = true;
  for (let row = 0; row < count; row += 1) {
    const id = textAt(texts, row);
    assert(before < id, "the ids of a chunk ascend");
    before = id;
    arePacked &&= isUuid(id);
    if (arePacked) writeBytes(id, bytes, row * BYTES);
  }
  return arePacked ? { kind: "uuids", bytes } : { kind: "texts", texts };
}

export function idAt(ids: Ids, row: number): string {
  return ids.kind === "texts" ? textAt(ids.texts, row) : uuidOf(ids.bytes.subarray(row * BYTES, (row + 1) * BYTES));
}

/** Null where there is none like it. */
export function rowOfId(ids: Ids, count: number, id: string): number | null {
  const compare = ids.kind === "texts" ? textComparison(ids.texts, id) : uuidComparison(ids.bytes, id);
  if (compare === null) return null;
  let low = 0;
  let high = count - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const order = compare(middle);
    if (order === 0) return middle;
    if (order < 0) low = middle + 1;
    else high = middle - 1;
  }
  return null;
}

/** Below zero where the row's id comes before the wanted one. */
type Comparison = (row: number) => number;

function textComparison(texts: Texts, id: string): Comparison {
  return (row) => {
    const own = textAt(texts, row);
    return own < id ? -1 : own > id ? 1 : 0;
  };
}

function uuidComparison(bytes: Uint8Array, id: string): Comparison | null {
  if (!isUuid(id)) return null;
  const wanted = new Uint8Array(BYTES);
  writeBytes(id, wanted, 0);
  return (row) => {
    for (let index = 0; index < BYTES; index += 1) {
      const difference = (bytes[row * BYTES + index] ?? 0) - (wanted[index] ?? 0);
      if (difference !== 0) return difference;
    }
    return 0;
  };
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));
/** Where the letters of each byte begin: dashes stand between. */
const PLACES = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34] as const;
const FIRST_LETTER = 0x61;
const FIRST_DIGIT = 0x30;

/** A plain loop: a large shop has hundreds of thousands of them. */
function writeBytes(id: string, into: Uint8Array, at: number): void {
  for (let index = 0; index < BYTES; index += 1) {
    const place = PLACES[index] ?? 0;
    into[at + index] = (digitAt(id, place) << 4) | digitAt(id, place + 1);
  }
}

function digitAt(id: string, place: number): number {
  const unit = id.charCodeAt(place);
  return unit >= FIRST_LETTER ? unit - FIRST_LETTER + 10 : unit - FIRST_DIGIT;
}

function uuidOf(bytes: Uint8Array): string {
  let id = "";
  for (const [index, byte] of bytes.entries()) {
    if (index === 4 || index === 6 || index === 8 || index === 10) id += "-";
    id += HEX[byte];
  }
  return id;
}
