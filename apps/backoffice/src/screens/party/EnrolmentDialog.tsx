import { type EnrolmentCode, enrolmentCodeSchema, type OfficeTerminal } from "@holdfast/protocol/office/terminals";
import { CopyText } from "@holdfast/ui/CopyText.tsx";
import { Dialog } from "@holdfast/ui/Dialog.tsx";
import { EmptyState } from "@holdfast/ui/EmptyState.tsx";
import { ErrorNotice } from "@holdfast/ui/ErrorNotice.tsx";
import { QrCode } from "@holdfast/ui/QrCode.tsx";
import { useFormats } from "@holdfast/ui/use-formats";
import { Button, NativeSelect } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { useApi } from "../../api/use-api.ts";
import { useNow } from "../../shell/use-now.ts";
import classes from "./EnrolmentDialog.module.css";

type Props = {
  /** As it is now. */
  readonly terminal: OfficeTerminal;
  /** As it was when a code was asked for: once `enrolledAt` differs, the device has come. */
  readonly asked: OfficeTerminal;
  readonly onClose: () => void;
};

/** Makes a device this terminal: a code to type, an address to open, a picture of both for its camera. */
export function EnrolmentDialog({ terminal, asked, onClose }: Props): ReactNode {
  const { t } = useTranslation();
  const api = useApi();
  const queries = useQueryClient();
  const now = useNow(1_000);
  const make = useMutation({
    mutationFn: () => api.change({ method: "POST", path: `/terminals/${terminal.terminal}/code` }, enrolmentCodeSchema),
    onSuccess: () => void queries.invalidateQueries({ queryKey: ["/terminals"] }),
  });
  const { name } = terminal;
  const isDone = terminal.enrolledAt !== asked.enrolledAt;
  const isOver = make.data !== undefined && Date.parse(make.data.expiresAt) <= now;
  return (
    <Dialog opened onClose={onClose} size="lg" title={t("enrolment.title", { name })}>
      {isDone ? (
        <EmptyState
          icon="check"
          title={t("enrolment.enrolled", { name })}
          action={<Button onClick={onClose}>{t("enrolment.done")}</Button>}
        />
      ) : make.data === undefined ? (
        <Before isNew={asked.enrolledAt === null} make={make} />
      ) : isOver ? (
        <EmptyState
          icon="clock"
          title={t("enrolment.ended")}
          action={<Button onClick={() => make.mutate()}>{t("enrolment.again")}</Button>}
        />
      ) : (
        <CodeToType code={make.data} />
      )}
    </Dialog>
  );
}

type Making = { readonly isPending: boolean; readonly error: Error | null; readonly mutate: () => void };

/** A code is made when somebody asks for it, not by looking: it voids the one before. */
function Before({ isNew, make }: { readonly isNew: boolean; readonly make: Making }): ReactNode {
  const { t } = useTranslation();
  return (
    <div className={classes.before}>
      {make.error === null ? null : <ErrorNotice message={make.error.message} />}
      <p>{isNew ? t("enrolment.before") : t("enrolment.replaceText")}</p>
      <Button loading={make.isPending} onClick={() => make.mutate()} data-autofocus>
        {t("terminals.makeCode")}
      </Button>
    </div>
  );
}

function CodeToType({ code: { code, expiresAt, ports } }: { readonly code: EnrolmentCode }): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  const terminalPorts = ports.slice(1);
  const [port, setPort] = useState(terminalPorts[0]);
  const address = port === undefined ? null : `${location.protocol}//${location.hostname}:${port}/`;
  return (
    <div className={classes.columns}>
      <div className={classes.words}>
        <p>{t("enrolment.intro")}</p>
        <p className={classes.code} dir="ltr">
          {code}
        </p>
        <CopyText text={code} label={t("enrolment.copyCode")} />
        {address === null ? null : (
          <>
            <p className={classes.label}>{t("enrolment.address")}</p>
            <CopyText text={`${address}#enrol=${code}`} label={t("enrolment.copyAddress")} />
            {terminalPorts.length < 2 ? null : (
              <NativeSelect
                label={t("enrolment.port")}
                description={t("enrolment.addressHint")}
                value={String(port)}
                data={terminalPorts.map(String)}
                onChange={(event) => setPort(Number(event.currentTarget.value))}
              />
            )}
          </>
        )}
        <p className={classes.label}>{t("enrolment.expires", { time: formats.time(expiresAt) })}</p>
      </div>
      {address === null ? null : <QrCode text={`${address}#enrol=${code}`} label={t("enrolment.qr")} />}
    </div>
  );
}
