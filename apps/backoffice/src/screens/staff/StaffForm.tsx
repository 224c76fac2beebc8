import { type OfficeStaff, officeStaffSchema, type SaveStaffRequest } from "@holdfast/protocol/office/staff";
import { Dialog } from "@holdfast/ui/Dialog.tsx";
import { ErrorNotice } from "@holdfast/ui/ErrorNotice.tsx";
import { Button, Checkbox, NativeSelect, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { useApi } from "../../api/use-api.ts";
import { DialogForm } from "../../shell/DialogForm.tsx";
import { useMe } from "../../shell/use-me.ts";
import classes from "./StaffForm.module.css";

const ROLES = ["cashier", "supervisor", "manager", "owner"] as const;

type Props = { readonly person: OfficeStaff; readonly onClose: () => void };

/** Adds or changes a person. */
export function StaffForm({ person, onClose }: Props): ReactNode {
  const { t } = useTranslation();
  const api = useApi();
  const queries = useQueryClient();
  const { staff, name, role, email, branches, deactivatedAt } = person;
  const [draft, setDraft] = useState<SaveStaffRequest>({ name, role, email, branches, active: deactivatedAt === null });
  const isNew = name === "";
  const save = useMutation({
    mutationFn: () => api.change({ method: "PUT", path: `/staff/${staff}`, body: draft }, officeStaffSchema),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ["/staff"] });
      onClose();
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <Dialog opened onClose={onClose} title={isNew ? t("staff.add") : t("staff.editTitle", { name })}>
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
        <Fields draft={draft} onChange={(change) => setDraft((before) => ({ ...before, ...change }))} />
        {isNew ? null : (
          <Checkbox
            label={t("staff.active")}
            description={t("staff.activeHint")}
            checked={draft.active}
            onChange={(event) => setDraft({ ...draft, active: event.currentTarget.checked })}
          />
        )}
      </DialogForm>
    </Dialog>
  );
}

type FieldsProps = {
  readonly draft: SaveStaffRequest;
  readonly onChange: (change: Partial<SaveStaffRequest>) => void;
};

function Fields({ draft, onChange }: FieldsProps): ReactNode {
  const { t } = useTranslation();
  const { branches } = useMe();
  return (
    <>
      <TextInput
        label={t("staff.name")}
        description={t("staff.nameHint")}
        required
        withAsterisk={false}
        data-autofocus
        value={draft.name}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
      />
      <NativeSelect
        label={t("staff.role")}
        description={t(`staff.roleHint_${draft.role}`)}
        value={draft.role}
        data={ROLES.map((role) => ({ value: role, label: t(`staff.role_${role}`) }))}
        onChange={({ currentTarget: { value } }) =>
          onChange({ role: ROLES.find((role) => role === value) ?? draft.role })
        }
      />
      <Checkbox.Group
        label={t("staff.branches")}
        value={[...draft.branches]}
        onChange={(chosen) =>
          onChange({ branches: branches.flatMap(({ branch }) => (chosen.includes(branch) ? [branch] : [])) })
        }
      >
        <div className={classes.checks}>
          {branches.map(({ branch, name }) => (
            <Checkbox key={branch} value={branch} label={name} />
          ))}
        </div>
      </Checkbox.Group>
      <TextInput
        label={t("staff.email")}
        description={t("staff.emailHint")}
        type="email"
        value={draft.email ?? ""}
        onChange={(event) => onChange({ email: event.currentTarget.value.trim() || null })}
      />
    </>
  );
}
