import type { MantineColorsTuple } from "@mantine/core";

/**
 * The colours of Holdfast: one accent (petrol), a warm neutral like receipt paper, and one colour each for what a state
 * means. Violet is for *offline*: selling goes on, so it must look neither broken nor fine.
 */
export type PaletteName = "petrol" | "gray" | "dark" | "green" | "amber" | "red" | "violet";

export const PALETTE: Readonly<Record<PaletteName, MantineColorsTuple>> = {
  petrol: [
    "#eff6f9",
    "#dbebf1",
    "#b8d8e4",
    "#8dc0d3",
    "#5aa5be",
    "#3288a4",
    "#1d708c",
    "#125a74",
    "#0d485e",
    "#09364a",
  ],
  gray: ["#faf9f7", "#f4f2ee", "#e9e6e0", "#dad6ce", "#bfbab0", "#8f8a80", "#6b675f", "#524f48", "#37342f", "#1f1d1a"],
  // From text to the deepest ground, the other way round than the others: Mantine reads it so.
  dark: ["#e4e7ea", "#c2c9cf", "#9ba6ae", "#7b8791", "#404b54", "#303a42", "#242d34", "#1b2329", "#131a1f", "#0c1114"],
  green: ["#eefaf3", "#d8f2e2", "#aee3c4", "#7fd0a1", "#4db87c", "#289c5f", "#1b824e", "#14693f", "#105333", "#0b3c25"],
  amber: ["#fff8e9", "#fdeecb", "#fadc96", "#f4c458", "#e6aa25", "#c3880c", "#9c6905", "#7d5305", "#634208", "#473007"],
  red: ["#fdf3f2", "#fbe1de", "#f5c0bb", "#ec968e", "#e06d62", "#cf483c", "#b8342a", "#962920", "#76211b", "#561914"],
  violet: [
    "#f5f3fd",
    "#e8e4fa",
    "#d1caf4",
    "#b3a8ea",
    "#9284dd",
    "#7564cb",
    "#5d4db2",
    "#4a3d91",
    "#3b3173",
    "#2a2454",
  ],
};
