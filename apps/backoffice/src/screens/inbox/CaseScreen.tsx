import type { CaseDetail } from "@holdfast/protocol/office/cases";
import { PageHeader } from "@holdfast/ui/PageHeader.tsx";
import { Panel } from "@holdfast/ui/Panel.tsx";
import { StatusPill } from "@holdfast/ui/StatusPill.tsx";
import { useFormats } from "@holdfast/ui/use-formats";
import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { caseQuery } from "../../api/queries.ts";
import { useApi } from "../../api/use-api.ts";
import { RawRecord } from "../../pieces/RawRecord.tsx";
import { knownKind, useCaseKind } from "../../pieces/use-case-kind.ts";
import { BackLink } from "../../shell/BackLink.tsx";
import { LoadFailure } from "../../shell/LoadFailure.tsx";
import { Page } from "../../shell/Page.tsx";
import { useMe, useRight } from "../../shell/use-me.ts";
import { useTitle } from "../../shell/use-title.ts";
import { CaseActions } from "./CaseActions.tsx";
import { CaseDetails } from "./CaseDetails.tsx";
import classes from "./CaseScreen.module.css";
import { CloseCase } from "./CloseCase.tsx";
import { OversoldMovements } from "./OversoldMovements.tsx";

const route = getRouteApi("/inbox/$case");

/** One case: what happened, what is behind it, what to do, and who settled it. */
export function CaseScreen(): ReactNode {
  const { t } = useTranslation();
  const { case: id } = route.useParams();
  const query = useQuery(caseQuery(useApi(), id));
  const kindOf = useCaseKind();
  const detail = query.data;
  const title = detail === undefined ? t("inbox.title") : kindOf(detail.case.kind);
  useTitle(title);
  return (
    <Page>
      <PageHeader
        back={<BackLink to="/inbox">{t("case.back")}</BackLink>}
        title={title}
        detail={detail === undefined ? <Skeleton height={12} width={220} my={5} /> : <Standing detail={detail} />}
      />
      <LoadFailure query={query} has={detail !== undefined} />
      {detail === undefined ? (
        query.error === null && <Skeleton height={320} />
      ) : (
        <div className={classes.pair}>
          <div className={classes.stack}>
            <Panel title={t("case.what")}>
              <p className={classes.words}>{t(`case.text_${knownKind(detail.case.kind) ?? "other"}`)}</p>
            </Panel>
            {detail.oversold === null ? null : (
              <OversoldMovements oversold={detail.oversold} branch={detail.case.branch} />
            )}
            <CaseDetails found={detail.case} />
            {detail.record === null ? null : (
              <Panel title={t("inbox.record")}>
                <RawRecord raw={detail.record.raw} />
              </Panel>
            )}
          </div>
          <div className={classes.stack}>
            <ToDo detail={detail} />
          </div>
        </div>
      )}
    </Page>
  );
}

function Standing({ detail: { case: found } }: { readonly detail: CaseDetail }): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  const { branches } = useMe();
  const { about, branch, openedAt, closedAt } = found;
  return (
    <>
      {about === null ? null : <strong>{about}</strong>}
      <span>
        {branch === null
          ? t("inbox.wholeShop")
          : (branches.find((each) => each.branch === branch)?.name ?? t("app.unknownBranch"))}
      </span>
      <span>{formats.dateTime(openedAt)}</span>
      {closedAt === null ? (
        <StatusPill tone="warn">{t("inbox.open")}</StatusPill>
      ) : (
        <StatusPill tone="neutral">{t("case.resolution")}</StatusPill>
      )}
    </>
  );
}

/** The next steps while the case is open; afterwards, who closed it and how. */
function ToDo({ detail }: { readonly detail: CaseDetail }): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  const mayClose = useRight("close-cases");
  const { case: found } = detail;
  if (found.resolution !== null) {
    const { name, at, note } = found.resolution;
    return (
      <Panel title={t("case.resolution")}>
        <p className={classes.note}>{note}</p>
        <p className={classes.soft}>{t("case.resolvedBy", { name, time: formats.dateTime(at) })}</p>
      </Panel>
    );
  }
  return (
    <>
      <Panel title={t("case.todo")}>
        <p className={classes.words}>{t(`case.do_${knownKind(found.kind) ?? "other"}`)}</p>
        <CaseActions detail={detail} />
      </Panel>
      {mayClose ? <CloseCase id={found.case} /> : null}
    </>
  );
}
