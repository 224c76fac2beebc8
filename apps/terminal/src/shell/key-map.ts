/** What a key can be asked to do; each can be put on another key. */
export const keyActions = [
  "search",
  "customer",
  "suspend",
  "discount",
  "pay",
  "back",
  "quantity",
  "void",
  "more",
  "less",
  "lock",
  "help",
] as const;

export type KeyAction = (typeof keyActions)[number];

/** None of these is a key that a browser keeps for itself. */
export const DEFAULT_KEYS: Readonly<Record<KeyAction, string>> = {
  search: "F2",
  customer: "F3",
  suspend: "F4",
  discount: "F8",
  pay: "F9",
  back: "Escape",
  quantity: "*",
  void: "Delete",
  more: "+",
  less: "-",
  lock: "End",
  help: "?",
};

/** Keys that a browser or the system acts on whatever a page says. */
const TAKEN = new Set(["F1", "F5", "F6", "F7", "F11", "F12", "Tab", "Enter", " ", "Shift", "Control", "Alt", "Meta"]);

export function isFreeKey(key: string): boolean {
  // Digits and the decimal point are typed amounts, letters are typed names.
  return !TAKEN.has(key) && !/^[\p{L}\p{N}.,]$/u.test(key);
}

export function actionOf(keys: Readonly<Record<KeyAction, string>>, key: string): KeyAction | null {
  return keyActions.find((action) => keys[action] === key) ?? null;
}

/** As it is printed on the keys. */
export function keyName(key: string): string {
  return KEY_NAMES[key] ?? key;
}

const KEY_NAMES: Readonly<Record<string, string>> = { Escape: "Esc", Delete: "Del", ArrowUp: "↑", ArrowDown: "↓" };
