import type { Quarantine } from "@holdfast/protocol/office/cases";
import { officePageMax } from "@holdfast/protocol/office/limits";
import { EmptyState } from "@holdfast/ui/EmptyState.tsx";
import { Panel } from "@holdfast/ui/Panel.tsx";
import { StatusPill } from "@holdfast/ui/StatusPill.tsx";
import { useFormats } from "@holdfast/ui/use-formats";
import { Skeleton } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { quarantineQuery } from "../../api/queries.ts";
import { useApi } from "../../api/use-api.ts";
import { RawRecord } from "../../pieces/RawRecord.tsx";
import { LoadFailure } from "../../shell/LoadFailure.tsx";
import { MoreButton } from "../../shell/MoreButton.tsx";
import { BookHeld } from "./BookHeld.tsx";
import classes from "./QuarantineList.module.css";

type SetAside = Quarantine["records"][number];

/** Records that are stored as they came and not booked, each with its reason and its text. */
export function QuarantineList(): ReactNode {
  const { t } = useTranslation();
  const query = useInfiniteQuery(quarantineQuery(useApi()));
  const records = query.data?.pages.flatMap((page) => page.records);
  if (records === undefined) {
    return query.error === null ? <Skeleton height={240} /> : <LoadFailure query={query} has={false} />;
  }
  if (records.length === 0) {
    return (
      <Panel>
        <EmptyState icon="check" title={t("inbox.emptyQuarantine")} text={t("inbox.emptyQuarantineText")} />
      </Panel>
    );
  }
  return (
    <Panel flush title={t("inbox.setAside", { count: records.length })} actions={<BookAll records={records} />}>
      <ul className={classes.records}>
        {records.map((record) => (
          <li key={record.event} className={classes.record}>
            <RecordRow record={record} />
          </li>
        ))}
      </ul>
      <MoreButton pages={query} />
    </Panel>
  );
}

/** The newest stands first in the list, and was made last. */
function BookAll({ records }: { readonly records: readonly SetAside[] }): ReactNode {
  if (records.length < 2) return null;
  const events = records.slice(0, officePageMax).map(({ event }) => event);
  return <BookHeld events={events.toReversed()} isRevoked={records.every(({ code }) => code === "revoked")} isSmall />;
}

function RecordRow({ record }: { readonly record: SetAside }): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  const { type, code, message, terminalName, recordedAt, raw } = record;
  return (
    <>
      <p className={classes.head}>
        <strong>{t("inbox.recordOf", { type, terminal: terminalName })}</strong>
        <StatusPill tone="warn">{code}</StatusPill>
        <time className={classes.when} dateTime={recordedAt}>
          {formats.dateTime(recordedAt)}
        </time>
      </p>
      <p>{message}</p>
      <div className={classes.actions}>
        <BookHeld events={[record.event]} isRevoked={code === "revoked"} isSmall />
      </div>
      <RawRecord raw={raw} />
    </>
  );
}
