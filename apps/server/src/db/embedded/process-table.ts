import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";

/** Field 22 of `/proc/<pid>/stat`, counted after the program's name, which may contain spaces. */
const START_TIME_FIELD = 19;

/** A process id is used again after its process has ended; together with the start time it names one process. */
export function processName(pid: number): string | undefined {
  const started = existsSync("/proc/self/stat")
    ? read(`/proc/${pid}/stat`)
        ?.replace(/^.*\) /s, "")
        .split(" ")[START_TIME_FIELD]
    : ps(pid, "lstart=")?.replaceAll(/\W+/g, "-");
  return started && `${pid}@${started}`;
}

export function commandLine(pid: number): string | undefined {
  if (!existsSync("/proc/self/stat")) return ps(pid, "args=");
  return read(`/proc/${pid}/cmdline`)?.replaceAll("\0", " ") || undefined;
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined; // the process is gone
  }
}

function ps(pid: number, column: string): string | undefined {
  try {
    return execFileSync("ps", ["-o", column, "-p", String(pid)], { encoding: "utf8" }).trim() || undefined;
  } catch {
    return undefined; // the process is gone
  }
}
