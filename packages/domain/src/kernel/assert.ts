/** A broken assertion is a bug of ours, never bad input; it stays on in production. */
export class Bug extends Error {
  override readonly name = "Bug";
}

export function assert(holds: boolean, claim: string): asserts holds {
  if (!holds) throw new Bug(claim);
}

/** Ends a `switch` over a union: the compiler proves that every case is handled. */
export function unreachable(value: never): never {
  throw new Bug(`unreachable: ${JSON.stringify(value)}`);
}

/** The element that must be there; a missing one is a bug. */
export function present<T>(value: T | null | undefined, claim: string): T {
  assert(value !== null && value !== undefined, claim);
  return value;
}
