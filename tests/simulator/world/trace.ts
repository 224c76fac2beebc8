import { createHash } from "node:crypto";

const LINES_KEPT = 200;
const PENDING_CHARS = 1 << 16;

/** Everything that happened, as one hash, and the last lines of it in words. Nothing that differs from run to run goes in. */
export class Trace {
  readonly #hash = createHash("sha256");
  readonly #last: string[] = [];
  #pending = "";
  #count = 0;

  note(line: string): void {
    this.#pending += `${line}\n`;
    if (this.#pending.length >= PENDING_CHARS) this.#flush();
    this.#last[this.#count % LINES_KEPT] = line;
    this.#count += 1;
  }

  /** The last lines, oldest first. */
  lastLines(): string[] {
    const start = this.#count % LINES_KEPT;
    return this.#count < LINES_KEPT ? [...this.#last] : [...this.#last.slice(start), ...this.#last.slice(0, start)];
  }

  digest(): string {
    this.#flush();
    return this.#hash.copy().digest("hex");
  }

  #flush(): void {
    this.#hash.update(this.#pending);
    this.#pending = "";
  }
}
