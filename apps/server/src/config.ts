import { join, resolve } from "node:path";
import { parseArgs } from "node:util";

export type Config = {
  /** The back office's port; terminals follow, one port each. */
  readonly port: number;
  readonly host: string;
  readonly terminalPorts: number;
  readonly dataDir: string;
  /** The owner's address of a PostgreSQL to use in place of the embedded one. */
  readonly databaseUrl: string | null;
  readonly openDemo: boolean;
  readonly logLevel: string;
  /** Where the web apps are, as they were built. */
  readonly siteDir: string;
};

export const HELP = `Holdfast server

  --port N         port of the back office; terminals get the ports after it (4600)
  --host ADDRESS   address to listen on (127.0.0.1)
  --terminals N    how many terminal addresses to serve (3)
  --data DIR       where the embedded database and secrets live (.holdfast)
  --no-demo        do not open the demo merchant

Environment: DATABASE_URL (a PostgreSQL 15 or newer, as its owner), HOLDFAST_LOG (info, debug, warn …),
HOLDFAST_SITE (the folder with terminal/dist and backoffice/dist)`;

const PORT_MAX = 65_535;
const TERMINAL_PORTS_MAX = 200;

/** Reads arguments and environment once; everything after takes values. Throws a message that says what to type. */
export function readConfig(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Config | "help" {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      port: { type: "string", default: env.HOLDFAST_PORT ?? "4600" },
      host: { type: "string", default: env.HOLDFAST_HOST ?? "127.0.0.1" },
      terminals: { type: "string", default: "3" },
      data: { type: "string", default: env.HOLDFAST_DATA ?? ".holdfast" },
      "no-demo": { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return "help";
  const terminalPorts = wholeNumber(values.terminals, { name: "--terminals", min: 1, max: TERMINAL_PORTS_MAX });
  return {
    port: wholeNumber(values.port, { name: "--port", min: 1, max: PORT_MAX - terminalPorts }),
    host: values.host,
    terminalPorts,
    dataDir: resolve(values.data),
    databaseUrl: env.DATABASE_URL ?? null,
    openDemo: !values["no-demo"],
    logLevel: env.HOLDFAST_LOG ?? "warn",
    siteDir: resolve(env.HOLDFAST_SITE ?? join(import.meta.dirname, "../..")),
  };
}

function wholeNumber(text: string, { name, min, max }: { name: string; min: number; max: number }): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < min || value > max) {
    throw new Error(`${name} takes a whole number from ${min} to ${max}, not "${text}".`);
  }
  return value;
}
