import { type LogReply, logReplySchema } from "@holdfast/protocol/log";
import { Dialog } from "@holdfast/ui/Dialog.tsx";
import { EmptyState } from "@holdfast/ui/EmptyState.tsx";
import { ErrorNotice } from "@holdfast/ui/ErrorNotice.tsx";
import { Button, FileInput, Progress } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type FormEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Api } from "../../api/api.ts";
import { useApi } from "../../api/use-api.ts";
import { DialogForm } from "../../shell/DialogForm.tsx";
import { Facts } from "../../shell/Facts.tsx";
import { readRescueFile } from "./rescue-file.ts";

type Rescued = {
  /** Records of the file that the server holds now. */
  readonly held: number;
  readonly setAside: number;
  readonly unreadable: number;
  readonly stops: LogReply["stopped"];
};

/** Brings the records of a terminal that cannot send them itself, from the file that it saved. */
export function RescueDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  const api = useApi();
  const queries = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const [part, setPart] = useState(0);
  const upload = useMutation({
    mutationFn: (chosen: File) => bringFile(api, chosen, setPart),
    onSettled: () => void queries.invalidateQueries(),
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (file !== null) upload.mutate(file);
  };
  return (
    <Dialog opened onClose={onClose} title={t("rescue.title")}>
      {upload.data === undefined ? (
        <DialogForm
          onSubmit={submit}
          actions={
            <>
              <Button variant="default" onClick={onClose}>
                {t("app.cancel")}
              </Button>
              <Button type="submit" disabled={file === null} loading={upload.isPending}>
                {t("rescue.submit")}
              </Button>
            </>
          }
        >
          <p>{t("rescue.intro")}</p>
          {upload.error === null ? null : <ErrorNotice title={t("rescue.failed")} message={upload.error.message} />}
          <FileInput
            label={t("rescue.file")}
            placeholder={t("rescue.choose")}
            accept=".ndjson,.jsonl,.txt"
            value={file}
            onChange={setFile}
            data-autofocus
          />
          {upload.isPending ? <Progress value={part * 100} aria-label={t("rescue.progress")} /> : null}
        </DialogForm>
      ) : (
        <Outcome rescued={upload.data} onClose={onClose} />
      )}
    </Dialog>
  );
}

/** One part after the other: the records of a stream have to arrive in their order. */
async function bringFile(api: Api, file: File, onPart: (done: number) => void): Promise<Rescued> {
  const { parts, unreadable } = readRescueFile(await file.text());
  let sum: Rescued = { held: 0, setAside: 0, unreadable, stops: [] };
  for (const [index, body] of parts.entries()) {
    const text = { type: "application/x-ndjson", body };
    const reply = await api.change({ method: "POST", path: "/rescue", text }, logReplySchema);
    sum = {
      unreadable,
      held: sum.held + reply.accepted,
      setAside: sum.setAside + reply.quarantined.length,
      stops: [...sum.stops, ...reply.stopped],
    };
    onPart((index + 1) / parts.length);
  }
  return sum;
}

function Outcome({ rescued, onClose }: { readonly rescued: Rescued; readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  const { held, setAside, unreadable, stops } = rescued;
  if (held + stops.length === 0) {
    return (
      <EmptyState
        icon="search"
        title={t("rescue.nothing")}
        text={t("rescue.nothingText")}
        action={<Button onClick={onClose}>{t("rescue.done")}</Button>}
      />
    );
  }
  return (
    <DialogForm
      onSubmit={(event) => {
        event.preventDefault();
        onClose();
      }}
      actions={<Button type="submit">{t("rescue.done")}</Button>}
    >
      {stops.length === 0 ? null : (
        <ErrorNotice
          tone="warn"
          title={t("rescue.stopped", { count: stops.length })}
          message={[...new Set(stops.map(({ code }) => t(`rescue.stop_${code}`)))].join(" ")}
        />
      )}
      <Facts
        facts={[
          [t("rescue.held"), <strong key="held">{held}</strong>],
          ...(unreadable === 0 ? [] : ([[t("rescue.unreadable"), unreadable]] as const)),
          ...(setAside === 0
            ? []
            : ([
                [
                  t("rescue.setAside"),
                  <Link key="aside" to="/inbox" search={{ show: "quarantine" }}>
                    {setAside}
                  </Link>,
                ],
              ] as const)),
        ]}
      />
    </DialogForm>
  );
}
