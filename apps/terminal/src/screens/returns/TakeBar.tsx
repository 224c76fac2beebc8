import type { Amount } from "@holdfast/domain/money/amount";
import { useFormats } from "@holdfast/ui/use-formats";
import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useShop } from "../../shell/use-counter.ts";
import classes from "./Returns.module.css";

export type TakeBarProps = {
  /** What is given back; null where nothing can be taken yet. */
  readonly value: Amount | null;
  readonly isReady: boolean;
  readonly text: string;
  readonly onTake: () => Promise<void>;
};

/** What the goods give back, and the way into the cart. */
export function TakeBar({ value, isReady, text, onTake }: TakeBarProps): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  const { rules } = useShop();
  return (
    <>
      <div className={classes.take}>
        <p className={classes.value}>
          <span>{t("returns.value")}</span>
          <span className={classes.figure} data-testid="return-value">
            {value === null ? "–" : formats.money(Math.abs(value), rules)}
          </span>
        </p>
        <Button size="xl" disabled={value === null || !isReady} onClick={() => void onTake()}>
          {t("returns.take")}
        </Button>
      </div>
      <p className={classes.text}>{text}</p>
    </>
  );
}
