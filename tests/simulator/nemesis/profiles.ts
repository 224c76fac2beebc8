import type { Dice } from "../world/dice.ts";
import { LINE_FAULTS } from "./line-faults.ts";
import { SERVER_FAULTS } from "./server-faults.ts";
import type { Fault } from "./spells.ts";
import { TERMINAL_FAULTS } from "./terminal-faults.ts";

export const FAULTS = { ...LINE_FAULTS, ...TERMINAL_FAULTS, ...SERVER_FAULTS } as const;
export type FaultName = keyof typeof FAULTS;

export function isFaultName(name: string): name is FaultName {
  return Object.hasOwn(FAULTS, name);
}

export function faultOf(name: FaultName): Fault {
  return FAULTS[name];
}

const NAMES = Object.keys(FAULTS).filter(isFaultName);

/** What happens almost everywhere, with whatever else. */
const COMMON: readonly FaultName[] = ["outage", "lossy", "killTab", "killServer", "prices"];

/** A day has a few kinds of trouble, sustained: all kinds at once would drown one another. */
export function pickFaults(dice: Dice): FaultName[] {
  const picked = new Set<FaultName>(COMMON.filter(() => dice.chance(0.5)));
  for (let count = dice.between(2, 4); count > 0; count -= 1) picked.add(dice.pick(NAMES));
  return [...picked];
}
