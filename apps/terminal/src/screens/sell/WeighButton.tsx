import type { Quantity } from "@holdfast/domain/catalog/variant";
import { Button } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ScaleFault } from "../../devices/scale/scale.ts";
import { useCounter } from "../../shell/use-counter.ts";
import classes from "./Dialogs.module.css";

export type WeighButtonProps = {
  /** By which the goods are sold. */
  readonly unit: string;
  readonly onWeight: (weight: Quantity) => void;
};

/** Asks the scale; what it will not say is typed. */
export function WeighButton({ unit, onWeight }: WeighButtonProps): ReactNode {
  const { t } = useTranslation();
  const { scale } = useCounter();
  const [isBusy, setBusy] = useState(false);
  const [fault, setFault] = useState<ScaleFault | "other-unit" | null>(null);
  const weigh = async (): Promise<void> => {
    setBusy(true);
    setFault(null);
    const weighed = await scale.weigh();
    setBusy(false);
    if (weighed.kind === "fault") setFault(weighed.fault);
    else if (weighed.weight.unit !== unit) setFault("other-unit");
    else onWeight(weighed.weight);
  };
  if (!WEIGHED_IN.has(unit)) return null;
  return (
    <>
      <Button size="touch" variant="default" fullWidth loading={isBusy} onClick={() => void weigh()}>
        {t("question.weigh")}
      </Button>
      <p className={classes.text} role="status">
        {fault === null ? "" : t(`question.scale.${fault}`)}
      </p>
    </>
  );
}

const WEIGHED_IN: ReadonlySet<string> = new Set(["kg", "g", "lb"]);
