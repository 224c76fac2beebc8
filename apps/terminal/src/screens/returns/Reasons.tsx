import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { returnsEn } from "../../words/returns-en.ts";
import classes from "./Returns.module.css";

export type ReturnReason = keyof typeof returnsEn.reasons;

const REASONS = ["size", "defect", "damaged", "mind", "wrong"] as const satisfies readonly ReturnReason[];

export type ReasonsProps = {
  readonly reason: ReturnReason | null;
  readonly onReason: (reason: ReturnReason) => void;
};

/** Why goods come back: nothing is chosen until somebody says. */
export function Reasons({ reason, onReason }: ReasonsProps): ReactNode {
  const { t } = useTranslation();
  return (
    <fieldset className={classes.reasons}>
      <legend className={classes.legend}>{t("returns.reason")}</legend>
      {REASONS.map((each) => (
        <button
          key={each}
          type="button"
          className={classes.reason}
          aria-pressed={each === reason}
          onClick={() => onReason(each)}
        >
          {t(`returns.reasons.${each}`)}
        </button>
      ))}
    </fieldset>
  );
}
