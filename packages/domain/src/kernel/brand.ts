/**
 * A type that only its own constructor makes, so that one id is never passed where another is meant. Brands add up: an id of
 * a sale is also a UUID.
 */
export type Brand<T, Name extends string> = T & { readonly __brand: { readonly [name in Name]: true } };
