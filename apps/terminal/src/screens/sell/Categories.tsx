import { keepFocus } from "@holdfast/ui/keep-focus";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import classes from "./Categories.module.css";

export type CategoriesProps = {
  readonly names: readonly string[];
  /** Null: all of them. */
  readonly chosen: string | null;
  readonly onChoose: (name: string | null) => void;
  readonly isSearching: boolean;
  readonly onLeaveSearch: () => void;
};

/** The shelves of the shop. Choosing one ends a search. */
export function Categories({ names, chosen, onChoose, isSearching, onLeaveSearch }: CategoriesProps): ReactNode {
  const { t } = useTranslation();
  const choose = (name: string | null): void => {
    onLeaveSearch();
    onChoose(name);
  };
  return (
    <fieldset className={classes.row} aria-label={t("sell.categories")} onMouseDown={keepFocus}>
      <Chip label={t("sell.allGoods")} isOn={!isSearching && chosen === null} onPress={() => choose(null)} />
      {names.map((name) => (
        <Chip key={name} label={name} isOn={!isSearching && chosen === name} onPress={() => choose(name)} />
      ))}
    </fieldset>
  );
}

type ChipProps = { readonly label: string; readonly isOn: boolean; readonly onPress: () => void };

function Chip({ label, isOn, onPress }: ChipProps): ReactNode {
  return (
    <button type="button" className={classes.chip} aria-pressed={isOn} onClick={onPress}>
      {label}
    </button>
  );
}
