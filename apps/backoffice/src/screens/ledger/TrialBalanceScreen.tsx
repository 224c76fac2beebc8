import type { TrialBalance } from "@holdfast/protocol/office/ledger";
import { EmptyState } from "@holdfast/ui/EmptyState.tsx";
import { PageHeader } from "@holdfast/ui/PageHeader.tsx";
import { Panel } from "@holdfast/ui/Panel.tsx";
import { StatusPill } from "@holdfast/ui/StatusPill.tsx";
import { useFormats } from "@holdfast/ui/use-formats";
import { Skeleton, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { trialBalanceQuery } from "../../api/queries.ts";
import { useApi } from "../../api/use-api.ts";
import { ReportCompleteness } from "../../pieces/ReportCompleteness.tsx";
import { BranchSelect } from "../../shell/BranchSelect.tsx";
import { LoadFailure } from "../../shell/LoadFailure.tsx";
import { Page } from "../../shell/Page.tsx";
import { useTitle } from "../../shell/use-title.ts";
import { useToday } from "../../shell/use-today.ts";
import { TrialBalanceTable } from "./TrialBalanceTable.tsx";

const route = getRouteApi("/ledger");

/** All accounts up to and with a day: the screen that must come to nothing. */
export function TrialBalanceScreen(): ReactNode {
  const { t } = useTranslation();
  const today = useToday();
  const { day = today, branch } = route.useSearch();
  const navigate = route.useNavigate();
  const query = useQuery(trialBalanceQuery(useApi(), { day, branch }));
  useTitle(t("ledger.title"));
  return (
    <Page>
      <PageHeader
        title={t("ledger.title")}
        detail={query.data === undefined ? <Skeleton height={12} width={180} my={5} /> : <State balance={query.data} />}
        actions={
          <>
            <TextInput
              type="date"
              label={t("ledger.day")}
              required
              withAsterisk={false}
              value={day}
              onChange={({ currentTarget: { value } }) =>
                void navigate({ search: (before) => ({ ...before, day: value || undefined }), replace: true })
              }
            />
            <BranchSelect
              value={branch}
              onSelect={(next) => void navigate({ search: (before) => ({ ...before, branch: next }) })}
            />
          </>
        }
      />
      <ReportCompleteness branch={branch} />
      <LoadFailure query={query} has={query.data !== undefined} />
      {query.data === undefined ? (
        query.error === null && <Skeleton height={320} />
      ) : (
        <Panel flush>
          {query.data.accounts.length === 0 ? (
            <EmptyState icon="ledger" title={t("ledger.empty")} text={t("ledger.emptyText")} />
          ) : (
            <TrialBalanceTable balance={query.data} branch={branch} />
          )}
        </Panel>
      )}
    </Page>
  );
}

function State({ balance: { day, debit, credit } }: { readonly balance: TrialBalance }): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <>
      <span>{formats.day(day, "long")}</span>
      {debit === credit ? (
        <StatusPill tone="success">{t("ledger.balanced")}</StatusPill>
      ) : (
        <StatusPill tone="danger">{t("ledger.notBalanced")}</StatusPill>
      )}
    </>
  );
}
