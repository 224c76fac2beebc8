import { useTranslation } from "react-i18next";

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
/** Closer than a network can tell. */
const FINE_MS = 2_000;

/** How far a terminal's clock is off, as a person would say it. */
export function useSkewText(): (skewMs: number) => string {
  const { t } = useTranslation();
  return (skewMs) => {
    const off = Math.abs(skewMs);
    if (off < FINE_MS) return t("terminals.clockFine");
    const time =
      off < 2 * MINUTE_MS
        ? t("terminals.seconds", { count: Math.round(off / SECOND_MS) })
        : off < 2 * HOUR_MS
          ? t("terminals.minutes", { count: Math.round(off / MINUTE_MS) })
          : t("terminals.hours", { count: Math.round(off / HOUR_MS) });
    return skewMs > 0 ? t("terminals.skewAhead", { time }) : t("terminals.skewBehind", { time });
  };
}
