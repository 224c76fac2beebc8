import type { OfficeStaff } from "@holdfast/protocol/office/staff";
import { type Column, DataTable } from "@holdfast/ui/DataTable.tsx";
import { StatusPill } from "@holdfast/ui/StatusPill.tsx";
import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useMe, useRight } from "../../shell/use-me.ts";
import classes from "./StaffTable.module.css";

export type StaffAct = { readonly act: "edit" | "pin" | "password"; readonly person: OfficeStaff };

type Props = {
  readonly staff: readonly OfficeStaff[] | undefined;
  readonly onAct: (act: StaffAct) => void;
  readonly empty: ReactNode;
};

export function StaffTable({ staff, onAct, empty }: Props): ReactNode {
  const { t } = useTranslation();
  const columns = useColumns(onAct);
  return (
    <DataTable caption={t("staff.title")} columns={columns} rows={staff} rowKey={(row) => row.staff} empty={empty} />
  );
}

function useColumns(onAct: Props["onAct"]): readonly Column<OfficeStaff>[] {
  const { t } = useTranslation();
  const { branches } = useMe();
  const branchNames = (ids: OfficeStaff["branches"]): string =>
    ids.length === branches.length
      ? t("app.allBranches")
      : branches.flatMap(({ branch, name }) => (ids.includes(branch) ? [name] : [])).join(", ");
  return [
    {
      key: "name",
      head: t("staff.name"),
      cell: ({ name, email, deactivatedAt }) => (
        <>
          <span className={classes.name}>{name}</span>
          {deactivatedAt === null ? null : <StatusPill tone="neutral">{t("staff.left")}</StatusPill>}
          {email === null ? null : <span className={classes.email}>{email}</span>}
        </>
      ),
    },
    { key: "role", head: t("staff.role"), cell: ({ role }) => t(`staff.role_${role}`) },
    {
      key: "branches",
      head: t("staff.branches"),
      from: "wide",
      cell: (person) => (person.branches.length === 0 ? t("staff.noBranch") : branchNames(person.branches)),
    },
    {
      key: "pin",
      head: t("staff.pin"),
      from: "medium",
      cell: ({ hasPin, deactivatedAt }) =>
        deactivatedAt !== null ? null : hasPin ? (
          t("staff.pinSet")
        ) : (
          <StatusPill tone="warn">{t("staff.noPin")}</StatusPill>
        ),
    },
    {
      key: "actions",
      head: <span className="visually-hidden">{t("terminals.actions")}</span>,
      numeric: true,
      cell: (person) => <Actions person={person} onAct={onAct} />,
    },
  ];
}

function Actions({ person, onAct }: Pick<Props, "onAct"> & { readonly person: OfficeStaff }): ReactNode {
  const { t } = useTranslation();
  const { staff: me } = useMe();
  const maySet = useRight("set-pins");
  const mayEdit = useRight("edit-staff");
  const { role, name, email, deactivatedAt } = person;
  const isBelow = role === "cashier" || role === "supervisor";
  const isHere = deactivatedAt === null;
  const button = (act: StaffAct["act"], word: string): ReactNode => (
    <Button size="xs" variant="default" onClick={() => onAct({ act, person })}>
      {word}
      <span className="visually-hidden"> {name}</span>
    </Button>
  );
  return (
    <span className={classes.actions}>
      {isHere && maySet && (mayEdit || isBelow || person.staff === me.staff) ? button("pin", t("staff.setPin")) : null}
      {isHere && mayEdit && email !== null ? button("password", t("staff.setPassword")) : null}
      {mayEdit ? button("edit", t("staff.edit")) : null}
    </span>
  );
}
