import type { StaffDocument } from "@holdfast/protocol/documents";
import { Dialog } from "@holdfast/ui/Dialog.tsx";
import { Keypad, type KeypadKey } from "@holdfast/ui/Keypad.tsx";
import { useFormats } from "@holdfast/ui/use-formats";
import { Button } from "@mantine/core";
import type { TFunction } from "i18next";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ApprovalAnswer, ApprovalQuestion } from "../staff/approvals.ts";
import classes from "./ApprovalDialog.module.css";
import { useCounter, useKeyLayer, useShop, useValue } from "./use-counter.ts";
import { createValue } from "./value.ts";

/** The manager comes to the till, sees what it is about, and types a PIN. Nobody is logged out for it. */
export function ApprovalDialog(): ReactNode {
  const { approvals } = useCounter();
  const question = useValue(approvals.question);
  return question === null ? null : <Asked question={question} />;
}

function Asked({ question }: { readonly question: ApprovalQuestion }): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  const { approvals } = useCounter();
  const { rules } = useShop();
  const { approvers, act } = question;
  const [chosen, setChosen] = useState<StaffDocument | null>(approvers.length === 1 ? (approvers[0] ?? null) : null);
  const amount = act.amount;
  return (
    <Dialog opened onClose={() => approvals.withdraw()} title={t("approval.title")} size="sm">
      <div className={classes.what}>
        <span>{t(`approval.action.${act.action}`)}</span>
        {amount === null ? null : <span className={classes.amount}>{formats.money(Math.abs(amount), rules)}</span>}
      </div>
      <p className={classes.text}>{t("approval.text")}</p>
      {approvers.length === 0 ? <p className={classes.problem}>{t("approval.nobody")}</p> : null}
      {chosen === null ? (
        <ul className={classes.people} aria-label={t("approval.who")}>
          {approvers.map((person) => (
            <li key={person.staff}>
              <Button size="touch" variant="default" fullWidth onClick={() => setChosen(person)}>
                {person.name}
              </Button>
            </li>
          ))}
        </ul>
      ) : (
        <Pin key={chosen.staff} person={chosen} />
      )}
      <Button size="touch" variant="subtle" color="gray" fullWidth onClick={() => approvals.withdraw()}>
        {t("approval.withdraw")}
      </Button>
    </Dialog>
  );
}

const PIN_CHARS_MAX = 12;

function Pin({ person }: { readonly person: StaffDocument }): ReactNode {
  const { t } = useTranslation();
  const { approvals } = useCounter();
  const [pin] = useState(() => createValue(""));
  const { length } = useValue(pin);
  const [answer, setAnswer] = useState<ApprovalAnswer | null>(null);
  const [isBusy, setBusy] = useState(false);
  const press = (key: KeypadKey): void => {
    if (key === ".") return;
    setAnswer(null);
    const before = pin.get();
    pin.set(key === "erase" ? before.slice(0, -1) : (before + key).slice(0, PIN_CHARS_MAX));
  };
  const send = async (): Promise<void> => {
    const typed = pin.get();
    if (typed === "" || isBusy) return;
    setBusy(true);
    pin.set("");
    const answered = await approvals.answer(person.staff, typed).catch((): ApprovalAnswer => ({ kind: "wrong" }));
    // Approved, the dialog is gone.
    if (answered.kind === "open") return;
    setAnswer(answered);
    setBusy(false);
  };
  useKeyLayer("lock", {
    isModal: true,
    onScan: () => false,
    actions: { back: () => approvals.withdraw() },
    onTyped: (char) => {
      if (/^\d$/.test(char)) press(char as KeypadKey);
    },
    onKey: (key) => {
      if (key === "Backspace") press("erase");
      if (key === "Enter" && pin.get() !== "") void send();
      return key === "Backspace" || (key === "Enter" && length > 0);
    },
  });
  return (
    <section className={classes.pin} aria-label={t("approval.pin", { name: person.name })}>
      <p className={classes.label}>{t("approval.pin", { name: person.name })}</p>
      <p className={classes.dots} aria-hidden="true">
        {"●".repeat(length)}
      </p>
      <p className="visually-hidden" role="status">
        {t("lock.pinLength", { count: length })}
      </p>
      <p className={classes.problem} role="alert">
        {answer === null ? "" : answerText(answer, person, t)}
      </p>
      <Keypad onKey={press} point={null} disabled={isBusy} />
      <Button size="touch" fullWidth loading={isBusy} disabled={length === 0} onClick={() => void send()}>
        {t("approval.approve")}
      </Button>
    </section>
  );
}

function answerText(answer: ApprovalAnswer, { name }: StaffDocument, t: TFunction<"terminal">): string {
  switch (answer.kind) {
    case "wait":
      return t("lock.wait", { count: Math.ceil(answer.ms / 1_000) });
    case "no-pin":
      return t("lock.noPin", { name });
    case "own-act":
      return t("approval.own-act");
    case "approver-may-not":
      return t("approval.approver-may-not", { name });
    default:
      return t("lock.wrong");
  }
}
