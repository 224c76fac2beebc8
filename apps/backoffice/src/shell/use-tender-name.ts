import { useTranslation } from "react-i18next";

const KNOWN = ["cash", "card", "gift-card", "store-credit", "on-account"] as const;

/** A tender in words; one of a newer terminal keeps the name it came with. */
export function useTenderName(): (kind: string) => string {
  const { t } = useTranslation();
  return (kind) => {
    const known = KNOWN.find((each) => each === kind);
    return known === undefined ? kind : t(`tender.${known}`);
  };
}
