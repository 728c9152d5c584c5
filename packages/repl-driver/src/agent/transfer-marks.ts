/** Bytes that the receiver prints while it works; what they mean is in wire-format.md. */
/** One more window may be sent. */
export const GRANT = 0x06;
/** It does what takes its time (flash, hashes). */
export const BUSY = 0x0e;
/** It reads on. */
export const READY = 0x0f;
/** It holds equal files already and wants nothing. */
export const SKIP = 0x13;
