import type { AllotmentReturned } from "@holdfast/protocol/events/allotment-returned";
import {
  type EventContext,
  type EventEffects,
  NO_EFFECTS,
  placeFault,
  type Quarantine,
  type StoredValueKind,
} from "../sync/event-effects.ts";

/** What a terminal gives back is available to the others again; it moves no money. */
export function allotmentReturnedEffects(
  { branch, kind, code, amount, at }: AllotmentReturned,
  context: EventContext,
): EventEffects | Quarantine {
  const deed = { deed: "give-back" as const, kind: kind satisfies StoredValueKind, code, amount, line: 1 };
  return placeFault({ branch }, context) ?? { ...NO_EFFECTS, branch, occurredAt: at, storedValue: [deed] };
}
