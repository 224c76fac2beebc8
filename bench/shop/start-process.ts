import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { within } from "../measure/within.ts";

export type Started = { readonly ports: Readonly<Record<string, number>>; readonly stop: () => Promise<void> };

const START_SECONDS_MAX = 60;
const STOP_SECONDS_MAX = 60;

/** A process of the bench's own, which tells its ports when it listens, and ends with this one. */
export async function startProcess(
  file: string,
  { args = [], flags = [] }: { readonly args?: readonly string[]; readonly flags?: readonly string[] } = {},
): Promise<Started> {
  const child = spawn(process.execPath, [...flags, join(import.meta.dirname, "..", file), ...args], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const ports = await within(START_SECONDS_MAX, `${file} tells where it listens`, portsOf(child, file)).catch(
    (error) => {
      child.kill("SIGKILL");
      throw error;
    },
  );
  return { ports, stop: () => stop(child, file) };
}

async function portsOf(child: ChildProcess, file: string): Promise<Started["ports"]> {
  const ended = once(child, "exit").then(([code, signal]) => {
    throw new Error(`${file} ended with ${signal ?? code} before it told where it listens`);
  });
  const [ports] = (await Promise.race([once(child, "message"), ended])) as [Started["ports"]];
  ended.catch(() => undefined);
  return ports;
}

/** It ends when nobody is connected to it any more. One that ended by itself had its reasons, which are to be told. */
async function stop(child: ChildProcess, file: string): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null)
    throw new Error(`${file} ended with ${child.signalCode ?? child.exitCode} while it was measured`);
  const ended = once(child, "exit");
  child.disconnect();
  await within(STOP_SECONDS_MAX, `${file} ends`, ended).catch((error) => {
    child.kill("SIGKILL");
    throw error;
  });
}
