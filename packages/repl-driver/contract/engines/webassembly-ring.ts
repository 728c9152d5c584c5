/** Two counters, bytes written and bytes read, then the ring itself. */
export const HEADER_BYTES = 8;
export const RING_BYTES = 65_536;
