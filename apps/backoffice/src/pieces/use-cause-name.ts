import { useTranslation } from "react-i18next";

const KNOWN = [
  "sale",
  "return",
  "delivery",
  "count",
  "write-off",
  "transfer-out",
  "transfer-in",
  "absorbed-by-count",
] as const;

/** Why goods moved, in words; a cause of a newer server keeps its name. */
export function useCauseName(): (cause: string) => string {
  const { t } = useTranslation();
  return (cause) => {
    const known = KNOWN.find((each) => each === cause);
    return known === undefined ? cause : t(`product.cause_${known}`);
  };
}
