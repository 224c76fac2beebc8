import { passwordCharsMin, pinDigitsMax, pinDigitsMin } from "@holdfast/protocol/office/limits";
import { type OfficeStaff, officeStaffSchema } from "@holdfast/protocol/office/staff";
import { Dialog } from "@holdfast/ui/Dialog.tsx";
import { ErrorNotice } from "@holdfast/ui/ErrorNotice.tsx";
import { Button, PasswordInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { useApi } from "../../api/use-api.ts";
import { DialogForm } from "../../shell/DialogForm.tsx";

type Props = {
  readonly person: OfficeStaff;
  readonly secret: "pin" | "password";
  readonly onClose: () => void;
};

/** Sets a PIN or a password; nobody can look at the one there is. */
export function SecretDialog({ person: { staff, name }, secret, onClose }: Props): ReactNode {
  const { t } = useTranslation();
  const api = useApi();
  const queries = useQueryClient();
  const [text, setText] = useState("");
  const [isWrong, setWrong] = useState(false);
  const save = useMutation({
    mutationFn: () =>
      api.change({ method: "POST", path: `/staff/${staff}/${secret}`, body: { [secret]: text } }, officeStaffSchema),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ["/staff"] });
      onClose();
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const fits = secret === "pin" ? isPin(text) : text.length >= passwordCharsMin;
    setWrong(!fits);
    if (fits) save.mutate();
  };
  return (
    <Dialog opened onClose={onClose} title={t(`staff.${secret}Title`, { name })}>
      <DialogForm
        onSubmit={submit}
        actions={
          <>
            <Button variant="default" onClick={onClose}>
              {t("app.cancel")}
            </Button>
            <Button type="submit" loading={save.isPending}>
              {t("app.save")}
            </Button>
          </>
        }
      >
        {save.error === null ? null : <ErrorNotice title={t("productForm.notSaved")} message={save.error.message} />}
        <PasswordInput
          label={t(`staff.${secret}New`)}
          description={t(`staff.${secret}Hint`)}
          autoComplete="new-password"
          {...(secret === "pin" ? { inputMode: "numeric", maxLength: pinDigitsMax } : {})}
          required
          withAsterisk={false}
          data-autofocus
          value={text}
          error={isWrong ? t(`staff.${secret}Wrong`) : undefined}
          onChange={(event) => setText(event.currentTarget.value)}
          visibilityToggleButtonProps={{ tabIndex: 0 }}
        />
      </DialogForm>
    </Dialog>
  );
}

function isPin(text: string): boolean {
  return /^\d+$/.test(text) && text.length >= pinDigitsMin && text.length <= pinDigitsMax;
}
