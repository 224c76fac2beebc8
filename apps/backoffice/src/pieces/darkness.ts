/** A terminal that is not heard of, as lists of several kinds tell of it. */
export type DarkTerminal = {
  readonly terminal: string;
  readonly name: string;
  readonly branch: string;
  readonly lastSeenAt: string | null;
  readonly unsent: number | null;
};

export type Darkness = {
  readonly branch: string;
  readonly names: readonly string[];
  /** When the first of them fell silent; null where one was never heard of. */
  readonly since: string | null;
  /** What they last said they had still to send, together; null where none ever said. */
  readonly unsent: number | null;
};

/** Silent terminals branch by branch: a line that is down takes a whole branch along. */
export function darknessByBranch(terminals: readonly DarkTerminal[]): readonly Darkness[] {
  const byBranch = new Map<string, DarkTerminal[]>();
  for (const each of terminals) byBranch.set(each.branch, [...(byBranch.get(each.branch) ?? []), each]);
  return [...byBranch].map(([branch, dark]) => {
    const seen = dark.map(({ lastSeenAt }) => lastSeenAt);
    const said = dark.flatMap(({ unsent }) => unsent ?? []);
    return {
      branch,
      names: dark.map(({ name }) => name),
      since: seen.includes(null) ? null : (seen.sort((a, b) => Date.parse(a ?? "") - Date.parse(b ?? ""))[0] ?? null),
      unsent: said.length === 0 ? null : said.reduce((sum, count) => sum + count, 0),
    };
  });
}
