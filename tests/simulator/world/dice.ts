/** A source of chance whose parts do not disturb one another: what one fork draws never shifts what another will draw. */
export type Dice = {
  /** From 0 up to but not including 1. */
  readonly next: () => number;
  /** A whole number from 0 up to but not including `max`. */
  readonly below: (max: number) => number;
  /** A whole number from `low` to `high`, both included. */
  readonly between: (low: number, high: number) => number;
  readonly chance: (probability: number) => boolean;
  readonly pick: <T>(items: readonly T[]) => T;
  readonly bytes: (count: number) => Uint8Array;
  readonly fork: (label: string) => Dice;
};

export function createDice(path: string): Dice {
  const next = sfc32(hash128(path));
  const below = (max: number): number => Math.floor(next() * max);
  return {
    next,
    below,
    between: (low, high) => low + below(high - low + 1),
    chance: (probability) => next() < probability,
    pick: (items) => items[below(items.length)] as (typeof items)[number],
    bytes: (count) => Uint8Array.from({ length: count }, () => below(256)),
    fork: (label) => createDice(`${path}/${label}`),
  };
}

/** Long waits are likelier than their share: from seconds to days, each order of magnitude comes as often. */
export function logUniform(dice: Dice, low: number, high: number): number {
  return Math.round(low * (high / low) ** dice.next());
}

/** The time to the next of things that happen by themselves, `mean` apart. */
export function exponential(dice: Dice, mean: number): number {
  return Math.max(1, Math.round(-Math.log(1 - dice.next()) * mean));
}

type State = [number, number, number, number];

function hash128(text: string): State {
  let [a, b, c, d] = [1_779_033_703, 3_144_134_277, 1_013_904_242, 2_773_480_762];
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    a = b ^ Math.imul(a ^ code, 597_399_067);
    b = c ^ Math.imul(b ^ code, 2_869_860_233);
    c = d ^ Math.imul(c ^ code, 951_274_213);
    d = a ^ Math.imul(d ^ code, 2_716_044_179);
  }
  return [a ^ b, b ^ c, c ^ d, d ^ a];
}

/** Chris Doty-Humphrey's small fast counter: passes PractRand, costs a few nanoseconds. */
function sfc32([a0, b0, c0, d0]: State): () => number {
  let [a, b, c, counter] = [a0 | 0, b0 | 0, c0 | 0, d0 | 0];
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    c |= 0;
    return (sum >>> 0) / 4_294_967_296;
  };
  for (let round = 0; round < 12; round += 1) next();
  return next;
}
