import type { Uuid } from "@holdfast/domain/kernel/id";
import type { Sale } from "@holdfast/domain/sale/sale";
import { Icon } from "@holdfast/ui/Icon.tsx";
import { Button, Loader } from "@mantine/core";
import { type ReactNode, useCallback, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { PaperView } from "../../receipt/PaperView.tsx";
import type { ReceiptPaper } from "../../receipt/paper.ts";
import { usePaper } from "../../receipt/use-paper.ts";
import { type UndoSalePorts, undoFault } from "../../sale/undo-sale.ts";
import { useCounter, useValue } from "../../shell/use-counter.ts";
import classes from "./SalesScreen.module.css";
import { UndoDialog } from "./UndoDialog.tsx";

const NEVER = new Promise<ReceiptPaper>(() => undefined);

export type OpenSaleProps = {
  readonly sale: Uuid;
  /** By another sale, which is worth showing next. */
  readonly onUndone: (by: Uuid) => void;
};

/** The receipt of a sale as it would come out now: every print but the first is a copy and says so. */
export function OpenSale({ sale: id, onUndone }: OpenSaleProps): ReactNode {
  const { t } = useTranslation();
  const { sales, checkout, paperOf, till } = useCounter();
  const [sale, setSale] = useState<Sale | null>(null);
  const [isPrinting, setPrinting] = useState(false);
  const [isUndoing, setUndoing] = useState(false);
  const ports = useUndoPorts();
  // Whether it can be undone ends with the shift, and with what came back of it.
  useValue(till.state);
  useValue(sales.briefs);
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
  const undone = (by: Sale): void => {
    setUndoing(false);
    onUndone(by.sale);
    void checkout.print(by);
  };
  return (
    <div className={classes.open}>
      <div className={classes.acts}>
        <Button size="touch" leftSection={<Icon name="printer" />} loading={isPrinting} onClick={() => void print()}>
          {t("sales.reprint")}
        </Button>
        {undoFault(sale, ports) === null ? (
          <Button size="touch" variant="default" onClick={() => setUndoing(true)}>
            {t("undo.start")}
          </Button>
        ) : null}
      </div>
      {paper === null ? null : <PaperView paper={paper} label={t("paid.receipt")} />}
      {isUndoing ? <UndoDialog sale={sale} ports={ports} onClose={() => setUndoing(false)} onUndone={undone} /> : null}
    </div>
  );
}

function useUndoPorts(): UndoSalePorts {
  const { returned, till, approvals, reader, tenders, terminal, storeSale } = useCounter();
  return {
    ...{ returned, till, reader },
    permit: (act) => approvals.permit(act),
    openCards: () => tenders.openCards(),
    newId: terminal.newId,
    now: () => terminal.clock.instant(),
    store: storeSale,
  };
}
