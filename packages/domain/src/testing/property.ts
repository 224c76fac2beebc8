import process from "node:process";
import fc from "fast-check";
import { afterAll, test } from "vitest";

/** How often each property is tried; `FC_RUNS` asks for more. */
export const RUNS = Number(process.env.FC_RUNS ?? 1000);

/** Where the generator starts; `FC_SEED` repeats a run that was printed. */
export const SEED = Number(process.env.FC_SEED ?? Math.trunc(Math.random() * 2 ** 31));

const MINUTE_MS = 60_000;
/** For a thousand runs or fewer; more runs get as much for each thousand of theirs. */
const TIMEOUT_MS = 10 * MINUTE_MS * Math.max(1, RUNS / 1000);

let tried = 0;

/** Says how the run can be repeated: call it once in a file of properties. */
export function sayHowToRepeat(): void {
  afterAll(() => {
    process.stdout.write(`properties: ${tried} of ${RUNS} runs each, FC_SEED=${SEED}\n`);
  });
}

/** A claim that holds for everything the arbitrary makes. A counterexample is shrunk and shown with its seed and path. */
export function property<T>(claim: string, arbitrary: fc.Arbitrary<T>, check: (value: T) => void): void {
  test(
    claim,
    () => {
      tried += 1;
      fc.assert(fc.property(arbitrary, check), { numRuns: RUNS, seed: SEED });
    },
    TIMEOUT_MS,
  );
}
