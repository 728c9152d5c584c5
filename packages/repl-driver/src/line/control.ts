/** Control bytes of the REPL. Source: `shared/runtime/pyexec.c`. */
export const RAW_REPL = '\x01';
export const FRIENDLY_REPL = '\x02';
export const INTERRUPT = '\x03';
export const EXECUTE = '\x04';
export const RAW_PASTE = '\x05A\x01';

export const RAW_BANNER = 'raw REPL; CTRL-B to exit\r\n>';

/** The ESP32's UART receive ring holds 260 bytes and drops what does not fit: no more than this may be unread. */
export const RING_BYTES = 256;
