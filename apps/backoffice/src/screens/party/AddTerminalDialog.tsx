import { uuidV7 } from "@holdfast/domain/kernel/id";
import { type OfficeTerminal, officeTerminalSchema } from "@holdfast/protocol/office/terminals";
import { Dialog } from "@holdfast/ui/Dialog.tsx";
import { ErrorNotice } from "@holdfast/ui/ErrorNotice.tsx";
import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { useApi } from "../../api/use-api.ts";
import { DialogForm } from "../../shell/DialogForm.tsx";
import { useMe } from "../../shell/use-me.ts";

type Props = { readonly onClose: () => void; readonly onAdded: (terminal: OfficeTerminal) => void };

/** A place where somebody will sell; the device comes with its code. */
export function AddTerminalDialog({ onClose, onAdded }: Props): ReactNode {
  const { t } = useTranslation();
  const api = useApi();
  const queries = useQueryClient();
  const { branches } = useMe();
  // Made once: sending it again makes no second terminal.
  const [terminal] = useState(() => uuidV7(Date.now(), crypto.getRandomValues(new Uint8Array(10))));
  const [name, setName] = useState("");
  const [branch, setBranch] = useState<string>(branches[0]?.branch ?? "");
  const add = useMutation({
    mutationFn: () =>
      api.change({ method: "POST", path: "/terminals", body: { terminal, branch, name } }, officeTerminalSchema),
    onSuccess: (added) => {
      void queries.invalidateQueries({ queryKey: ["/terminals"] });
      onAdded(added);
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    add.mutate();
  };
  return (
    <Dialog opened onClose={onClose} title={t("addTerminal.title")}>
      <DialogForm
        onSubmit={submit}
        actions={
          <>
            <Button variant="default" onClick={onClose}>
              {t("app.cancel")}
            </Button>
            <Button type="submit" loading={add.isPending}>
              {t("addTerminal.submit")}
            </Button>
          </>
        }
      >
        {add.error === null ? null : <ErrorNotice message={add.error.message} />}
        <TextInput
          label={t("addTerminal.name")}
          description={t("addTerminal.nameHint")}
          required
          withAsterisk={false}
          data-autofocus
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <NativeSelect
          label={t("addTerminal.branch")}
          value={branch}
          onChange={(event) => setBranch(event.currentTarget.value)}
          data={branches.map((each) => ({ value: each.branch, label: each.name }))}
        />
      </DialogForm>
    </Dialog>
  );
}
