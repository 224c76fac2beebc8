import type { RunResult } from "./run.ts";

/** What someone needs to see a broken run again: its seed, its trouble, the rule, and what happened last. */
export function describeBroken({ seed, faults, broken, lastLines }: RunResult): string {
  if (broken === null) return `seed ${seed} holds`;
  return [
    `seed ${seed} with ${faults.join(", ")}`,
    `${broken.rule}: ${broken.detail} (after ${Math.round(broken.atMs / 1000)} s)`,
    ...lastLines,
  ].join("\n");
}

/** How often each interesting state was reached over many runs. */
export function reachedInAll(results: readonly RunResult[]): Map<string, number> {
  const reached = new Map<string, number>();
  for (const result of results)
    for (const [name, times] of Object.entries(result.reached)) reached.set(name, (reached.get(name) ?? 0) + times);
  return reached;
}
