import { useTranslation } from "react-i18next";

const KNOWN = ["rev", "cogs", "delivery"] as const;

/** What an entry is of, in words; one of a newer server keeps the name it came with. */
export function useEntryKind(): (kind: string) => string {
  const { t } = useTranslation();
  return (kind) => {
    const known = KNOWN.find((each) => each === kind);
    return known === undefined ? kind : t(`sale.kind_${known}`);
  };
}
