import { type ChildProcess, spawn } from "node:child_process";

const STOP_LIMIT_MS = 20_000;

let running: ChildProcess | undefined;

/** Runs a tool's script on this Node, without input and without colours, and keeps what it says. */
export function runTool(
  root: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<{ code: number; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      env: { ...process.env, NO_COLOR: "1", ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    running = child;
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (chunk) => {
        output += chunk;
      });
    }
    child.on("error", reject);
    child.on("close", (code) => {
      running = undefined;
      resolve({ code: code ?? 1, output });
    });
  });
}

/** Asks the running tool to stop, and waits no longer than it may take. */
export async function stopRunningTool(): Promise<void> {
  const tool = running;
  if (tool === undefined) return;
  const ended = new Promise((resolve) => tool.once("close", resolve));
  tool.kill("SIGINT"); // at which Playwright closes its browsers
  const limit = setTimeout(() => tool.kill("SIGKILL"), STOP_LIMIT_MS);
  await ended;
  clearTimeout(limit);
}
