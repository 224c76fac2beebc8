import { firstFrom, indexAt, textAt } from "@holdfast/sync/texts";
import { foldText, isWrittenWithoutSpaces, wordsOf } from "./fold.ts";
import { isSimilarStart } from "./similar.ts";
import type { WordIndex } from "./word-index.ts";

/** Rows that are searched together, with their words; null while those are still being made. */
export type Searchable = {
  readonly words: WordIndex | null;
  /** Rows to leave out answer false. */
  readonly isCurrent: (row: number) => boolean;
};
export type Hit<Shelf> = { readonly shelf: Shelf; readonly row: number };

/**
 * Finds rows by the beginnings of their words, all of which must be there, in any order; where nothing begins so, by what is
 * inside of words; where that is nowhere, by words that are one letter away. How well they fit comes first, then their order.
 */
export function search<Shelf extends Searchable>(shelves: readonly Shelf[], text: string, max: number): Hit<Shelf>[] {
  const query = queryOf(text);
  if (query === null) return [];
  const hits = new Ranking<Shelf>(max);
  for (const shelf of shelves) {
    if (hits.isFull(query.isShort ? STARTS : EXACT)) break;
    beginning(shelf, query, hits);
  }
  if (hits.isEmpty || query.isUnspaced) for (const shelf of shelves) inside(shelf, query, hits);
  if (hits.isEmpty) for (const shelf of shelves) similar(shelf, query, hits);
  return hits.best();
}

type Query = {
  /** The longest first: it has the fewest rows, most likely, and each later one only looks at what is left. */
  readonly words: readonly string[];
  /** As they were typed, each with a space before it. */
  readonly phrase: string;
  /** So little that half of everything begins with it: the first that fit will do. */
  readonly isShort: boolean;
  readonly isUnspaced: boolean;
};

const QUERY_WORDS_MAX = 8;
const SHORT_CHARS = 2;

function queryOf(text: string): Query | null {
  const folded = foldText(text);
  const words = wordsOf(folded).slice(0, QUERY_WORDS_MAX);
  if (words.length === 0) return null;
  const phrase = ` ${words.join(" ")}`;
  return {
    words: [...words].sort((a, b) => b.length - a.length),
    phrase,
    isShort: phrase.length <= SHORT_CHARS + 1,
    isUnspaced: isWrittenWithoutSpaces(folded),
  };
}

const EXACT = 0;
const STARTS = 1;
const IN_ORDER = 2;
const ANY_ORDER = 3;
const INSIDE = 4;
const SIMILAR = 5;

function beginning<Shelf extends Searchable>(shelf: Shelf, query: Query, hits: Ranking<Shelf>): void {
  const { words } = shelf;
  if (words === null) return;
  for (const row of rowsBeginning(words, query)) {
    const text = textAt(words.texts, row);
    if (query.words.every((word) => text.includes(` ${word}`))) hits.add(shelf, row, rankOf(text, query));
  }
}

/** Rows with the word of the query that fewest begin with, in their order: whether they have the others is soon seen. */
function rowsBeginning({ words, starts, rows, texts }: WordIndex, query: Query): Iterable<number> {
  let rarest = rows;
  for (const word of query.words) {
    const from = starts[firstFrom(words, word)];
    const found = rows.subarray(from, starts[firstFrom(words, word + LAST)]);
    if (found.length < rarest.length) rarest = found;
  }
  return inOrder(rarest, texts.ends.length);
}

/** Sorts after every letter with which a word could go on. */
const LAST = "\uffff";

function* inOrder(rows: Iterable<number>, count: number): Generator<number> {
  const marks = new Uint8Array(count);
  for (const row of rows) marks[row] = 1;
  for (let row = marks.indexOf(1); row >= 0; row = marks.indexOf(1, row + 1)) yield row;
}

function rankOf(text: string, { phrase, words }: Query): number {
  if (text.startsWith(phrase)) return text.length === phrase.length ? EXACT : STARTS;
  return words.length === 1 || text.includes(phrase) ? IN_ORDER : ANY_ORDER;
}

/** Slower, for what no word begins with, and for scripts where a word may begin anywhere. */
function inside<Shelf extends Searchable>(
  shelf: Shelf,
  { words: [longest = "", ...others] }: Query,
  hits: Ranking<Shelf>,
): void {
  const { words } = shelf;
  if (words === null || hits.isFull(INSIDE)) return;
  const { text, ends } = words.texts;
  for (let at = text.indexOf(longest); at >= 0 && !hits.isFull(INSIDE); ) {
    const row = indexAt(words.texts, at);
    if (others.every((word) => textAt(words.texts, row).includes(word))) hits.add(shelf, row, INSIDE);
    at = text.indexOf(longest, ends[row]);
  }
}

function similar<Shelf extends Searchable>(shelf: Shelf, query: Query, hits: Ranking<Shelf>): void {
  const { words } = shelf;
  if (words === null) return;
  // What is longest is the least likely to be like another word by chance.
  const rows = wordsSimilar(words, query.words[0] ?? "").flatMap((at) => [...rowsOfWord(words, at)]);
  for (const row of inOrder(rows, words.texts.ends.length)) {
    const own = textAt(words.texts, row).split(" ");
    if (query.words.every((word) => own.some((each) => isSimilarStart(each, word)))) hits.add(shelf, row, SIMILAR);
  }
}

function rowsOfWord({ starts, rows }: WordIndex, at: number): Uint32Array {
  return rows.subarray(starts[at], starts[at + 1]);
}

/** Only among words with the same first letter: a slip rarely hits that one, and all others are read in a moment. */
function wordsSimilar({ words }: WordIndex, word: string): number[] {
  const letter = [...word][0] ?? "";
  const [from, to] = [firstFrom(words, letter), firstFrom(words, letter + LAST)];
  const similar: number[] = [];
  for (let at = from; at < to; at += 1) if (isSimilarStart(textAt(words, at), word)) similar.push(at);
  return similar;
}

/** The first so many of each rank, so that a letter that half the catalogue begins with costs no sorting. */
class Ranking<Shelf extends Searchable> {
  readonly max: number;
  readonly #byRank: Hit<Shelf>[][] = [[], [], [], [], [], []];

  constructor(max: number) {
    this.max = max;
  }

  get isEmpty(): boolean {
    return this.#byRank.every((hits) => hits.length === 0);
  }

  /** Whether nothing of a worse rank than this would still be shown. */
  isFull(rank: number): boolean {
    return this.#byRank.slice(0, rank + 1).reduce((sum, hits) => sum + hits.length, 0) >= this.max;
  }

  add(shelf: Shelf, row: number, rank: number): void {
    const hits = this.#byRank[rank];
    if (hits === undefined || hits.length >= this.max || !shelf.isCurrent(row) || this.#has(shelf, row)) return;
    hits.push({ shelf, row });
  }

  #has(shelf: Shelf, row: number): boolean {
    return this.#byRank.some((hits) => hits.some((hit) => hit.row === row && hit.shelf === shelf));
  }

  best(): Hit<Shelf>[] {
    return this.#byRank.flat().slice(0, this.max);
  }
}
