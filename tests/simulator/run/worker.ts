import { parentPort } from "node:worker_threads";
import { type Job, perform } from "./job.ts";

// Failures that are part of a run are made by the thousand; nobody reads where they were made.
Error.stackTraceLimit = 4;

parentPort?.on("message", (job: Job) => {
  void perform(job).then((result) => parentPort?.postMessage(result));
});
