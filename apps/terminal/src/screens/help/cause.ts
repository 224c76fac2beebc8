import type { SyncStatus } from "@holdfast/sync/status";

/** Where it is that something is wrong: the nearest first, since nobody can do anything about the rest before. */
export type Cause = "fine" | "device" | "network" | "server" | "signed-out";

export function causeOf(
  reach: SyncStatus["reach"],
  { isOnline, hasDeviceFault }: { readonly isOnline: boolean; readonly hasDeviceFault: boolean },
): Cause {
  if (hasDeviceFault) return "device";
  switch (reach) {
    case "online":
    case "unknown":
      return "fine";
    case "signed-out":
      return "signed-out";
    case "unreachable":
    case "not-ours":
      return isOnline ? "server" : "network";
    default:
      return "server";
  }
}
