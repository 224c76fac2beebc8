/** Shorter words are too many to guess from. */
const CHARS_MIN = 4;

/**
 * Whether a word begins like another one with one slip of the fingers: a letter too many, one too few, a wrong one, two in the
 * wrong order.
 */
export function isSimilarStart(word: string, typed: string): boolean {
  if (typed.length < CHARS_MIN) return word.startsWith(typed);
  let at = 0;
  while (at < typed.length && word[at] === typed[at]) at += 1;
  if (at === typed.length) return true;
  const rest = typed.slice(at + 1);
  const isSwapped =
    word[at] === typed[at + 1] && word[at + 1] === typed[at] && word.startsWith(typed.slice(at + 2), at + 2);
  return (
    isSwapped || word.startsWith(rest, at + 1) || word.startsWith(rest, at) || word.startsWith(typed.slice(at), at + 1)
  );
}
