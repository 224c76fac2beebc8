/**
 * Two texts on one line of so many characters: one at its start, one at its end. A long start is broken between words and the
 * end stands on its first line; where both cannot share a line, the end has one of its own.
 */
export function layoutRow(start: string, end: string, columns: number): string[] {
  if (end === "") return wrapText(start, columns);
  if (start === "") return wrapText(end, columns).map((line) => padStart(line, columns));
  const room = columns - widthOf(end) - 1;
  if (room < columns / 4) return [...wrapText(start, columns), ...layoutRow("", end, columns)];
  const [first = "", ...rest] = wrapText(start, room);
  return [`${first}${" ".repeat(columns - widthOf(first) - widthOf(end))}${end}`, ...rest];
}

/** Breaks between words; a word that is longer than a line is cut. */
export function wrapText(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/).flatMap((each) => cutWord(each, columns))) {
    if (line !== "" && widthOf(line) + 1 + widthOf(word) > columns) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

function cutWord(word: string, columns: number): string[] {
  const characters = [...word];
  const parts: string[] = [];
  for (let at = 0; at < characters.length; at += columns) parts.push(characters.slice(at, at + columns).join(""));
  return parts;
}

function padStart(line: string, columns: number): string {
  return " ".repeat(Math.max(0, columns - widthOf(line))) + line;
}

function widthOf(text: string): number {
  return [...text].length;
}
