import { spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

const NAMES = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];
const INSTALL = "apt-get install -y --no-install-recommends chromium";

/** The system's Chromium: the one that CHROMIUM names, or one on the PATH. */
export function findChromium(env: NodeJS.ProcessEnv = process.env): string | undefined {
  if (env.CHROMIUM) return env.CHROMIUM;
  const folders = (env.PATH ?? "").split(delimiter);
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find(isProgram);
}

/** Finds Chromium, or installs it where that is ours to do; otherwise says what to type. */
export function needChromium(): { readonly path: string } | { readonly missing: string } {
  const found = findChromium();
  if (found !== undefined) return { path: found };
  const isRoot = process.getuid?.() === 0;
  const hasApt = spawnSync("apt-get", ["--version"]).status === 0;
  if (!hasApt) return { missing: "There is no Chromium: install it, or name it in the variable CHROMIUM." };
  if (!isRoot) return { missing: `There is no Chromium. Type:  sudo ${INSTALL}` };
  const said = ["apt-get update", INSTALL].map((command) => {
    const [program = "", ...args] = command.split(" ");
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    return spawnSync(program, args, { env, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  });
  const installed = findChromium();
  if (installed !== undefined) return { path: installed };
  const output = said.map(({ stdout, stderr }) => `${stdout}${stderr}`).join("\n");
  return { missing: `${output}\nChromium could not be installed. Type:  ${INSTALL}` };
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
