import { textCharsMax } from "@holdfast/protocol/limits";
import { officeCaseSchema } from "@holdfast/protocol/office/cases";
import { ErrorNotice } from "@holdfast/ui/ErrorNotice.tsx";
import { Panel } from "@holdfast/ui/Panel.tsx";
import { Button, Textarea } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { useApi } from "../../api/use-api.ts";
import { DialogForm } from "../../shell/DialogForm.tsx";

const NOTE_MIN = 3;

/** Closing says what was done: whoever opens the case again next year reads it. */
export function CloseCase({ id }: { readonly id: string }): ReactNode {
  const { t } = useTranslation();
  const api = useApi();
  const queries = useQueryClient();
  const [note, setNote] = useState("");
  const [isTooShort, setTooShort] = useState(false);
  const close = useMutation({
    mutationFn: () =>
      api.change({ method: "POST", path: `/cases/${id}/close`, body: { note: note.trim() } }, officeCaseSchema),
    onSettled: async () => {
      await queries.invalidateQueries({ queryKey: ["/cases"] });
      await queries.invalidateQueries({ queryKey: ["dashboard"] });
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTooShort(note.trim().length < NOTE_MIN);
    if (note.trim().length >= NOTE_MIN) close.mutate();
  };
  return (
    <Panel title={t("case.close")}>
      <DialogForm
        onSubmit={submit}
        actions={
          <Button type="submit" loading={close.isPending}>
            {t("case.submit")}
          </Button>
        }
      >
        {close.error === null ? null : <ErrorNotice message={close.error.message} />}
        <Textarea
          label={t("case.note")}
          description={t("case.noteHint")}
          rows={3}
          maxLength={textCharsMax}
          value={note}
          error={isTooShort ? t("case.noteShort") : undefined}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
      </DialogForm>
    </Panel>
  );
}
