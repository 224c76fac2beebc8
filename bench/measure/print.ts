import { cpus, release, totalmem } from "node:os";
import { numberText, type Spread, spreadText } from "./figures.ts";
import { isResultNoisy, type SideResult } from "./rounds.ts";

/** What a figure is held against. */
export type Target = {
  readonly what: string;
  readonly found: number;
  readonly atLeast?: number;
  readonly atMost?: number;
};

function isMet({ found, atLeast, atMost }: Target): boolean {
  return (atLeast === undefined || found >= atLeast) && (atMost === undefined || found <= atMost);
}

export function machineText(): string {
  const [first] = cpus();
  const gib = Math.round(totalmem() / 2 ** 30);
  return `${new Date().toISOString().slice(0, 10)}, ${cpus().length} × ${first?.model.trim()}, ${gib} GiB, Linux ${release()}, Node ${process.version}`;
}

/** One row a side, in Markdown, so that it can go into the document as it is. */
export function printSides(results: readonly SideResult[], log: (line: string) => void): void {
  log("");
  log("| what | per second: median (min–max) | CPU ms each | others' CPU | |");
  log("|---|---|---|---|---|");
  for (const result of results) {
    const { side, perSecond, cpuMsPerUnit, foreignShare } = result;
    const foreign = foreignShare === null ? "unknown" : `${numberText(foreignShare.median * 100)} %`;
    const noisy = isResultNoisy(result) ? "*noisy*" : "";
    log(
      `| ${side.name} | ${spreadText(perSecond)} ${side.unit}s | ${spreadText(cpuMsPerUnit)} | ${foreign} | ${noisy} |`,
    );
  }
}

export function printRatio(what: string, ratio: Spread, log: (line: string) => void): void {
  log(`${what}: ${spreadText(ratio, "×")}`);
}

/** @returns whether all are met */
export function printTargets(targets: readonly Target[], log: (line: string) => void): boolean {
  log("");
  for (const target of targets) {
    const limit =
      target.atLeast === undefined ? `≤ ${numberText(target.atMost ?? 0)}` : `≥ ${numberText(target.atLeast)}`;
    log(`${isMet(target) ? "met   " : "MISSED"} ${target.what}: ${numberText(target.found)} (${limit})`);
  }
  return targets.every(isMet);
}
