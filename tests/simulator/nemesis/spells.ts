import type { Floor } from "../run/floor.ts";
import { type Dice, exponential, logUniform } from "../world/dice.ts";

/** One kind of trouble, started once for a whole run. */
export type Fault = (floor: Floor) => void;

export const SECOND = 1_000;
export const MINUTE = 60_000;
export const HOUR = 3_600_000;

/** Something goes wrong by itself again and again, until the shop is healed. */
export type Mischief = {
  readonly label: string;
  /** Between one time and the next, on average. */
  readonly everyMs: number;
};

export function again(floor: Floor, { label, everyMs }: Mischief, strike: (dice: Dice) => void): void {
  const dice = floor.world.dice.fork(`nemesis ${label}`);
  const next = (): void => {
    floor.world.at(exponential(dice, everyMs), label, () => {
      if (floor.isHealed) return;
      strike(dice);
      next();
    });
  };
  next();
}

export type Spell = Mischief & {
  /** Shortest and longest; short and long ones come equally often by order of magnitude. */
  readonly lastsMs: readonly [number, number];
};

/** A state of things that lasts a while: faults that come and go at once cancel one another out. */
export function spell(floor: Floor, { lastsMs, ...mischief }: Spell, begin: (dice: Dice) => () => void): void {
  again(floor, mischief, (dice) => {
    const end = begin(dice);
    floor.world.at(logUniform(dice, ...lastsMs), `${mischief.label} over`, () => {
      if (!floor.isHealed) end();
    });
  });
}
