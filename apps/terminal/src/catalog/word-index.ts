import { assert } from "@holdfast/domain/kernel/assert";
import { joinTexts, openTexts, type Texts } from "@holdfast/sync/texts";
import { foldText, wordsOf } from "./fold.ts";

/**
 * The words of rows, sorted, with the rows of each: plain data that one thread makes and another searches. Nothing in it grows
 * with how a language bends its words.
 */
export type WordIndex = {
  /** Of each row: folded, with a space before each word, so that a word's beginning is found as ` be`. */
  readonly texts: Texts;
  readonly words: Texts;
  /** Where the rows of each word begin in `rows`; one more at the end. */
  readonly starts: Uint32Array<ArrayBuffer>;
  readonly rows: Uint32Array<ArrayBuffer>;
};

/** @param texts of each row: whatever it is to be found by, what matters most first */
export function makeWordIndex(texts: readonly string[]): WordIndex {
  const rowsByWord = new Map<string, number[]>();
  const folded = texts.map((text, row) => {
    const words = wordsOf(foldText(text));
    for (const word of words) {
      const rows = rowsByWord.get(word);
      if (rows === undefined) rowsByWord.set(word, [row]);
      else if (rows.at(-1) !== row) rows.push(row);
    }
    return ` ${words.join(" ")}`;
  });
  const words = [...rowsByWord.keys()].sort();
  const starts = new Uint32Array(words.length + 1);
  let count = 0;
  for (const [index, word] of words.entries()) {
    count += rowsByWord.get(word)?.length ?? 0;
    starts[index + 1] = count;
  }
  const rows = new Uint32Array(count);
  for (const [index, word] of words.entries()) rows.set(rowsByWord.get(word) ?? [], starts[index]);
  return { texts: asTexts(folded), words: asTexts(words), starts, rows };
}

/** A folded text has no line break: it is parted into words by all that is no letter or digit. */
function asTexts(texts: readonly string[]): Texts {
  const joined = joinTexts(texts);
  assert(joined !== null, "a folded text is one line");
  return openTexts(joined, texts.length);
}
