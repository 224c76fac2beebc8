/** Ordered `name = value` pairs of a fiscal record, the hash of the one before it among them. */
export type HashedField = readonly [name: string, value: string];

/** SHA-256 of a text's UTF-8 bytes, in lower-case hexadecimal: the shell has one, the domain does no cryptography. */
export type Sha256 = (text: string) => string;

/**
 * The hash of a record over its own fields and the hash before it, `name=value` joined by `&`, in upper case: the form of
 * the Spanish tax agency (AEAT, Veri*Factu), whose published examples are the test of it.
 */
export function chainHash(fields: readonly HashedField[], sha256: Sha256): string {
  return sha256(fields.map(([name, value]) => `${name}=${value}`).join("&")).toUpperCase();
}
