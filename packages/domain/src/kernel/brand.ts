/** A type that only its own constructor makes, so that one id is never passed where another is meant. */
export type Brand<T, Name extends string> = T & { readonly __brand: Name };
