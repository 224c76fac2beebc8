import { keepFocus } from "@holdfast/ui/keep-focus";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import classes from "./Categories.module.css";
import type { Shelf } from "./use-shelf.ts";

export type CategoriesProps = {
  readonly pages: Shelf["pages"];
  /** Null while something is searched for. */
  readonly chosen: string | null;
  readonly onChoose: (key: string) => void;
};

/** The shelves of the shop. Choosing one ends a search. */
export function Categories({ pages, chosen, onChoose }: CategoriesProps): ReactNode {
  const { t } = useTranslation();
  return (
    <fieldset className={classes.row} aria-label={t("sell.categories")} onMouseDown={keepFocus}>
      {pages.map(({ key, label }) => (
        <button
          key={key}
          type="button"
          className={classes.chip}
          aria-pressed={key === chosen}
          onClick={() => onChoose(key)}
        >
          {label}
        </button>
      ))}
    </fieldset>
  );
}
