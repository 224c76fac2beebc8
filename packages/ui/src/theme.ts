import {
  type CSSVariablesResolver,
  createTheme,
  type MantineColorsTuple,
  type ModalProps,
  type TooltipProps,
} from "@mantine/core";
import { PALETTE, type PaletteName } from "./palette.ts";
import { DARK, LIGHT, type Tokens } from "./tokens.ts";

declare module "@mantine/core" {
  // Only our own palettes exist in `theme.css`: any other colour name is a mistake that the compiler finds.
  export interface MantineThemeColorsOverride {
    colors: Record<PaletteName, MantineColorsTuple>;
  }
}

const SANS = '"Inter", system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif';
const MONO = 'ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace';

/** Controls come in Mantine's own sizes, `sm` unless said, and in `touch`: at least 44 pixels high. */
export const theme = createTheme({
  colors: { ...PALETTE },
  primaryColor: "petrol",
  primaryShade: { light: 7, dark: 6 },
  white: "#ffffff",
  black: LIGHT.ink,
  fontFamily: SANS,
  fontFamilyMonospace: MONO,
  fontSizes: { xs: "0.75rem", sm: "0.875rem", md: "0.9375rem", lg: "1.125rem", xl: "1.375rem" },
  lineHeights: { xs: "1.35", sm: "1.4", md: "1.5", lg: "1.45", xl: "1.4" },
  headings: {
    fontFamily: SANS,
    fontWeight: "650",
    sizes: {
      h1: { fontSize: "1.5rem", lineHeight: "1.25" },
      h2: { fontSize: "1.125rem", lineHeight: "1.35" },
      h3: { fontSize: "0.9375rem", lineHeight: "1.4" },
    },
  },
  radius: { xs: "3px", sm: "5px", md: "8px", lg: "12px", xl: "20px" },
  defaultRadius: "md",
  shadows: {
    xs: "0 1px 2px rgb(31 29 26 / 6%)",
    sm: "0 1px 3px rgb(31 29 26 / 8%)",
    md: "0 4px 14px rgb(31 29 26 / 10%)",
    lg: "0 10px 30px rgb(31 29 26 / 14%)",
    xl: "0 20px 50px rgb(31 29 26 / 18%)",
  },
  cursorType: "pointer",
  respectReducedMotion: true,
  components: {
    // Plain objects: naming the components here would bring them into an app that shows none.
    // A scroll lock would write a style element, which our content security policy forbids; `base.css` locks instead.
    Modal: { defaultProps: { lockScroll: false, centered: true, radius: "lg" } satisfies Partial<ModalProps> },
    Tooltip: { defaultProps: { openDelay: 300, withArrow: true } satisfies Partial<TooltipProps> },
  },
});

/** Our tokens beside Mantine's variables, and Mantine's own roles in their terms. */
export const resolveVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: variablesOf(LIGHT),
  dark: variablesOf(DARK),
});

function variablesOf(tokens: Tokens): Record<string, string> {
  const own = Object.entries(tokens).map(([name, value]) => [`--hf-${name}`, value] as const);
  return {
    ...Object.fromEntries(own),
    "--mantine-color-body": "var(--hf-surface)",
    "--mantine-color-text": "var(--hf-ink)",
    "--mantine-color-bright": "var(--hf-ink)",
    "--mantine-color-dimmed": "var(--hf-ink-soft)",
    "--mantine-color-placeholder": "var(--hf-ink-soft)",
    "--mantine-color-anchor": "var(--hf-accent)",
    "--mantine-color-error": "var(--hf-danger)",
    "--mantine-color-success": "var(--hf-success)",
    "--mantine-color-default": "var(--hf-surface)",
    "--mantine-color-default-hover": "var(--hf-hover)",
    "--mantine-color-default-color": "var(--hf-ink)",
    "--mantine-color-default-border": "var(--hf-field)",
  };
}
