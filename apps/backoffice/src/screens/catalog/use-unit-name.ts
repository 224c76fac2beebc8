import { useTranslation } from "react-i18next";

export const UNITS = [
  { unit: "each", scale: 0 },
  { unit: "kg", scale: 3 },
  { unit: "l", scale: 3 },
  { unit: "m", scale: 2 },
] as const;

/** A unit of measure in words; a unit of the merchant's own keeps its name. */
export function useUnitName(): (unit: string) => string {
  const { t } = useTranslation();
  return (unit) => {
    const known = UNITS.find((each) => each.unit === unit);
    return known === undefined ? unit : t(`productForm.unit_${known.unit}`);
  };
}
