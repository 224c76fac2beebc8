/** Accents of Latin, Greek and Cyrillic, Hebrew points, Arabic vowels. Marks of other scripts are letters and stay. */
const MARKS = /[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670]/g;

/** Letters that no normalisation takes apart. */
const APART: Readonly<Record<string, string>> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  đ: "d",
  ð: "d",
  þ: "th",
  ł: "l",
  ħ: "h",
  ı: "i",
};
const ONLY_ASCII = /^[ -~]*$/;
const APART_LETTERS = new RegExp(`[${Object.keys(APART).join("")}]`, "g");

/** Text as it is compared: `Crème BRÛLÉE` and `creme brulee` are the same to whoever searches. */
export function foldText(text: string): string {
  // Most text is plain: taking it apart would cost more than all the rest.
  if (ONLY_ASCII.test(text)) return text.toLowerCase();
  return text
    .normalize("NFKD")
    .replace(MARKS, "")
    .toLowerCase()
    .replace(APART_LETTERS, (letter) => APART[letter] ?? letter);
}

const ASCII_WORDS = /[a-z0-9]+/g;
const WORDS = /[\p{L}\p{N}\p{M}]+/gu;

/** The words of a folded text. */
export function wordsOf(folded: string): string[] {
  return folded.match(ONLY_ASCII.test(folded) ? ASCII_WORDS : WORDS) ?? [];
}

/** Whether a text has letters of a script that is written without spaces, where a word may begin anywhere. */
export function isWrittenWithoutSpaces(folded: string): boolean {
  return /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u.test(
    folded,
  );
}
