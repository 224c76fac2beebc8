import type { Uuid } from "@holdfast/domain/kernel/id";
import type { Sale } from "@holdfast/domain/sale/sale";
import { Icon } from "@holdfast/ui/Icon.tsx";
import { Button, Loader } from "@mantine/core";
import { type ReactNode, useCallback, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { PaperView } from "../../receipt/PaperView.tsx";
import type { ReceiptPaper } from "../../receipt/paper.ts";
import { usePaper } from "../../receipt/use-paper.ts";
import { useCounter } from "../../shell/use-counter.ts";
import classes from "./SalesScreen.module.css";

const NEVER = new Promise<ReceiptPaper>(() => undefined);

/** The receipt of a sale as it would come out now: every print but the first is a copy and says so. */
export function OpenSale({ sale: id }: { readonly sale: Uuid }): ReactNode {
  const { t } = useTranslation();
  const { sales, checkout, paperOf } = useCounter();
  const [sale, setSale] = useState<Sale | null>(null);
  const [isPrinting, setPrinting] = useState(false);
  useEffect(() => {
    void sales.open(id).then(setSale);
  }, [sales, id]);
  const paper = usePaper(useCallback(() => (sale === null ? NEVER : paperOf(sale, { copy: true })), [sale, paperOf]));
  if (sale === null) return <Loader aria-label={t("sales.opening")} />;
  const print = async (): Promise<void> => {
    setPrinting(true);
    await checkout.print(sale, { copy: true });
    setPrinting(false);
  };
  return (
    <div className={classes.open}>
      <Button size="touch" leftSection={<Icon name="printer" />} loading={isPrinting} onClick={() => void print()}>
        {t("sales.reprint")}
      </Button>
      {paper === null ? null : <PaperView paper={paper} label={t("paid.receipt")} />}
    </div>
  );
}
