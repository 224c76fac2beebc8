/** Sent as `Holdfast-Protocol`; raised when a message changes in a way that an older side cannot read. */
export const PROTOCOL_VERSION = 1;
/**
 * The oldest version whose terminals can read what this server says. Whoever is older has to update before it may read again;
 * what it has to bring is taken whatever its version.
 */
export const PROTOCOL_OLDEST_READER = 1;
export const PROTOCOL_HEADER = "Holdfast-Protocol";
/** Sent as `Holdfast-Build`: which build of the terminal app is asking. */
export const BUILD_HEADER = "Holdfast-Build";
