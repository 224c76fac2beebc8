import type { StaffDocument } from "@holdfast/protocol/documents";
import { Keypad, type KeypadKey } from "@holdfast/ui/Keypad.tsx";
import { Button } from "@mantine/core";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import classes from "./PinEntry.module.css";
import { useCounter, useKeyLayer, useValue } from "./use-counter.ts";
import { usePinWait } from "./use-pin-wait.ts";
import { createValue } from "./value.ts";

export type PinEntryProps = { readonly person: StaffDocument; readonly onOthers: () => void };

const PIN_CHARS_MAX = 12;
const DOTS_MIN = 4;

/** The PIN of one person, by fingers or keys. */
export function PinEntry({ person, onOthers }: PinEntryProps): ReactNode {
  const { t } = useTranslation();
  const { session } = useCounter();
  // Keys may come faster than the screen is painted, so the digits are kept beside it.
  const [pin] = useState(() => createValue(""));
  const length = useValue(pin).length;
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const waitSeconds = usePinWait(session, person.staff);
  const press = (key: KeypadKey): void => {
    if (waitSeconds > 0 || key === ".") return;
    setProblem(null);
    const before = pin.get();
    pin.set(key === "erase" ? before.slice(0, -1) : (before + key).slice(0, PIN_CHARS_MAX));
  };
  const unlock = async (): Promise<void> => {
    const typed = pin.get();
    if (typed === "" || isBusy || waitSeconds > 0) return;
    setBusy(true);
    pin.set("");
    try {
      const { kind } = await session.unlock(person.staff, typed);
      if (kind === "wrong") setProblem(t("lock.wrong"));
      if (kind === "no-pin") setProblem(t("lock.noPin", { name: person.name }));
    } catch {
      setProblem(t("lock.failed"));
    }
    setBusy(false);
  };
  useKeyLayer("lock", {
    onTyped: (char) => {
      if (/^\d$/.test(char)) press(char as KeypadKey);
    },
    onKey: (key) => {
      if (key === "Backspace") press("erase");
      if (key === "Enter" && pin.get() !== "") void unlock();
      return key === "Backspace" || (key === "Enter" && length > 0);
    },
  });
  const heading = useFocused();
  return (
    <section className={classes.entry} aria-labelledby="pin-title">
      <h1 className={classes.title} id="pin-title" ref={heading} tabIndex={-1}>
        {t("lock.pinOf", { name: person.name })}
      </h1>
      <p className={classes.dots} aria-hidden="true">
        {Array.from({ length: Math.max(DOTS_MIN, length) }, (_, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a dot is nothing but its place
          <span key={place} className={classes.dot} data-filled={place < length || undefined} />
        ))}
      </p>
      <p className="visually-hidden" role="status">
        {t("lock.pinLength", { count: length })}
      </p>
      <p className={classes.problem} role="alert">
        {waitSeconds > 0 ? t("lock.wait", { count: waitSeconds }) : problem}
      </p>
      <Keypad onKey={press} point={null} disabled={waitSeconds > 0} />
      <Button
        size="touch"
        fullWidth
        loading={isBusy}
        disabled={length === 0 || waitSeconds > 0}
        onClick={() => void unlock()}
      >
        {t("lock.unlock")}
      </Button>
      <Button size="touch" variant="subtle" color="gray" fullWidth onClick={onOthers}>
        {t("lock.others")}
      </Button>
    </section>
  );
}

/** Where a screen reader goes on reading. */
function useFocused() {
  const element = useRef<HTMLHeadingElement>(null);
  useEffect(() => element.current?.focus(), []);
  return element;
}
