import { mirroredTenders } from "@holdfast/domain/sale/post-void";
import { receiptNumberToText } from "@holdfast/domain/sale/receipt-number";
import type { Sale } from "@holdfast/domain/sale/sale";
import type { Tender } from "@holdfast/domain/tender/tender";
import { Dialog } from "@holdfast/ui/Dialog.tsx";
import { ErrorNotice } from "@holdfast/ui/ErrorNotice.tsx";
import { useFormats } from "@holdfast/ui/use-formats";
import { Button } from "@mantine/core";
import type { TFunction } from "i18next";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { type UndoRefusal, type UndoSalePorts, undoSale } from "../../sale/undo-sale.ts";
import { Choice } from "../../shell/Choice.tsx";
import { useCounter, useKeyLayer, useValue } from "../../shell/use-counter.ts";
import classes from "./UndoDialog.module.css";

export type UndoDialogProps = {
  readonly sale: Sale;
  readonly ports: UndoSalePorts;
  readonly onClose: () => void;
  readonly onUndone: (sale: Sale) => void;
};

const REASONS = ["twice", "wrong", "tender", "customer"] as const;

/** Says what goes back and how before a sale is undone, and asks why. */
export function UndoDialog({ sale, ports, onClose, onUndone }: UndoDialogProps): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  const { approvals } = useCounter();
  const [reason, setReason] = useState<(typeof REASONS)[number]>("twice");
  const [refusal, setRefusal] = useState<UndoRefusal["kind"] | "not-stored" | null>(null);
  const [isBusy, setBusy] = useState(false);
  const isAsking = useValue(approvals.question) !== null;
  useKeyLayer("dialog", { isModal: !isAsking, onScan: () => false });
  const undo = async (): Promise<void> => {
    if (isBusy) return;
    setBusy(true);
    setRefusal(null);
    try {
      const undone = await undoSale(ports, sale, t(`undo.reasons.${reason}`));
      if (undone.ok) return onUndone(undone.value);
      setRefusal(undone.refusal.kind);
    } catch {
      setRefusal("not-stored");
    }
    setBusy(false);
  };
  return (
    <Dialog opened onClose={onClose} title={t("undo.title", { number: receiptNumberToText(sale.number) })} size="sm">
      <p className={classes.text}>{t("undo.text")}</p>
      <h3 className={classes.heading}>{t("undo.back")}</h3>
      <ul className={classes.tenders}>
        {mirroredTenders(sale).map((tender, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: tenders of a completed sale never change places
          <li key={index} className={classes.tender}>
            <span>
              {t(`tender.${tender.kind}`)}
              <span className={classes.hint}>{hintOf(tender, t)}</span>
            </span>
            <span className={classes.figure}>{formats.money(Math.abs(tender.amount), sale.rules)}</span>
          </li>
        ))}
      </ul>
      <Choice
        label={t("undo.reason")}
        value={reason}
        options={REASONS.map((value) => ({ value, label: t(`undo.reasons.${value}`) }))}
        onChoose={setReason}
      />
      {refusal === null ? null : <ErrorNotice title={t("undo.cannot")} message={t(`undo.refusal.${refusal}`)} />}
      <div className={classes.buttons}>
        <Button size="touch" variant="default" onClick={onClose}>
          {t("undo.keep")}
        </Button>
        <Button size="touch" color="red" data-autofocus loading={isBusy} onClick={() => void undo()}>
          {t("undo.confirm")}
        </Button>
      </div>
    </Dialog>
  );
}

function hintOf(tender: Tender, t: TFunction<"terminal">): string {
  if (tender.amount > 0) return t("undo.takenFrom");
  switch (tender.kind) {
    case "card":
      return tender.reader === "integrated" ? t("undo.byReader") : t("undo.byCard", { reference: tender.reference });
    case "gift-card":
      return t("undo.ofCard", { code: tender.card });
    case "store-credit":
      return t("undo.ofCard", { code: tender.credit });
    default:
      return "";
  }
}
