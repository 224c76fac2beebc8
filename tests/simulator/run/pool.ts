import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { Job } from "./job.ts";
import type { RunResult } from "./run.ts";

/** A run makes short-lived things by the million: with room for them, a fifth less time goes into clearing them away. */
const resourceLimits = { maxYoungGenerationSizeMb: 128 };

export type Pool = {
  /** Runs the jobs, as many at a time as there are threads; results come in the order of the jobs. */
  readonly runAll: (jobs: readonly Job[], onResult?: (result: RunResult) => void) => Promise<RunResult[]>;
  readonly close: () => Promise<void>;
};

/** Threads that run one simulation after another. */
export function openPool(size = Math.min(availableParallelism(), 8)): Pool {
  const workers = Array.from(
    { length: size },
    () => new Worker(new URL("./worker.ts", import.meta.url), { resourceLimits }),
  );
  const idle = [...workers];
  const waiting: ((worker: Worker) => void)[] = [];
  const release = (worker: Worker): void => {
    const next = waiting.shift();
    if (next === undefined) idle.push(worker);
    else next(worker);
  };
  const acquire = (): Promise<Worker> =>
    new Promise((resolve) => {
      const worker = idle.pop();
      if (worker === undefined) waiting.push(resolve);
      else resolve(worker);
    });
  const runOne = async (job: Job): Promise<RunResult> => {
    const worker = await acquire();
    try {
      return await ask(worker, job);
    } finally {
      release(worker);
    }
  };
  return {
    runAll: (jobs, onResult) =>
      Promise.all(
        jobs.map(async (job) => {
          const result = await runOne(job);
          onResult?.(result);
          return result;
        }),
      ),
    close: async () => {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}

function ask(worker: Worker, job: Job): Promise<RunResult> {
  return new Promise((resolve, reject) => {
    const settle = (run: () => void): void => {
      worker.off("message", onMessage);
      worker.off("error", onError);
      run();
    };
    const onMessage = (result: RunResult): void => settle(() => resolve(result));
    const onError = (error: unknown): void => settle(() => reject(error));
    worker.on("message", onMessage);
    worker.on("error", onError);
    worker.postMessage(job);
  });
}
