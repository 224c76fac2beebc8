import type { SyncStatus } from "@holdfast/sync/status";
import type { Formats } from "@holdfast/ui/format";
import type { Tone } from "@holdfast/ui/StatusPill.tsx";
import type { TFunction } from "i18next";

export type SyncText = { readonly tone: Tone; readonly cause: string; readonly stored: string | null };

/** What the header says: the cause first, then what is stored here. Green only when nothing is unsent. */
export function syncText(status: SyncStatus, { t, formats }: { t: TFunction<"terminal">; formats: Formats }): SyncText {
  const { unsentCount, oldestUnsentAt, attentionCount } = status;
  const stored =
    unsentCount === 0 || oldestUnsentAt === null
      ? null
      : t("status.stored", { count: unsentCount, time: formats.time(oldestUnsentAt) });
  const away = awayText(status, t);
  if (away !== null) return { ...away, stored };
  if (attentionCount > 0) return { tone: "warn", cause: t("status.attention", { count: attentionCount }), stored };
  if (unsentCount > 0) return { tone: "accent", cause: t("status.sending", { count: unsentCount }), stored: null };
  return { tone: "success", cause: t("status.allSent"), stored: null };
}

/** Why nothing goes out; null while the server answers. */
function awayText(
  { reach, unsentCount }: SyncStatus,
  t: TFunction<"terminal">,
): Pick<SyncText, "tone" | "cause"> | null {
  switch (reach) {
    case "online":
      return null;
    case "unknown":
      return { tone: unsentCount === 0 ? "neutral" : "accent", cause: t("status.connecting") };
    case "unreachable":
      return { tone: "offline", cause: navigator.onLine ? t("status.unreachable") : t("status.noNetwork") };
    case "not-ours":
      return { tone: "offline", cause: t("status.notOurs") };
    case "signed-out":
      return { tone: "warn", cause: t("status.signedOut") };
    case "update-needed":
      return { tone: "warn", cause: t("status.updateNeeded") };
    default:
      return { tone: "offline", cause: t("status.serverDown") };
  }
}
