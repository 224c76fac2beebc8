import { type OfficeTerminal, officeTerminalSchema } from "@holdfast/protocol/office/terminals";
import { Dialog } from "@holdfast/ui/Dialog.tsx";
import { ErrorNotice } from "@holdfast/ui/ErrorNotice.tsx";
import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { FormEvent, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useApi } from "../../api/use-api.ts";
import { DialogForm } from "../../shell/DialogForm.tsx";

type Props = {
  readonly act: "revoke" | "wipe";
  readonly terminal: OfficeTerminal;
  readonly onClose: () => void;
};

/** Takes a device's access away, or its copies as well; says first what it is known to hold alone. */
export function ShutOutDialog({ act, terminal: { terminal, name, missing }, onClose }: Props): ReactNode {
  const { t } = useTranslation();
  const api = useApi();
  const queries = useQueryClient();
  const shutOut = useMutation({
    mutationFn: () => api.change({ method: "POST", path: `/terminals/${terminal}/${act}` }, officeTerminalSchema),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ["/terminals"] });
      onClose();
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    shutOut.mutate();
  };
  return (
    <Dialog opened onClose={onClose} title={t(`${act}.title`, { name })}>
      <DialogForm
        onSubmit={submit}
        actions={
          <>
            <Button variant="default" onClick={onClose} data-autofocus>
              {t("app.cancel")}
            </Button>
            <Button type="submit" color="red" loading={shutOut.isPending}>
              {t(`${act}.submit`)}
            </Button>
          </>
        }
      >
        {shutOut.error === null ? null : <ErrorNotice message={shutOut.error.message} />}
        {missing === 0 ? null : (
          <ErrorNotice tone="warn" title={t("terminals.missing")} message={t("revoke.missing", { count: missing })} />
        )}
        <p>{t(`${act}.text`)}</p>
      </DialogForm>
    </Dialog>
  );
}
