/** Sent as `Holdfast-Protocol`; raised when a message changes in a way that an older side cannot read. */
export const PROTOCOL_VERSION = 1;
export const PROTOCOL_HEADER = "Holdfast-Protocol";
/** Sent as `Holdfast-Build`: which build of the terminal app is asking. */
export const BUILD_HEADER = "Holdfast-Build";
