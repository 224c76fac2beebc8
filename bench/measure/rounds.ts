import { type CpuUse, watchCpu } from "./cpu-watch.ts";
import { type Spread, spreadOf } from "./figures.ts";
import { within } from "./within.ts";

/** One thing that is measured; its rounds alternate with those of what it is compared with. */
export type Side = {
  readonly name: string;
  /** What one unit is, for the table: `sale`, `put`. */
  readonly unit: string;
  readonly run: (round: number) => Promise<Run>;
};

/** @param seconds where the work is only part of the run; otherwise the whole run counts */
export type Run = { readonly units: number; readonly seconds?: number; readonly latenciesMs?: readonly number[] };

export type Measured = { readonly run: Run; readonly cpu: CpuUse; readonly seconds: number };

export type SideResult = {
  readonly side: Side;
  readonly rounds: readonly Measured[];
  readonly perSecond: Spread;
  /** Processor time of what was started, for each unit. */
  readonly cpuMsPerUnit: Spread;
  readonly foreignShare: Spread | null;
};

export type RoundsOptions = {
  readonly rounds: number;
  /** Rounds that others disturbed are run again, so many times. */
  readonly attemptsMax: number;
  readonly log: (line: string) => void;
  /** For all rounds of all sides together; a side that stands still ends the bench then. */
  readonly secondsMax?: number;
};

const SECONDS_MAX = 1_200;

/** More than this share of the machine used by others makes a round noisy. */
const FOREIGN_MAX = 0.1;

/** Runs the sides in turn, A B A B, so that whatever changes meanwhile changes for all of them. */
export async function inTurns(
  sides: readonly Side[],
  { rounds, attemptsMax, log, secondsMax = SECONDS_MAX }: RoundsOptions,
): Promise<SideResult[]> {
  const endsAt = performance.now() + secondsMax * 1_000;
  const secondsLeft = (): number => (endsAt - performance.now()) / 1_000;
  const kept = sides.map((): Measured[] => []);
  for (let round = 0; round < rounds; round += 1) {
    for (let attempt = 1; ; attempt += 1) {
      const measured = [];
      for (const side of sides)
        measured.push(await within(secondsLeft(), `round ${round + 1} of ${side.name}`, measure(side, round)));
      const noisy = measured.some(isNoisy);
      log(`  round ${round + 1}${attempt > 1 ? `, attempt ${attempt}` : ""}: ${lineOf(sides, measured)}`);
      // What is disturbed again and again must not use up the time of the rounds that are still to come.
      const isTimeForMore = secondsLeft() > (secondsMax * (rounds - round)) / (rounds + 1);
      if (noisy && attempt < attemptsMax && isTimeForMore) continue;
      for (const [index, one] of measured.entries()) kept[index]?.push(one);
      break;
    }
  }
  return sides.map((side, index) => resultOf(side, kept[index] ?? []));
}

async function measure(side: Side, round: number): Promise<Measured> {
  const watched = watchCpu();
  const run = await side.run(round);
  const cpu = watched();
  return { run, cpu, seconds: run.seconds ?? cpu.seconds };
}

function isNoisy({ cpu }: Measured): boolean {
  return (cpu.foreignShare ?? 0) > FOREIGN_MAX;
}

function lineOf(sides: readonly Side[], measured: readonly Measured[]): string {
  return measured
    .map((one, index) => {
      const foreign = Math.round((one.cpu.foreignShare ?? 0) * 100);
      return `${sides[index]?.name} ${Math.round(one.run.units / one.seconds)}/s (others ${foreign} %)`;
    })
    .join(" · ");
}

function resultOf(side: Side, rounds: readonly Measured[]): SideResult {
  const foreign = rounds.flatMap(({ cpu }) => cpu.foreignShare ?? []);
  return {
    side,
    rounds,
    perSecond: spreadOf(rounds.map(({ run, seconds }) => run.units / seconds)),
    cpuMsPerUnit: spreadOf(rounds.map(({ run, cpu }) => (cpu.measuredCpuS * 1_000) / run.units)),
    foreignShare: foreign.length === 0 ? null : spreadOf(foreign),
  };
}

/** Each round's ratio by itself: both sides stood under the same load. */
export function ratioOf(ours: SideResult, theirs: SideResult): Spread {
  return spreadOf(
    ours.rounds.map((mine, index) => {
      const other = theirs.rounds[index];
      return other === undefined ? Number.NaN : mine.run.units / mine.seconds / (other.run.units / other.seconds);
    }),
  );
}

export function isResultNoisy({ rounds }: SideResult): boolean {
  return rounds.some(isNoisy);
}
