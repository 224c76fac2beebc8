const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/**
 * Bytes as base32 without padding: letters and digits only, so that a scanner set to any keyboard layout types them right, and
 * a QR code stores two of them in eleven bits.
 */
export function toBase32(bytes: Uint8Array): string {
  let text = "";
  let [bits, held] = [0, 0];
  for (const byte of bytes) {
    bits = (bits << 8) | byte;
    held += 8;
    while (held >= 5) {
      held -= 5;
      text += ALPHABET[(bits >> held) & 31];
    }
    bits &= (1 << held) - 1;
  }
  return held === 0 ? text : text + ALPHABET[(bits << (5 - held)) & 31];
}

/** Null where a character is none of ours. */
export function fromBase32(text: string): Uint8Array<ArrayBuffer> | null {
  const bytes = new Uint8Array(Math.floor((text.length * 5) / 8));
  let [bits, held, at] = [0, 0, 0];
  for (const char of text) {
    const value = ALPHABET.indexOf(char);
    if (value < 0) return null;
    bits = (bits << 5) | value;
    held += 5;
    if (held < 8) continue;
    held -= 8;
    bytes[at++] = bits >> held;
    bits &= (1 << held) - 1;
  }
  return bytes;
}

/** One number below 32 as one character. */
export function digit32(value: number): string {
  return ALPHABET[value] ?? "A";
}

export function valueOfDigit32(char: string): number {
  return ALPHABET.indexOf(char);
}
