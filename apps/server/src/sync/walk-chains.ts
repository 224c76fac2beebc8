import type { Uuid } from "@holdfast/domain/kernel/id";
import type { TerminalId } from "@holdfast/domain/party/merchant";
import type { Tip } from "@holdfast/protocol/entry";
import type { Stop } from "@holdfast/protocol/log";
import type { BatchLine, ReadLine } from "./batch-line.ts";
import type { EntryPlace, StreamRow } from "./ingest-store.ts";
import type { Verdict } from "./prove.ts";

export type JudgedLine = {
  readonly line: BatchLine;
  readonly verdict: Verdict;
  /** Who brought it; null for a file that a person handed in. */
  readonly courier: TerminalId | null;
};

/** What the server holds of the streams in a batch. */
export type Held = {
  readonly places: ReadonlyMap<string, EntryPlace>;
  readonly streams: ReadonlyMap<Uuid, StreamRow>;
};

export type FreshLine = { readonly line: ReadLine; readonly courier: TerminalId | null };

export type Walk = {
  /** Entries to store, parents before children. */
  readonly fresh: readonly FreshLine[];
  readonly stops: readonly Stop[];
  /** Index of every line that is now stored, or was already held. */
  readonly accepted: ReadonlySet<number>;
  /** Streams of which a second branch came in. */
  readonly forked: ReadonlySet<Uuid>;
};

/**
 * The parent rule: an entry is accepted if and only if its parent is held (INV-02). A broken link stops its own stream, never
 * the others (INV-06); a second branch is data and is kept.
 */
export function walkChains(lines: readonly JudgedLine[], held: Held): Walk {
  const walker = new Walker(held);
  for (const [index, judged] of lines.entries()) walker.take(index, judged);
  return walker.result();
}

class Walker {
  readonly #held: Held;
  readonly #fresh: FreshLine[] = [];
  readonly #places = new Map<string, EntryPlace>();
  readonly #tips = new Map<Uuid, Tip>();
  readonly #stops: Stop[] = [];
  readonly #forked = new Set<Uuid>();
  readonly #stoppedStreams = new Set<Uuid>();
  readonly #accepted = new Set<number>();

  constructor(held: Held) {
    this.#held = held;
  }

  take(index: number, { line, verdict, courier }: JudgedLine): void {
    if (line.kind === "unreadable") {
      this.#stop(index, line.stream, { code: "bad_entry", message: line.message });
      return;
    }
    const { stream } = line.entry;
    if (this.#placeOf(line.hash) !== undefined) {
      this.#accepted.add(index);
      return;
    }
    if (this.#stoppedStreams.has(stream) && !this.#isChild(line)) return;
    const fault = this.#faultOf(line, verdict);
    if (fault !== null) {
      this.#stop(index, stream, fault);
      return;
    }
    this.#store({ line, courier });
    this.#accepted.add(index);
  }

  result(): Walk {
    return { fresh: this.#fresh, stops: this.#stops, accepted: this.#accepted, forked: this.#forked };
  }

  #faultOf(line: ReadLine, verdict: Verdict): Pick<Stop, "code" | "message"> | null {
    const { seq, prev, type, stream } = line.entry;
    // Who signs a stream stands in its first entry: a server that lost the stream asks for that before it speaks of keys.
    if (verdict === "unknown-key" && !this.#isOrphan(line)) {
      return {
        code: "unknown_key",
        message: "this server does not know the key of this stream: enrol the terminal again",
      };
    }
    if ((seq === 0) !== (prev === "") || (seq === 0) !== (type === "stream-opened")) {
      return { code: "bad_entry", message: "only the first entry of a stream opens it" };
    }
    if (verdict === "forged") return { code: "bad_entry", message: "the signature does not fit the entry" };
    if (seq === 0) {
      const known = this.#held.streams.has(stream) || this.#tips.has(stream);
      return known ? { code: "bad_entry", message: "the stream has another first entry" } : null;
    }
    const parent = this.#placeOf(prev);
    if (parent === undefined) return { code: "unknown_parent", message: "the entry before this one is not here yet" };
    if (parent.stream !== stream || parent.seq !== seq - 1) {
      return { code: "bad_entry", message: "the entry does not follow the one it names" };
    }
    return null;
  }

  #store(fresh: FreshLine): void {
    const { hash, entry } = fresh.line;
    const { stream, seq } = entry;
    const tip = this.#tipOf(stream);
    if (tip !== undefined && seq <= tip.seq) this.#forked.add(stream);
    else this.#tips.set(stream, { seq, hash });
    this.#places.set(hash, { stream, seq });
    this.#fresh.push(fresh);
  }

  #stop(index: number, stream: Uuid | null, fault: Pick<Stop, "code" | "message">): void {
    if (stream !== null) this.#stoppedStreams.add(stream);
    this.#stops.push({ line: index, stream, ...fault, tip: stream === null ? null : (this.#tipOf(stream) ?? null) });
  }

  /** After a stop, a stream's later lines are only of interest where another branch of it goes on from something held. */
  #isChild(line: ReadLine): boolean {
    return line.entry.prev !== "" && this.#placeOf(line.entry.prev) !== undefined;
  }

  #isOrphan({ entry: { seq, prev } }: ReadLine): boolean {
    return seq > 0 && this.#placeOf(prev) === undefined;
  }

  #placeOf(hash: string): EntryPlace | undefined {
    return this.#places.get(hash) ?? this.#held.places.get(hash);
  }

  #tipOf(stream: Uuid): Tip | undefined {
    return this.#tips.get(stream) ?? this.#held.streams.get(stream)?.tip;
  }
}
