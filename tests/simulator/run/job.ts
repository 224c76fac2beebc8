import { VARIANTS } from "../variants/variants.ts";
import { type RunOptions, type RunResult, run } from "./run.ts";

/** A run that can be handed to another thread. */
export type Job = Omit<RunOptions, "seams"> & {
  /** The wrong variant that runs in place of the product. */
  readonly variant?: string;
};

export async function perform({ variant, ...options }: Job): Promise<RunResult> {
  if (variant === undefined) return await run(options);
  const wrong = VARIANTS[variant];
  if (wrong === undefined) throw new Error(`there is no variant ${variant}`);
  return await run({ faults: wrong.faults, ...options, seams: wrong.seams() });
}
