import { readFile, statfs } from "node:fs/promises";
import { dirname } from "node:path";

const LOG_LINES_SHOWN = 15;
const FREE_BYTES_MIN = 2 ** 20;

/** The database could not be started; the message says what a person can do about it. */
export class DatabaseStartFailure extends Error {
  readonly retryable = false;
  override readonly name = "DatabaseStartFailure";
}

const CAUSES: readonly (readonly [RegExp, string])[] = [
  [/No space left on device/i, "The disk is full: free some space and start again."],
  [/Address already in use/i, "Another program uses the database's port: start again, or choose another port."],
  [/lock file ".*" already exists/i, "Another PostgreSQL uses this data folder: stop it first."],
  [/database files are incompatible with server/i, "The data folder was made by another version of PostgreSQL."],
  [
    /error while loading shared libraries/i,
    "Libraries of the embedded PostgreSQL are missing: npm was told to run no install scripts. Delete node_modules and start again without `ignore-scripts`.",
  ],
  [/Cannot allocate memory|could not map anonymous shared memory/i, "There is not enough free memory."],
  [
    /Permission denied|Operation not permitted|has wrong ownership/i,
    "A folder or file of the database is closed to the user that runs it.",
  ],
];

/** Says what failed, the likely cause, and the end of what the program wrote. */
export function startFailure(what: string, output: string): DatabaseStartFailure {
  const cause = CAUSES.find(([pattern]) => pattern.test(output))?.[1];
  const tail = output.trimEnd().split("\n").slice(-LOG_LINES_SHOWN).join("\n");
  return new DatabaseStartFailure([what, cause, tail && `It said:\n${tail}`].filter(Boolean).join("\n"));
}

/** On a full disk there is no log to read, so the disk is asked as well. */
export async function startFailureFromLog(what: string, logFile: string): Promise<DatabaseStartFailure> {
  const [output, { bavail, bsize }] = await Promise.all([
    readFile(logFile, "utf8").catch(() => ""),
    statfs(dirname(logFile)),
  ]);
  const isFull = bavail * bsize < FREE_BYTES_MIN;
  return startFailure(what, isFull ? `${output}\nNo space left on device` : output);
}
