import type { PublicKey } from "@holdfast/protocol/primitives";
import type { ReadLine } from "./batch-line.ts";

export type Verdict = "proven" | "forged" | "unknown-key";

type Provers = {
  /** The key that signs the line's stream; null where this server does not know it. */
  readonly keyOf: (line: ReadLine) => PublicKey | null;
  readonly verify: (text: string, sig: string, key: PublicKey) => boolean;
};

/**
 * Believes lines by their signatures, whoever brings them (INV-12). Entries are hash-linked, so one valid signature on the last entry of a run proves the
 * run; only where it fails are the others looked at, from the end, and what comes after the last valid one is forged.
 */
export function proveLines(lines: readonly ReadLine[], provers: Provers): Map<ReadLine, Verdict> {
  const verdicts = new Map<ReadLine, Verdict>();
  for (const run of runsOf(lines)) {
    const key = provers.keyOf(run[0] as ReadLine);
    const proven = key === null ? 0 : provenLength(run, key, provers.verify);
    for (const [index, line] of run.entries()) {
      verdicts.set(line, key === null ? "unknown-key" : index < proven ? "proven" : "forged");
    }
  }
  return verdicts;
}

function provenLength(run: readonly ReadLine[], key: PublicKey, verify: Provers["verify"]): number {
  for (let length = run.length; length > 0; length -= 1) {
    const last = run[length - 1] as ReadLine;
    if (verify(last.raw, last.sig, key)) return length;
  }
  return 0;
}

/** Maximal chains of lines, each linked to the one before it. */
function runsOf(lines: readonly ReadLine[]): ReadLine[][] {
  const runs: ReadLine[][] = [];
  const runEndingWith = new Map<string, ReadLine[]>();
  for (const line of lines) {
    const run = runEndingWith.get(line.entry.prev);
    if (run === undefined || (run[0] as ReadLine).entry.stream !== line.entry.stream) {
      const started = [line];
      runs.push(started);
      runEndingWith.set(line.hash, started);
    } else {
      runEndingWith.delete(line.entry.prev);
      run.push(line);
      runEndingWith.set(line.hash, run);
    }
  }
  return runs;
}
