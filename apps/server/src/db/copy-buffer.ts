/** The database would refuse the value; the code is the one it would give. */
class UnstorableValue extends Error {
  override readonly name = "UnstorableValue";
  readonly code: "22003" | "22008" | "22P03";

  constructor(code: UnstorableValue["code"], value: unknown) {
    super(`the value cannot be stored: ${String(value)}`);
    this.code = code;
  }
}

const SIGNATURE = Buffer.from("PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0", "latin1");
const OIDS = { text: 25, uuid: 2950, int8: 20 } as const;
/** Columns take fewer bytes than this on average; the buffer grows where they take more. */
const BYTES_A_FIELD = 64;
const SHORT_CHARS = 24;
const JSONB_VERSION = 1;
/** Days and microseconds count from the first of January 2000. */
const EPOCH_DAYS = 10_957;
const EPOCH_MS = EPOCH_DAYS * 86_400_000;
const WORD = 2 ** 32;
const NO_DIGIT = -1;
const DIGITS = Int8Array.from({ length: 128 }, (_, code) => {
  const digit = Number.parseInt(String.fromCharCode(code), 16);
  return Number.isNaN(digit) ? NO_DIGIT : digit;
});
/** Where each byte of a UUID begins in its text. */
const UUID_PLACES = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34] as const;
const UUID_CHARS = 36;

/** Rows in PostgreSQL's binary form: each field as its length and its bytes. */
export class CopyBuffer {
  #bytes: Buffer;
  #view: DataView;
  #at: number;
  /** Rows of a batch share their days and times. */
  readonly #times = new Map<string, number>();

  constructor(fields: number) {
    this.#bytes = Buffer.allocUnsafeSlow(SIGNATURE.length + fields * BYTES_A_FIELD);
    this.#view = viewOf(this.#bytes);
    this.#at = SIGNATURE.copy(this.#bytes);
  }

  row(columns: number): void {
    this.#need(2);
    this.#put2(columns);
  }

  finish(): Buffer {
    this.#need(2);
    this.#put2(-1);
    return this.#bytes.subarray(0, this.#at);
  }

  none(): void {
    this.#length(-1, 0);
  }

  bool(value: boolean): void {
    this.#length(1, 1);
    this.#put1(value ? 1 : 0);
  }

  int2(value: number): void {
    if (!isWithin(value, 2 ** 15)) throw new UnstorableValue("22003", value);
    this.#length(2, 2);
    this.#put2(value);
  }

  int4(value: number): void {
    if (!isWithin(value, 2 ** 31)) throw new UnstorableValue("22003", value);
    this.#length(4, 4);
    this.#put4(value);
  }

  int8(value: number): void {
    if (!Number.isSafeInteger(value)) throw new UnstorableValue("22003", value);
    this.#length(8, 8);
    this.#put4(Math.floor(value / WORD));
    this.#put4(value | 0);
  }

  date(value: string): void {
    this.int4(this.#timeOf(value) / 86_400_000 - EPOCH_DAYS);
  }

  timestamp(value: string): void {
    this.int8((this.#timeOf(value) - EPOCH_MS) * 1_000);
  }

  uuid(value: string): void {
    if (value.length !== UUID_CHARS) throw new UnstorableValue("22P03", value);
    this.#length(UUID_PLACES.length, UUID_PLACES.length);
    const [bytes, at] = [this.#bytes, this.#at];
    let wrong = 0;
    for (let index = 0; index < UUID_PLACES.length; index += 1) {
      const byte = byteAt(value, UUID_PLACES[index] as number);
      wrong |= byte;
      bytes[at + index] = byte;
    }
    this.#at = at + UUID_PLACES.length;
    if (wrong < 0) throw new UnstorableValue("22P03", value);
  }

  hex(value: string): void {
    const length = value.length / 2;
    if (!Number.isInteger(length)) throw new UnstorableValue("22P03", value);
    this.#length(length, length);
    const [bytes, at] = [this.#bytes, this.#at];
    let wrong = 0;
    for (let index = 0; index < length; index += 1) {
      const byte = byteAt(value, index * 2);
      wrong |= byte;
      bytes[at + index] = byte;
    }
    this.#at = at + length;
    if (wrong < 0) throw new UnstorableValue("22P03", value);
  }

  text(value: string): void {
    if (value.length > SHORT_CHARS || !this.#shortAscii(value)) this.#utf8(value);
  }

  json(value: unknown): void {
    const text = JSON.stringify(value);
    const lengthAt = this.#at;
    this.#length(0, 1 + text.length * 3);
    this.#put1(JSONB_VERSION);
    this.#at += this.#bytes.write(text, this.#at, "utf8");
    this.#view.setInt32(lengthAt, this.#at - lengthAt - 4);
  }

  array<Value>(of: keyof typeof OIDS, values: readonly Value[], write: (value: Value) => void): void {
    const lengthAt = this.#at;
    const header = values.length === 0 ? [0, 0, OIDS[of]] : [1, 0, OIDS[of], values.length, 1];
    this.#length(0, header.length * 4);
    for (const word of header) this.#put4(word);
    for (const value of values) write(value);
    this.#view.setInt32(lengthAt, this.#at - lengthAt - 4);
  }

  /** Codes and words: one byte a character, without the cost of asking the runtime. */
  #shortAscii(value: string): boolean {
    const lengthAt = this.#at;
    this.#length(value.length, value.length);
    const [bytes, at] = [this.#bytes, this.#at];
    let all = 0;
    for (let index = 0; index < value.length; index += 1) {
      const code = value.charCodeAt(index);
      all |= code;
      bytes[at + index] = code;
    }
    this.#at = all > 127 ? lengthAt : at + value.length;
    return all <= 127;
  }

  #utf8(value: string): void {
    const lengthAt = this.#at;
    this.#length(0, value.length * 3);
    this.#at += this.#bytes.write(value, this.#at, "utf8");
    this.#view.setInt32(lengthAt, this.#at - lengthAt - 4);
  }

  #timeOf(text: string): number {
    const known = this.#times.get(text);
    if (known !== undefined) return known;
    const time = Date.parse(text);
    if (Number.isNaN(time)) throw new UnstorableValue("22008", text);
    this.#times.set(text, time);
    return time;
  }

  /** @param room that the field will take at most */
  #length(length: number, room: number): void {
    this.#need(4 + room);
    this.#put4(length);
  }

  #put1(value: number): void {
    this.#view.setUint8(this.#at, value);
    this.#at += 1;
  }

  #put2(value: number): void {
    this.#view.setInt16(this.#at, value);
    this.#at += 2;
  }

  #put4(value: number): void {
    this.#view.setInt32(this.#at, value);
    this.#at += 4;
  }

  #need(room: number): void {
    if (this.#at + room <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafeSlow((this.#at + room) * 2);
    this.#bytes.copy(larger, 0, 0, this.#at);
    this.#bytes = larger;
    this.#view = viewOf(larger);
  }
}

function viewOf({ buffer, byteOffset, byteLength }: Buffer): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}

function isWithin(value: number, limit: number): boolean {
  return Number.isInteger(value) && value >= -limit && value < limit;
}

/** Two digits in hex; negative where they are none. */
function byteAt(text: string, place: number): number {
  return (digitAt(text, place) << 4) | digitAt(text, place + 1);
}

function digitAt(text: string, place: number): number {
  return DIGITS[text.charCodeAt(place)] ?? NO_DIGIT;
}
