import { Dialog } from "@holdfast/ui/Dialog.tsx";
import { Button, TextInput } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Question } from "../../cart/desk-state.ts";
import { findScanned } from "../../catalog/find-scanned.ts";
import { useCounter, useKeyLayer, useShop } from "../../shell/use-counter.ts";
import classes from "./Dialogs.module.css";

export type NumberQuestionProps = { readonly question: Exclude<Question, { readonly kind: "which" }> };

/** Which piece, or which batch, of goods that carry a number of their own. */
export function NumberQuestion({ question: { kind, hit } }: NumberQuestionProps): ReactNode {
  const { t } = useTranslation();
  const { desk } = useCounter();
  const { catalogue } = useShop();
  const [text, setText] = useState("");
  const field = kind === "serial" ? "serial" : "lot";
  const answer = (number: string): void => {
    if (number.trim() !== "") desk.answer(hit, { details: { [field]: number.trim() } });
  };
  useKeyLayer("dialog", {
    isModal: true,
    // The code on the package says it, with its last day; else the symbol is the number itself.
    onScan: (scanned) => {
      const found = findScanned(catalogue, scanned);
      const details = found.kind === "found" && found.hit.variant.variant === hit.variant.variant ? found.details : {};
      if (details[field] === undefined) answer(scanned);
      else desk.answer(hit, { details });
      return true;
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    answer(text);
  };
  return (
    <Dialog opened onClose={() => desk.answer(null)} title={t(`question.${field}`)} size="sm">
      <p className={classes.text}>{t(`question.${field}Text`, { name: hit.variant.name })}</p>
      <form className={classes.measure} onSubmit={submit}>
        <TextInput
          label={t(`question.${field}Label`)}
          size="touch"
          data-autofocus
          autoComplete="off"
          maxLength={100}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Button type="submit" size="touch" fullWidth disabled={text.trim() === ""}>
          {t("question.add")}
        </Button>
      </form>
    </Dialog>
  );
}
