import { type ErrorCode, errorSchema } from "@holdfast/protocol/error";

/** The server said no, or said that it is in trouble. */
export class Refused extends Error {
  override readonly name = "Refused";
  readonly code: ErrorCode;
  readonly field: string | null;

  constructor(code: ErrorCode, message: string, field: string | null) {
    super(message);
    this.code = code;
    this.field = field;
  }
}

/** Nothing of ours answered: the line, the server, or something in between. */
export class Unreachable extends Error {
  override readonly name = "Unreachable";
}

/** What a reply that is no success means. */
export async function failureOf(response: Response): Promise<Refused | Unreachable> {
  const parsed = errorSchema.safeParse(await response.json().catch(() => null));
  if (!parsed.success) return new Unreachable(`an answer of no use: ${response.status}`);
  const { code, message, field } = parsed.data.error;
  return code === "unavailable" ? new Unreachable(message) : new Refused(code, message, field ?? null);
}
