import { Icon } from "@holdfast/ui/Icon.tsx";
import { Button } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import classes from "./UnprintedBar.module.css";
import { useCounter, useValue } from "./use-counter.ts";

/** A sale was stored and the app went down before its paper was out: a person looks which of the two it is. */
export function UnprintedBar(): ReactNode {
  const { t } = useTranslation();
  const { unprinted, sales, checkout } = useCounter();
  const [sale] = useValue(unprinted.sales);
  const briefs = useValue(sales.briefs);
  const [isPrinting, setPrinting] = useState(false);
  const brief = briefs.find((each) => each.sale === sale);
  if (sale === undefined || brief === undefined) return null;
  const print = async (): Promise<void> => {
    setPrinting(true);
    const stored = await sales.open(sale);
    if (stored !== null && (await checkout.print(stored))) unprinted.settle(sale);
    setPrinting(false);
  };
  return (
    <div className={classes.bar} role="alert">
      <Icon name="printer" size={22} />
      <p className={classes.text}>{t("unprinted.text", { number: brief.number })}</p>
      <Button size="touch" variant="default" onClick={() => unprinted.settle(sale)}>
        {t("unprinted.dismiss")}
      </Button>
      <Button size="touch" loading={isPrinting} onClick={() => void print()}>
        {t("unprinted.print")}
      </Button>
    </div>
  );
}
