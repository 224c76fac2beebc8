import { useFormats } from "@holdfast/ui/use-formats";
import { useTranslation } from "react-i18next";
import { useMe } from "../shell/use-me.ts";
import type { Darkness } from "./darkness.ts";

/** `Harbour Street: 2 terminals dark since 14:05, last known unsent 37 records` */
export function useDarknessText(): (darkness: Darkness) => string {
  const { t } = useTranslation();
  const formats = useFormats();
  const { branches } = useMe();
  return ({ branch, names, since, unsent }) => {
    const place = branches.find((each) => each.branch === branch);
    const who = names.length === 1 ? (names[0] ?? "") : t("dark.terminals", { count: names.length });
    const when = since === null ? t("dark.never", { who }) : t("dark.since", { who, time: timeOf(since) });
    const what = unsent === null ? t("dark.unknown") : t("dark.unsent", { count: unsent });
    return `${place?.name ?? t("app.unknownBranch")}: ${when}, ${what}`;

    /** Of today the time is enough. */
    function timeOf(iso: string): string {
      const isToday = formats.dayAt(Date.parse(iso), place?.timeZone) === formats.dayAt(Date.now(), place?.timeZone);
      return isToday ? formats.time(iso, place?.timeZone) : formats.dateTime(iso, place?.timeZone);
    }
  };
}
