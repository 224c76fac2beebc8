import { foldText, isWrittenWithoutSpaces, wordsOf } from "./fold.ts";

/**
 * Finds rows by the beginnings of their words, all of which must be there, in any order. Made for keystrokes: a sorted list of
 * words with the rows of each, nothing that grows with how a language bends them.
 */
export class SearchIndex {
  /** Folded, with a space before each word, so that a word's beginning is found by `includes`. */
  readonly #texts: readonly string[];
  readonly #words: readonly string[];
  readonly #rowsByWord: readonly Uint32Array[];
  readonly #marks: Uint8Array;

  /** @param texts of each row: whatever it is to be found by, what matters most first */
  constructor(texts: readonly string[]) {
    const rowsByWord = new Map<string, number[]>();
    this.#texts = texts.map((text, row) => {
      const words = wordsOf(foldText(text));
      for (const word of words) {
        const rows = rowsByWord.get(word);
        if (rows === undefined) rowsByWord.set(word, [row]);
        else if (rows.at(-1) !== row) rows.push(row);
      }
      return ` ${words.join(" ")}`;
    });
    const sorted = [...rowsByWord].sort(([a], [b]) => (a < b ? -1 : 1));
    this.#words = sorted.map(([word]) => word);
    this.#rowsByWord = sorted.map(([, rows]) => Uint32Array.from(rows));
    this.#marks = new Uint8Array(texts.length);
  }

  /**
   * Rows in order of how well they fit, then as they came.
   * @param isCurrent rows to leave out answer false
   */
  find(query: string, max: number, isCurrent: (row: number) => boolean = () => true): number[] {
    const folded = foldText(query);
    const words = wordsOf(folded).slice(0, QUERY_WORDS_MAX);
    if (words.length === 0) return [];
    const best = new Ranking(max);
    const phrase = ` ${words.join(" ")}`;
    for (const row of this.#rowsWithAll(words))
      if (isCurrent(row)) best.add(row, rankOf(this.#texts[row] ?? "", phrase));
    if (best.isEmpty || isWrittenWithoutSpaces(folded)) this.#scan(words, best, isCurrent);
    return best.rows();
  }

  /** Each word marks the rows that have it and all words before it; what the last one reaches has them all. */
  *#rowsWithAll(words: readonly string[]): Generator<number> {
    const marks = this.#marks;
    marks.fill(0);
    // The longest word has the fewest rows, most likely, and each later one only looks at what is left.
    const ordered = [...words].sort((a, b) => b.length - a.length);
    for (const [place, word] of ordered.entries()) {
      const isLast = place === ordered.length - 1;
      for (let index = this.#firstFrom(word); this.#words[index]?.startsWith(word) === true; index += 1) {
        for (const row of this.#rowsByWord[index] ?? []) {
          if (marks[row] !== place) continue;
          marks[row] = place + 1;
          if (isLast) yield row;
        }
      }
    }
  }

  /** Somewhere inside: slower, for what no word begins with. */
  #scan(words: readonly string[], best: Ranking, isCurrent: (row: number) => boolean): void {
    for (const [row, text] of this.#texts.entries()) {
      if (best.isFull) return;
      if (words.every((word) => text.includes(word)) && isCurrent(row)) best.add(row, INSIDE);
    }
  }

  #firstFrom(word: string): number {
    let low = 0;
    let high = this.#words.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#words[middle] ?? "") < word) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

const QUERY_WORDS_MAX = 8;
const STARTS = 0;
const IN_ORDER = 1;
const ANY_ORDER = 2;
const INSIDE = 3;

function rankOf(text: string, phrase: string): number {
  const at = text.indexOf(phrase);
  return at === 0 ? STARTS : at > 0 ? IN_ORDER : ANY_ORDER;
}

/** The first so many of each rank, so that a letter that half the catalogue begins with costs no sorting. */
class Ranking {
  readonly #max: number;
  readonly #byRank: number[][] = [[], [], [], []];
  readonly #seen = new Set<number>();

  constructor(max: number) {
    this.#max = max;
  }

  get isEmpty(): boolean {
    return this.#seen.size === 0;
  }

  get isFull(): boolean {
    return this.#seen.size >= this.#max;
  }

  add(row: number, rank: number): void {
    const rows = this.#byRank[rank];
    if (rows === undefined || rows.length >= this.#max || this.#seen.has(row)) return;
    rows.push(row);
    this.#seen.add(row);
  }

  rows(): number[] {
    return this.#byRank.flatMap((rows) => rows.toSorted((a, b) => a - b)).slice(0, this.#max);
  }
}
