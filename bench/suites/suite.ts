/** What a suite is told, and what it tells. */
export type SuiteOptions = {
  readonly rounds: number;
  /** How often a round that others disturbed is run at most. */
  readonly attemptsMax: number;
  /** Everything in small: only whether the suite works is asked. */
  readonly quick: boolean;
  readonly log: (line: string) => void;
  readonly profileDir?: string | undefined;
};

export type Verdict = {
  /** A void figure is no figure: the books were wrong, or something was lost. */
  readonly isVoid: boolean;
  readonly targetsMet: boolean;
};

export type Suite = (options: SuiteOptions) => Promise<Verdict>;
