import { uuidV7 } from "@holdfast/domain/kernel/id";
import type { StaffId } from "@holdfast/domain/staff/staff";
import type { OfficeStaff } from "@holdfast/protocol/office/staff";
import { EmptyState } from "@holdfast/ui/EmptyState.tsx";
import { Icon } from "@holdfast/ui/Icon.tsx";
import { PageHeader } from "@holdfast/ui/PageHeader.tsx";
import { Panel } from "@holdfast/ui/Panel.tsx";
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { staffQuery } from "../../api/queries.ts";
import { useApi } from "../../api/use-api.ts";
import { LoadFailure } from "../../shell/LoadFailure.tsx";
import { Page } from "../../shell/Page.tsx";
import { useMe, useRight } from "../../shell/use-me.ts";
import { useTitle } from "../../shell/use-title.ts";
import { SecretDialog } from "./SecretDialog.tsx";
import { StaffForm } from "./StaffForm.tsx";
import { type StaffAct, StaffTable } from "./StaffTable.tsx";

/** Who may do what, where; a change reaches the tills of their branches at once. */
export function StaffScreen(): ReactNode {
  const { t } = useTranslation();
  const { branches } = useMe();
  const query = useQuery(staffQuery(useApi()));
  const mayEdit = useRight("edit-staff");
  const [doing, setDoing] = useState<StaffAct | null>(null);
  useTitle(t("staff.title"));
  const close = (): void => setDoing(null);
  const addButton = mayEdit ? (
    <Button
      leftSection={<Icon name="plus" />}
      onClick={() => setDoing({ act: "edit", person: nobodyYet(branches.map(({ branch }) => branch)) })}
    >
      {t("staff.add")}
    </Button>
  ) : null;
  return (
    <Page>
      <PageHeader title={t("staff.title")} actions={addButton} />
      <LoadFailure query={query} has={query.data !== undefined} />
      {query.data === undefined && query.error !== null ? null : (
        <Panel flush>
          <StaffTable
            staff={query.data?.staff}
            onAct={setDoing}
            empty={<EmptyState icon="user" title={t("staff.empty")} text={t("staff.emptyText")} action={addButton} />}
          />
        </Panel>
      )}
      {doing === null ? null : doing.act === "edit" ? (
        <StaffForm person={doing.person} onClose={close} />
      ) : (
        <SecretDialog person={doing.person} secret={doing.act} onClose={close} />
      )}
    </Page>
  );
}

/** Without a name they are not there yet; the id is theirs from the beginning, so that a retry adds nobody twice. */
function nobodyYet(branches: OfficeStaff["branches"]): OfficeStaff {
  const staff = uuidV7(Date.now(), crypto.getRandomValues(new Uint8Array(10))) as StaffId;
  const secrets = { email: null, hasPin: false, hasPassword: false };
  return { staff, name: "", role: "cashier", branches, ...secrets, deactivatedAt: null };
}
