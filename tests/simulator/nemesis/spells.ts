import type { Floor } from "../run/floor.ts";
import { type Dice, exponential, logUniform } from "../world/dice.ts";

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

/** A state of things that lasts a while, sustained, for faults that come and go at once cancel one another out. */
export function spell(floor: Floor, { lastsMs, ...mischief }: Spell, begin: (dice: Dice) => (() => void) | null): void {
  again(floor, mischief, (dice) => {
    const end = begin(dice);
    if (end === null) return;
    floor.world.at(logUniform(dice, ...lastsMs), `${mischief.label} over`, () => {
      if (!floor.isHealed) end();
    });
  });
}
