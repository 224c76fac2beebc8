import { type ReactNode, useEffect, useRef } from "react";
import { createPortal } from "react-dom";
import { useTranslation } from "react-i18next";
import type { Sheet } from "../devices/printer/browser.ts";
import { PaperView } from "../receipt/PaperView.tsx";
import classes from "./PrintSheet.module.css";
import { useCounter, useValue } from "./use-counter.ts";

/** Lays out what the browser is to print; nobody sees it on the screen. */
export function PrintSheet(): ReactNode {
  const { browserPrinter } = useCounter();
  const sheet = useValue(browserPrinter.sheet);
  return sheet === null ? null : createPortal(<Laid sheet={sheet} />, document.body);
}

function Laid({ sheet: { paper, shown } }: { readonly sheet: Sheet }): ReactNode {
  const { t } = useTranslation();
  const place = useRef<HTMLDivElement>(null);
  const codes = paper.blocks.filter(({ kind }) => kind === "code").length;
  useEffect(() => {
    const target = place.current;
    if (target === null) return undefined;
    // The codes are drawn by a part of the app that may still have to be fetched.
    const isWhole = (): boolean => target.querySelectorAll("[data-code] svg").length === codes;
    const tell = (): void => {
      if (isWhole()) shown();
    };
    const observer = new MutationObserver(tell);
    observer.observe(target, { childList: true, subtree: true });
    tell();
    return () => observer.disconnect();
  }, [codes, shown]);
  return (
    <div ref={place} className={classes.sheet}>
      <PaperView paper={paper} label={t("paid.receipt")} />
    </div>
  );
}
