import { isUtf8 } from 'node:buffer';

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** A `str` of the board's as text. It may hold any bytes: those that are no UTF-8 become `\xNN`. */
export function boardText(bytes: Uint8Array): string {
  if (isUtf8(bytes)) return UTF8.decode(bytes);
  let text = '';
  for (let at = 0; at < bytes.length; ) {
    const first = bytes[at] ?? 0;
    const length = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    const character = bytes.subarray(at, at + length);
    const whole = isUtf8(character);
    text += whole ? UTF8.decode(character) : `\\x${first.toString(16).padStart(2, '0')}`;
    at += whole ? length : 1;
  }
  return text;
}
