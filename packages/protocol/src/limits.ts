/**
 * Every limit of the wire and of what crosses it, by name. What happens at a limit and one past it is tested where the
 * limit is enforced.
 */

/** Bytes of one entry's `raw`; the largest sale (`saleLinesMax` lines) fits with room. */
export const entryBytesMax = 2_000_000;
/** Entries in one upload. */
export const batchEntriesMax = 500;
/** Bytes of one upload after decompression. One entry larger than this travels alone. */
export const batchBytesMax = 1_000_000;
/** Bytes of any request body as it arrives, compressed or not. */
export const requestBytesMax = 2_000_000;
/** Bytes a compressed body may grow to: an entry of the largest size, with its signature and line end. */
export const inflatedBytesMax = 2_200_000;
/** Hashes in one `log/have` question. */
export const haveHashesMax = 5_000;
/** Documents in one feed page. */
export const feedPageMax = 5_000;
export const feedPageDefault = 1_000;
/** Documents behind which a replica is told to start from a snapshot. */
export const feedBehindMax = 50_000;
/** A live event larger than this carries no documents, only the hint to pull. */
export const liveInlineBytesMax = 16_384;
/** Documents in one snapshot chunk. */
export const chunkDocumentsMax = 5_000;
/** Lines of one sale. */
export const saleLinesMax = 1_500;
export const tendersMax = 50;
/** Lines of one stock count or delivery. */
export const stockLinesMax = 2_000;
/** Kinds of notes and coins in one cash count. */
export const denominationsMax = 100;
/** Characters of a name, and of a free text. */
export const nameCharsMax = 200;
export const textCharsMax = 2_000;
/** Characters of a code someone types or scans. */
export const codeCharsMax = 100;
/** Minutes that a typed enrolment code stays good. */
export const enrolmentMinutesMax = 60;
/** A device that lost its keys more often than this between two enrolments needs another disk. */
export const formerKeysMax = 50;
/** Days a terminal keeps a stream after its signed receipt, so that it can heal a server restored from a backup. */
export const retentionDays = 35;
/** Seconds a feed request may wait for news. */
export const feedWaitSecondsMax = 25;
