import { useTranslation } from "react-i18next";

const CASE_KINDS = [
  "oversold",
  "unidentified-item",
  "calc-difference",
  "quarantined",
  "terminal-fork",
  "event-conflict",
  "missing-tail",
  "clock-skew",
  "late-posting",
  "late-sale",
  "z-gap",
  "price-drift",
  "rights-breach",
  "double-return",
  "declined-card",
  "overspent",
  "credit-limit",
  "coupon-overused",
  "serial-twice",
  "customer-conflict",
  "count-ambiguous",
] as const;
export type KnownKind = (typeof CASE_KINDS)[number];

export function knownKind(kind: string): KnownKind | null {
  return CASE_KINDS.find((each) => each === kind) ?? null;
}

/** What a case is about, in words; one that a newer server opened is still something to look at. */
export function useCaseKind(): (kind: string) => string {
  const { t } = useTranslation();
  return (kind) => {
    const known = knownKind(kind);
    return known === null ? t("inbox.kindOther") : t(`inbox.kind_${known}`);
  };
}
