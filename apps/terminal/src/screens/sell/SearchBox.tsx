import { Icon } from "@holdfast/ui/Icon.tsx";
import { KeyHint } from "@holdfast/ui/KeyHint.tsx";
import type { KeyboardEvent, ReactNode, RefObject } from "react";
import { useTranslation } from "react-i18next";
import { keyName } from "../../shell/key-map.ts";
import { keysOf } from "../../shell/settings.ts";
import { useCounter, useValue } from "../../shell/use-counter.ts";
import classes from "./SearchBox.module.css";

export type SearchBoxProps = {
  readonly box: RefObject<HTMLInputElement | null>;
  readonly query: string;
  readonly onQuery: (query: string) => void;
  readonly onEnter: () => void;
  /** Down, to what was found. */
  readonly onDown: () => void;
};

export function SearchBox({ box, query, onQuery, onEnter, onDown }: SearchBoxProps): ReactNode {
  const { t } = useTranslation();
  const keys = keysOf(useValue(useCounter().settings));
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.key === "Enter" && query.trim() !== "") onEnter();
    else if (event.key === "ArrowDown") onDown();
    else if (event.key === keys.back) {
      onQuery("");
      event.currentTarget.blur();
    } else return;
    event.preventDefault();
  };
  return (
    <div className={classes.box}>
      <Icon name="search" size={20} />
      <input
        ref={box}
        className={classes.input}
        type="search"
        value={query}
        aria-label={t("sell.searchLabel")}
        aria-keyshortcuts={keys.search}
        placeholder={t("sell.search")}
        autoComplete="off"
        autoCorrect="off"
        spellCheck={false}
        enterKeyHint="search"
        maxLength={100}
        onChange={(event) => onQuery(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      {query === "" ? (
        <KeyHint>{keyName(keys.search)}</KeyHint>
      ) : (
        <button
          type="button"
          className={classes.clear}
          aria-label={t("sell.clearSearch")}
          onClick={() => {
            onQuery("");
            box.current?.focus();
          }}
        >
          <Icon name="close" size={18} />
        </button>
      )}
    </div>
  );
}
