import type { Cart } from "@holdfast/domain/cart/cart";
import { lineOf, setLineNote } from "@holdfast/domain/cart/edit-cart";
import { Dialog } from "@holdfast/ui/Dialog.tsx";
import { Button, TextInput } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { useCounter, useKeyLayer } from "../../shell/use-counter.ts";
import classes from "./Dialogs.module.css";

export type NoteDialogProps = { readonly cart: Cart; readonly line: number; readonly onClose: () => void };

/** A word about this line, which also stands on the receipt. */
export function NoteDialog({ cart, line: number, onClose }: NoteDialogProps): ReactNode {
  const { t } = useTranslation();
  const { desk } = useCounter();
  const line = lineOf(cart, number);
  const [note, setNote] = useState(line?.note ?? "");
  useKeyLayer("dialog", { isModal: true });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (desk.edit((now) => setLineNote(now, number, note.trim()), number)) onClose();
  };
  return (
    <Dialog opened onClose={onClose} title={t("note.title")} size="sm">
      <form className={classes.measure} onSubmit={submit}>
        <TextInput
          label={t("note.label", { name: line?.name ?? "" })}
          size="touch"
          data-autofocus
          autoComplete="off"
          maxLength={200}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <Button type="submit" size="touch" fullWidth>
          {t("note.save")}
        </Button>
      </form>
    </Dialog>
  );
}
