import { useFormats } from "@holdfast/ui/use-formats";
import { useMe } from "./use-me.ts";
import { useNow } from "./use-now.ts";

/** The calendar day where the shop is, such as `2026-11-23`. */
export function useToday(): string {
  const { branches } = useMe();
  const now = useNow(60_000);
  return useFormats().dayAt(now, branches[0]?.timeZone);
}
