import { accept, type Result, refuse } from "@holdfast/domain/kernel/result";
import { ZERO } from "@holdfast/domain/money/amount";
import type { Approval } from "@holdfast/domain/staff/approval";
import type { CashMoved, DrawerOpened } from "@holdfast/domain/till/shift-events";
import { Dialog } from "@holdfast/ui/Dialog.tsx";
import { ErrorNotice } from "@holdfast/ui/ErrorNotice.tsx";
import { Button, TextInput } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { printerReason } from "../../devices/printer/printer.ts";
import { AmountField, useAmount } from "../../shell/AmountField.tsx";
import { useCounter, useKeyLayer } from "../../shell/use-counter.ts";
import classes from "./Shift.module.css";
import type { CashAct } from "./ShiftOverview.tsx";
import { type ShiftRefusal, useTry } from "./use-try.ts";

export type CashActDialogProps = { readonly act: CashAct; readonly onClose: () => void };

/** Cash that moves without a sale: how much, why, and by whom. The drawer opens once it is stored. */
export function CashActDialog({ act, onClose }: CashActDialogProps): ReactNode {
  const { t } = useTranslation();
  const { till, approvals, session, papers, output, tell } = useCounter();
  const [text, setText] = useState("");
  const [reason, setReason] = useState("");
  const [reference, setReference] = useState("");
  const amount = useAmount(text);
  const { attempt, problem, isBusy } = useTry();
  useKeyLayer("dialog", { isModal: true, onScan: () => false });
  const write = (approval: Approval | undefined): Promise<Result<CashMoved | DrawerOpened, ShiftRefusal>> => {
    const approved = approval === undefined ? {} : { approval };
    if (act === "no-sale") return till.noSale(reason.trim(), approval);
    const named = reference.trim() === "" ? {} : { reference: reference.trim() };
    return till.moveCash({ kind: act, amount: amount ?? ZERO, reason: reason.trim(), ...named, ...approved });
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void attempt(
      async (): Promise<Result<CashMoved | DrawerOpened | null, ShiftRefusal>> => {
        if (reason.trim() === "") return refuse({ kind: "reason-missing" });
        if (act !== "no-sale" && (amount === null || amount === 0)) return refuse({ kind: "amount-invalid" });
        const permit = await approvals.permit({ action: act, sale: null, amount: act === "no-sale" ? null : amount });
        if (!permit.ok) return accept(null);
        return await write(permit.approval);
      },
      (done) => {
        if (done === null) return;
        onClose();
        const slip = papers.slip(done, session.person?.name ?? "");
        void output
          .openDrawer()
          .then(() => output.print(slip))
          .catch((error: unknown) => tell({ kind: "not-printed", reason: printerReason(error) }));
      },
    );
  };
  return (
    <Dialog opened onClose={onClose} title={t(`shift.act.${act}`)} size="sm">
      <form className={classes.form} onSubmit={submit}>
        <p className={classes.text}>{t(`shift.actText.${act}`)}</p>
        {act === "no-sale" ? null : <AmountField label={t("shift.amount")} text={text} onText={setText} focused />}
        <TextInput
          label={t("shift.reason")}
          size="touch"
          autoComplete="off"
          maxLength={200}
          data-autofocus={act === "no-sale" || undefined}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        {act === "paid-out" ? (
          <TextInput
            label={t("shift.reference")}
            size="touch"
            autoComplete="off"
            maxLength={100}
            value={reference}
            onChange={(event) => setReference(event.currentTarget.value)}
          />
        ) : null}
        {problem === null ? null : <ErrorNotice message={problem} />}
        <Button type="submit" size="touch" fullWidth loading={isBusy}>
          {t("shift.confirm")}
        </Button>
      </form>
    </Dialog>
  );
}
