import type { CustomerSaved } from "@holdfast/protocol/events/customer-saved";
import {
  type EventContext,
  type EventEffects,
  NO_EFFECTS,
  placeFault,
  type Quarantine,
} from "../sync/event-effects.ts";

/** A customer made at the till is one everywhere; whether a change still fits is seen when the row is locked. */
export function customerSavedEffects(customer: CustomerSaved, context: EventContext): EventEffects | Quarantine {
  const { branch, at } = customer;
  return placeFault({ branch }, context) ?? { ...NO_EFFECTS, branch, occurredAt: at, customer };
}
