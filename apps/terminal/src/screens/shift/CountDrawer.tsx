import { accept, type Result } from "@holdfast/domain/kernel/result";
import { denominationsOf } from "@holdfast/domain/tender/denominations";
import { type Counted, countCash, piecesMax } from "@holdfast/domain/till/cash-count";
import { ErrorNotice } from "@holdfast/ui/ErrorNotice.tsx";
import { Panel } from "@holdfast/ui/Panel.tsx";
import { useFormats } from "@holdfast/ui/use-formats";
import { Button, TextInput } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { useCounter, useShop } from "../../shell/use-counter.ts";
import classes from "./Shift.module.css";
import { type ShiftRefusal, useTry } from "./use-try.ts";

export type CountDrawerProps = { readonly onBack: () => void; readonly onCounted: () => void };

/** A blind count: pieces by denomination, and no word of what should be there. */
export function CountDrawer({ onBack, onCounted }: CountDrawerProps): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  const { till, approvals } = useCounter();
  const { rules, branch } = useShop();
  const [pieces, setPieces] = useState<Readonly<Record<number, string>>>({});
  const { attempt, problem, isBusy } = useTry();
  const counted = Object.entries(pieces).flatMap(([value, text]): Counted[] =>
    text.trim() === "" ? [] : [{ value: Number(value), pieces: /^\d+$/.test(text.trim()) ? Number(text) : -1 }],
  );
  const total = countCash(counted);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void attempt(
      async (): Promise<Result<boolean, ShiftRefusal>> => {
        const permit = await approvals.permit({ action: "close-shift", sale: null, amount: null });
        if (!permit.ok) return accept(false);
        const decided = await till.count(counted);
        return decided.ok ? accept(true) : decided;
      },
      (isDone) => {
        if (isDone) onCounted();
      },
    );
  };
  return (
    <Panel title={t("shift.countTitle")}>
      <form className={classes.form} onSubmit={submit}>
        <p className={classes.text}>{t("shift.countText")}</p>
        <div className={classes.kinds}>
          {groupsOf(branch.denominations, rules.currency).map(({ name, values }) => (
            <fieldset key={name} className={classes.kindGroup}>
              <legend className={classes.legend}>{t(`shift.${name}`)}</legend>
              {values.map((value, index) => (
                <Pieces
                  key={value}
                  value={value}
                  text={pieces[value] ?? ""}
                  focused={name === "notes" && index === 0}
                  onText={(text) => setPieces({ ...pieces, [value]: text })}
                />
              ))}
            </fieldset>
          ))}
        </div>
        <p className={classes.total}>
          <span>{t("shift.counted")}</span>
          <span className={classes.figure} data-testid="counted">
            {total.ok ? formats.money(total.value, rules) : "–"}
          </span>
        </p>
        <p className={classes.text}>{t("shift.countOnce")}</p>
        {problem === null ? null : <ErrorNotice message={problem} />}
        <div className={classes.buttons}>
          <Button size="touch" variant="default" onClick={onBack}>
            {t("shift.back")}
          </Button>
          <Button type="submit" size="touch" loading={isBusy} disabled={!total.ok}>
            {t("shift.countDone")}
          </Button>
        </div>
      </form>
    </Panel>
  );
}

type PiecesProps = {
  readonly value: number;
  readonly text: string;
  readonly focused: boolean;
  readonly onText: (text: string) => void;
};

function Pieces({ value, text, focused, onText }: PiecesProps): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  const { rules } = useShop();
  const face = formats.money(value, rules);
  const count = Number(text);
  const isCount = text.trim() !== "" && Number.isSafeInteger(count) && count >= 0 && count <= piecesMax;
  return (
    <div className={classes.pieces}>
      <span className={classes.face} aria-hidden="true">
        {face}
      </span>
      <TextInput
        aria-label={t("shift.pieces", { value: face })}
        size="touch"
        inputMode="numeric"
        autoComplete="off"
        maxLength={6}
        placeholder="0"
        data-autofocus={focused || undefined}
        classNames={{ input: classes.piecesInput ?? "" }}
        value={text}
        error={text.trim() !== "" && !isCount}
        onChange={(event) => onText(event.currentTarget.value)}
      />
      <span className={classes.worth}>{isCount ? formats.amount(value * count, rules) : ""}</span>
    </div>
  );
}

type Group = { readonly name: "notes" | "coins"; readonly values: readonly number[] };

/** The branch's own kinds of cash, the largest first; which are notes is the currency's to say. */
function groupsOf(branch: readonly number[], currency: Parameters<typeof denominationsOf>[0]): Group[] {
  const { coins, notes } = denominationsOf(currency);
  const all = branch.length === 0 ? [...coins, ...notes] : branch;
  const smallestNote = notes[0] ?? Number.POSITIVE_INFINITY;
  const descending = all.toSorted((a, b) => b - a);
  return [
    { name: "notes", values: descending.filter((value) => value >= smallestNote && !coins.includes(value)) },
    { name: "coins", values: descending.filter((value) => value < smallestNote || coins.includes(value)) },
  ];
}
