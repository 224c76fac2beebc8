import { assert } from "@holdfast/domain/kernel/assert";

/**
 * Many short texts as a single one with the place where each ends. A text is cut out when somebody asks for it; until then a
 * hundred thousand of them are one thing to read, to hand to another thread and to keep.
 */
export type Texts = { readonly text: string; readonly ends: Uint32Array<ArrayBuffer> };

/** Stands between two texts, and in none. */
const BETWEEN = "\n";

/** Null where one of them cannot be told from two. */
export function joinTexts(texts: readonly unknown[]): string | null {
  const isPlain = (text: unknown): boolean => typeof text === "string" && !text.includes(BETWEEN);
  return texts.every(isPlain) ? texts.join(BETWEEN) : null;
}

export function openTexts(text: string, count: number): Texts {
  const ends = new Uint32Array(count);
  let from = 0;
  for (let index = 0; index < count; index += 1) {
    const between = text.indexOf(BETWEEN, from);
    assert(between < 0 === (index === count - 1), "as many texts as there should be");
    const end = between < 0 ? text.length : between;
    ends[index] = end;
    from = end + 1;
  }
  return { text, ends };
}

export function textAt({ text, ends }: Texts, index: number): string {
  return text.slice(index === 0 ? 0 : (ends[index - 1] ?? 0) + 1, ends[index]);
}

/** The first of sorted texts that is not before the one asked for; their count where none is. */
export function firstFrom(texts: Texts, wanted: string): number {
  let low = 0;
  let high = texts.ends.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (textAt(texts, middle) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Which of the texts a place in all of them belongs to. */
export function indexAt({ ends }: Texts, place: number): number {
  let low = 0;
  let high = ends.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ends[middle] ?? 0) < place) low = middle + 1;
    else high = middle;
  }
  return low;
}
