import { PALETTE } from "./palette.ts";

/**
 * What a colour is for, by scheme; each becomes a custom property `--hf-<name>`. Screens use these and no palette shade, so
 * that light and dark are decided here alone.
 */
export type TokenName =
  /** The ground of a page, of what lies on it, of what is let into it. */
  | "canvas"
  | "surface"
  | "sunken"
  | "hover"
  /** Lines that only part things, and the edge of what can be filled in. */
  | "line"
  | "field"
  | "ink"
  | "ink-soft"
  | "accent"
  | "accent-strong"
  | "accent-soft"
  | "on-accent"
  | "focus"
  /** Text and icon of a state, and its ground. */
  | "success"
  | "success-soft"
  | "warn"
  | "warn-soft"
  | "danger"
  | "danger-soft"
  | "offline"
  | "offline-soft"
  | "chart-1"
  | "chart-2"
  | "chart-3"
  | "chart-4"
  /** Receipts are paper in any light. */
  | "paper"
  | "paper-ink";

export type Tokens = Readonly<Record<TokenName, string>>;

const { petrol, gray, dark, green, amber, red, violet } = PALETTE;

export const LIGHT: Tokens = {
  canvas: gray[1],
  surface: "#ffffff",
  sunken: gray[0],
  hover: gray[1],
  line: gray[2],
  field: gray[5],
  ink: gray[9],
  "ink-soft": gray[6],
  accent: petrol[7],
  "accent-strong": petrol[8],
  "accent-soft": petrol[1],
  "on-accent": "#ffffff",
  focus: petrol[6],
  success: green[7],
  "success-soft": green[1],
  warn: amber[7],
  "warn-soft": amber[1],
  danger: red[6],
  "danger-soft": red[1],
  offline: violet[6],
  "offline-soft": violet[1],
  "chart-1": petrol[6],
  "chart-2": amber[5],
  "chart-3": violet[5],
  "chart-4": green[5],
  paper: "#fffefb",
  "paper-ink": gray[9],
};

export const DARK: Tokens = {
  canvas: dark[8],
  surface: dark[7],
  sunken: dark[8],
  hover: dark[6],
  line: dark[5],
  field: dark[3],
  ink: dark[0],
  "ink-soft": dark[2],
  accent: petrol[3],
  "accent-strong": petrol[2],
  "accent-soft": "#17323d",
  "on-accent": petrol[9],
  focus: petrol[3],
  success: green[3],
  "success-soft": "#15301f",
  warn: amber[3],
  "warn-soft": "#35290d",
  danger: red[3],
  "danger-soft": "#40201d",
  offline: violet[3],
  "offline-soft": "#2a2547",
  "chart-1": petrol[4],
  "chart-2": amber[4],
  "chart-3": violet[4],
  "chart-4": green[4],
  paper: "#f3f0e8",
  "paper-ink": gray[9],
};

/** Text and ground that must stand out from each other by WCAG 2.2 AA, with the ratio asked. */
export const CONTRASTS: readonly (readonly [text: TokenName, ground: TokenName, ratio: number])[] = [
  ...(["canvas", "surface", "sunken", "hover"] as const).flatMap(
    (ground) =>
      [
        ["ink", ground, 7],
        ["ink-soft", ground, 4.5],
        ["accent", ground, 4.5],
        ["success", ground, 4.5],
        ["warn", ground, 4.5],
        ["danger", ground, 4.5],
        ["offline", ground, 4.5],
        ["focus", ground, 3],
      ] as const,
  ),
  ["field", "surface", 3],
  ["on-accent", "accent", 4.5],
  ["on-accent", "accent-strong", 4.5],
  ["accent-strong", "accent-soft", 4.5],
  ["ink", "accent-soft", 7],
  ["success", "success-soft", 4.5],
  ["warn", "warn-soft", 4.5],
  ["danger", "danger-soft", 4.5],
  ["offline", "offline-soft", 4.5],
  ["chart-1", "surface", 3],
  ["chart-2", "surface", 3],
  ["chart-3", "surface", 3],
  ["chart-4", "surface", 3],
  ["paper-ink", "paper", 7],
];
