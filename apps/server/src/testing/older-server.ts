import { EVENT_DEFINITIONS, type EventDefinition, type EventType } from "@holdfast/protocol/events/event";

/**
 * Makes this process a server of one version earlier, which does not know these types' newest version yet. Returns what
 * upgrades it.
 */
export function asOlderServer(types: readonly EventType[]): () => void {
  const definitions = EVENT_DEFINITIONS as Record<string, EventDefinition>;
  const newest = { ...definitions };
  for (const type of types) {
    const definition = newest[type] as EventDefinition;
    definitions[type] = { ...definition, version: definition.version - 1 };
  }
  return () => void Object.assign(definitions, newest);
}
