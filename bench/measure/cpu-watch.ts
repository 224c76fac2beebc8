import { readdirSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";

/** Seconds of processor time over a stretch of time, by who used them. */
export type CpuUse = {
  readonly seconds: number;
  /** This process, which makes the load and measures. */
  readonly benchCpuS: number;
  /** Everything that it started: server, database, browser. */
  readonly measuredCpuS: number;
  /** Share of the whole machine that others used; null where the system does not tell. */
  readonly foreignShare: number | null;
};

const TICKS_PER_S = 100;

/** Watches the machine from now until the answer is asked for. */
export function watchCpu(): () => CpuUse {
  const startedAt = performance.now();
  const before = sample();
  return () => {
    const after = sample();
    const seconds = (performance.now() - startedAt) / 1_000;
    if (before === null || after === null)
      return { seconds, benchCpuS: Number.NaN, measuredCpuS: Number.NaN, foreignShare: null };
    const benchCpuS = after.bench - before.bench;
    const measuredCpuS = after.started - before.started;
    const foreign = after.machine - before.machine - benchCpuS - measuredCpuS;
    return {
      seconds,
      benchCpuS,
      measuredCpuS,
      foreignShare: Math.max(0, foreign) / (seconds * availableParallelism()),
    };
  };
}

type Sample = { readonly machine: number; readonly bench: number; readonly started: number };

function sample(): Sample | null {
  try {
    const { user, system } = process.cpuUsage();
    return { machine: machineCpuS(), bench: (user + system) / 1_000_000, started: startedCpuS() };
  } catch {
    return null;
  }
}

function machineCpuS(): number {
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0] = readFileSync("/proc/stat", "utf8")
    .slice("cpu ".length, 200)
    .trim()
    .split(/\s+/)
    .map(Number);
  return (user + nice + system + irq + softirq) / TICKS_PER_S;
}

/** Processes that this one started, and theirs, with those of them that have ended. */
function startedCpuS(): number {
  const processes = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => statOf(Number(pid)) ?? []);
  const childrenOf = Map.groupBy(processes, ({ parent }) => parent);
  const own = processes.find(({ pid }) => pid === process.pid);
  const count = (pid: number): number =>
    (childrenOf.get(pid) ?? []).reduce((sum, child) => sum + child.own + child.ended + count(child.pid), 0);
  return (own?.ended ?? 0) + count(process.pid);
}

type Stat = { readonly pid: number; readonly parent: number; readonly own: number; readonly ended: number };

/** Fields of `/proc/<pid>/stat`, counted after the program's name, which may contain spaces. */
const [PARENT, USER, SYSTEM, ENDED_USER, ENDED_SYSTEM] = [1, 11, 12, 13, 14] as const;

function statOf(pid: number): Stat | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ")
      .map(Number);
    const at = (field: number): number => fields[field] ?? 0;
    return {
      pid,
      parent: at(PARENT),
      own: (at(USER) + at(SYSTEM)) / TICKS_PER_S,
      ended: (at(ENDED_USER) + at(ENDED_SYSTEM)) / TICKS_PER_S,
    };
  } catch {
    return undefined; // the process is gone
  }
}
