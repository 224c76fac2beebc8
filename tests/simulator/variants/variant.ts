import type { FaultName } from "../nemesis/profiles.ts";
import type { Seams } from "../seams.ts";

/** One way to get the protocol wrong, and the trouble in which it shows. */
export type Variant = {
  /** What it does, as somebody would have thought it harmless. */
  readonly does: string;
  readonly faults: readonly FaultName[];
  /** Made anew for each run. */
  readonly seams: () => Seams;
};
