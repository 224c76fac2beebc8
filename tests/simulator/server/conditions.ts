export type KillPoint = "between statements" | "before commit" | "after commit" | "before reply";

export type ServerConditions = {
  /** The database cannot be reached. */
  databaseDown: boolean;
  readOnly: boolean;
  /** How often the word of a commit is lost, although it happened. */
  commitUnknown: number;
  /** How long a statement takes at most; transactions of several processes then run into each other. */
  statementMs: number;
  /** How long an answer takes at most. */
  replyMs: number;
  /** The next request that reaches this point ends the process. */
  kill: KillPoint | null;
  /** How many processes serve. */
  processes: 1 | 2;
  /** The server's clock against the true one. */
  skewMs: number;
  /** Answers 429 or 503 to this part of the requests, with the header given. */
  shed: { readonly part: number; readonly status: 429 | 503; readonly retryAfter: string | null } | null;
  /** Does not know any terminal's token. */
  forgetsTokens: boolean;
};

export function goodServer(): ServerConditions {
  return {
    databaseDown: false,
    readOnly: false,
    commitUnknown: 0,
    statementMs: 0,
    replyMs: 5,
    kill: null,
    processes: 1,
    skewMs: 0,
    shed: null,
    forgetsTokens: false,
  };
}

/** An error of the database with its SQLSTATE, as the driver throws it. */
export class DatabaseFailure extends Error {
  override readonly name = "DatabaseFailure";
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}
