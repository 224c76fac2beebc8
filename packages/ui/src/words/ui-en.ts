/** Words of the pieces that both apps use. */
export const uiEn = {
  back: "Back",
  close: "Close",
  copied: "Copied",
  copy: "Copy",
  empty: "Nothing here yet",
  loading: "Loading…",
  retry: "Try again",
  errorTitle: "That did not work",
  key: "Key",
  keypad: "Keypad",
  erase: "Erase",
  decimalPoint: "Decimal point",
} as const;
