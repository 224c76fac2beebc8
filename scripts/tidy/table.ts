/** Rows of the tables in a Markdown document, as their cells by the name of the column. */
export function tableRows(markdown: string): Record<string, string>[] {
  const rows: Record<string, string>[] = [];
  let columns: readonly string[] | undefined;
  for (const line of markdown.split("\n")) {
    if (!line.startsWith("|")) {
      columns = undefined;
      continue;
    }
    const cells = line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim());
    if (columns === undefined) columns = cells;
    else if (!cells.every((cell) => /^:?-+:?$/.test(cell))) {
      rows.push(Object.fromEntries(columns.map((column, index) => [column, cells[index] ?? ""])));
    }
  }
  return rows;
}
