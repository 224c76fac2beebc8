import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { themeCss } from "./theme-css.ts";
import { DARK, LIGHT } from "./tokens.ts";

const withoutSpace = (css: string): string => css.replaceAll(/\s+/g, "");

test("theme.css is what the theme says: run `npm run theme -w @holdfast/ui` after a change", async () => {
  const committed = await readFile(join(import.meta.dirname, "theme.css"), "utf8");
  expect(withoutSpace(committed)).toBe(withoutSpace(themeCss()));
});

test("every token has a value in either scheme, and no foreign palette is carried along", () => {
  const css = themeCss();
  for (const [name, value] of Object.entries(LIGHT)) expect(css).toContain(`--hf-${name}: ${value};`);
  for (const [name, value] of Object.entries(DARK)) expect(css).toContain(`--hf-${name}: ${value};`);
  expect(css).not.toMatch(/--mantine-color-(pink|grape|teal|lime|orange|yellow)-/);
});

test("a variable that another one refers to is there", () => {
  const css = themeCss();
  const defined = new Set([...css.matchAll(/(--[\w-]+):/g)].map(([, name]) => name));
  const used = [...css.matchAll(/var\((--[\w-]+)\)/g)].map(([, name]) => name);
  expect(used.filter((name) => !defined.has(name))).toEqual([]);
});
