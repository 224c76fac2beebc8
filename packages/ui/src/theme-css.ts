import {
  type ConvertCSSVariablesInput,
  convertCssVariables,
  DEFAULT_THEME,
  deepMerge,
  defaultCssVariablesResolver,
  mergeMantineTheme,
} from "@mantine/core";
import { PALETTE } from "./palette.ts";
import { resolveVariables, theme } from "./theme.ts";

const HEADER =
  "/* Written from theme.ts and tokens.ts by `npm run theme -w @holdfast/ui`: a style element at run time is forbidden. */";

/** The text of `theme.css`: every variable of the theme, by Mantine's own functions. */
export function themeCss(): string {
  const merged = mergeMantineTheme(DEFAULT_THEME, theme);
  const variables = deepMerge(defaultCssVariablesResolver(merged), resolveVariables(merged));
  const css = convertCssVariables(withoutForeignColors(variables), ":root");
  return `${HEADER}\n${spread(css)}`;
}

/** Mantine brings fourteen palettes; what is not ours would be weight that nothing refers to. */
function withoutForeignColors(input: ConvertCSSVariablesInput): ConvertCSSVariablesInput {
  const foreign = Object.keys(DEFAULT_THEME.colors).filter((name) => !(name in PALETTE));
  const prefixes = foreign.map((name) => `--mantine-color-${name}-`);
  const keep = (variables: Record<string, string>): Record<string, string> =>
    Object.fromEntries(Object.entries(variables).filter(([name]) => !prefixes.some((start) => name.startsWith(start))));
  return { variables: keep(input.variables), light: keep(input.light), dark: keep(input.dark) };
}

/** One declaration a line, as the formatter has it. */
function spread(css: string): string {
  const blocks = [...css.matchAll(/([^{}]+)\{([^{}]*)\}/g)].map(([, selector = "", body = ""]) => {
    const lines = body.split(";").map((declaration) => declaration.trim());
    return `${selector.trim()} {\n${lines
      .filter(Boolean)
      .map((line) => `  ${line};\n`)
      .join("")}}\n`;
  });
  return blocks.join("\n");
}
