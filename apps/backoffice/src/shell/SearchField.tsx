import { Icon } from "@holdfast/ui/Icon.tsx";
import { KeyHint } from "@holdfast/ui/KeyHint.tsx";
import { TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { type ReactNode, useState } from "react";

export type SearchFieldProps = {
  readonly label: string;
  readonly placeholder?: string;
  readonly value: string;
  readonly onSearch: (text: string) => void;
};

const PAUSE_MS = 250;

/** Searches when the typing pauses. `/` leads here. */
export function SearchField({ label, placeholder, value, onSearch }: SearchFieldProps): ReactNode {
  const [text, setText] = useState(value);
  const [shown, setShown] = useState(value);
  if (value !== shown) {
    // The address changed by itself, as the back button does: what it says counts.
    setShown(value);
    setText(value);
  }
  const search = useDebouncedCallback((next: string) => {
    setShown(next);
    onSearch(next);
  }, PAUSE_MS);
  return (
    <TextInput
      wrapperProps={{ "data-grows": true }}
      type="search"
      label={label}
      placeholder={placeholder ?? ""}
      value={text}
      data-search-field
      aria-keyshortcuts="/"
      leftSection={<Icon name="search" size={16} />}
      rightSection={<KeyHint>/</KeyHint>}
      onBlur={({ relatedTarget }) => {
        // Whoever goes on to a link has found it: a search that came now would call them back.
        if (relatedTarget instanceof HTMLAnchorElement) search.cancel();
        else search.flush();
      }}
      onChange={(event) => {
        setText(event.currentTarget.value);
        search(event.currentTarget.value.trim());
      }}
    />
  );
}
