import { useTranslation } from "react-i18next";

const KNOWN = [
  "rev",
  "cogs",
  "delivery",
  "float",
  "paid-in",
  "paid-out",
  "pickup",
  "loan",
  "overshort",
  "drop",
  "account-payment",
  "card-authorised",
  "card-declined",
  "count",
  "absorbed",
  "write-off",
  "oversell-correction",
  "shortfall",
  "breakage",
] as const;

/** What an entry is of, in words; one of a newer server keeps the name it came with. After a colon stands which one. */
export function useEntryKind(): (kind: string) => string {
  const { t } = useTranslation();
  return (kind) => {
    const known = KNOWN.find((each) => each === kind.split(":")[0]);
    return known === undefined ? kind : t(`entryKind.${known}`);
  };
}
