import type { OfficeTerminal } from "@holdfast/protocol/office/terminals";
import { EmptyState } from "@holdfast/ui/EmptyState.tsx";
import { Icon } from "@holdfast/ui/Icon.tsx";
import { PageHeader } from "@holdfast/ui/PageHeader.tsx";
import { Panel } from "@holdfast/ui/Panel.tsx";
import { Button, Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { terminalsQuery } from "../../api/queries.ts";
import { useApi } from "../../api/use-api.ts";
import { LoadFailure } from "../../shell/LoadFailure.tsx";
import { Page } from "../../shell/Page.tsx";
import { useMe, useRight } from "../../shell/use-me.ts";
import { useTitle } from "../../shell/use-title.ts";
import { AddTerminalDialog } from "./AddTerminalDialog.tsx";
import { EnrolmentDialog } from "./EnrolmentDialog.tsx";
import { RescueDialog } from "./RescueDialog.tsx";
import { ShutOutDialog } from "./ShutOutDialog.tsx";
import { TerminalAlarms } from "./TerminalAlarms.tsx";
import { type TerminalAct, TerminalsTable } from "./TerminalsTable.tsx";

type Doing = TerminalAct | { readonly act: "add" } | { readonly act: "rescue" };

/** Every till there is and how it is: what it holds that nobody else has comes first. */
export function TerminalsScreen(): ReactNode {
  const { t } = useTranslation();
  const { branches } = useMe();
  const query = useQuery(terminalsQuery(useApi()));
  const mayAdd = useRight("edit-terminals");
  const [doing, setDoing] = useState<Doing | null>(null);
  useTitle(t("terminals.title"));
  const terminals = query.data?.terminals;
  const addButton = mayAdd ? (
    <Button leftSection={<Icon name="plus" />} onClick={() => setDoing({ act: "add" })}>
      {t("terminals.add")}
    </Button>
  ) : null;
  return (
    <Page>
      <PageHeader
        title={t("terminals.title")}
        actions={
          <>
            <Button variant="default" onClick={() => setDoing({ act: "rescue" })}>
              {t("rescue.open")}
            </Button>
            {addButton}
          </>
        }
      />
      <LoadFailure query={query} has={terminals !== undefined} />
      {terminals === undefined ? (
        query.error === null && <Skeleton height={320} />
      ) : (
        <>
          <TerminalAlarms terminals={terminals} />
          {terminals.length === 0 ? (
            <Panel>
              <EmptyState
                icon="device"
                title={t("terminals.empty")}
                text={t("terminals.emptyText")}
                action={addButton}
              />
            </Panel>
          ) : (
            branches
              .map((branch) => ({ branch, own: terminals.filter((each) => each.branch === branch.branch) }))
              .filter(({ own }) => own.length > 0)
              .map(({ branch, own }) => (
                <TerminalsTable key={branch.branch} branch={branch} terminals={own} onAct={setDoing} />
              ))
          )}
        </>
      )}
      <ActDialog doing={doing} terminals={terminals ?? []} onDone={setDoing} />
    </Page>
  );
}

type ActDialogProps = {
  readonly doing: Doing | null;
  readonly terminals: readonly OfficeTerminal[];
  readonly onDone: (next: Doing | null) => void;
};

function ActDialog({ doing, terminals, onDone }: ActDialogProps): ReactNode {
  if (doing === null) return null;
  const close = (): void => onDone(null);
  if (doing.act === "rescue") return <RescueDialog onClose={close} />;
  if (doing.act === "add") {
    return <AddTerminalDialog onClose={close} onAdded={(terminal) => onDone({ act: "enrol", terminal })} />;
  }
  // As it is now, not as it was when the button was pressed: the device enrols while the code is on the screen.
  const terminal = terminals.find((each) => each.terminal === doing.terminal.terminal) ?? doing.terminal;
  return doing.act === "enrol" ? (
    <EnrolmentDialog terminal={terminal} asked={doing.terminal} onClose={close} />
  ) : (
    <ShutOutDialog act={doing.act} terminal={terminal} onClose={close} />
  );
}
