const SHORT: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
  '\n': '',
};

const ESCAPE = /\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|([0-7]{1,3})|([^xuU0-7]))/gs;

/** A str or bytes literal that begins at `at`; undefined when none (or none that is whole) stands there. */
export function readQuoted(text: string, at: number): { value: string | Uint8Array; end: number } | undefined {
  const isBytes = text[at] === 'b';
  const open = isBytes ? at + 1 : at;
  const quote = text[open];
  if (quote !== "'" && quote !== '"') return undefined;
  let close = open + 1;
  while (close < text.length && text[close] !== quote) close += text[close] === '\\' ? 2 : 1;
  if (close >= text.length) return undefined;
  const body = decodeEscapes(text.slice(open + 1, close), isBytes);
  if (body === undefined) return undefined;
  return { value: isBytes ? new Uint8Array(Buffer.from(body, 'latin1')) : body, end: close + 1 };
}

function decodeEscapes(body: string, isBytes: boolean): string | undefined {
  let bad = isBytes && /[^\0-\x7f]/.test(body);
  const result = body.replace(ESCAPE, (whole, x, u, U, octal, short: string | undefined) => {
    const code = x ?? u ?? U;
    if (isBytes && (u !== undefined || U !== undefined)) return whole;
    if (code !== undefined) {
      const point = Number.parseInt(code, 16);
      if (point > 0x10ffff) bad = true;
      return point > 0x10ffff ? '' : String.fromCodePoint(point);
    }
    if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8) & 0xff);
    return SHORT[short as string] ?? whole;
  });
  return bad ? undefined : result;
}
