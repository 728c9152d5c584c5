/** A stretch of text that must not be shown, and what stands there instead. */
export interface Hidden {
  readonly start: number;
  readonly end: number;
  readonly label: string;
}

const KEY_END = '-----END [A-Z ]*PRIVATE KEY-----';
const PRIVATE_KEY = new RegExp(`-----BEGIN [A-Z ]*PRIVATE KEY-----[\\s\\S]*?(?:${KEY_END}|$)`, 'g');
/** A key whose beginning is no longer remembered. */
const REST_OF_KEY = new RegExp(`^(?:(?!-----BEGIN )[\\s\\S])*?${KEY_END}`, 'g');

const SHORT_ESCAPES: Readonly<Record<string, string>> = { '\n': 'n', '\r': 'r', '\t': 't' };

/** Finds PEM private keys and the user's secrets in text, also as Python writes them in source, in a repr and in a repr of that. */
export class Concealer {
  readonly #secrets: readonly RegExp[];
  readonly #unfinished: readonly RegExp[];

  constructor(secrets: readonly string[]) {
    const some = secrets.filter((secret) => secret !== '').map((secret) => [...secret].map(waysToWrite));
    this.#secrets = some.map((ways) => new RegExp(ways.join(''), 'g'));
    this.#unfinished = some.map(beginningOf);
  }

  /** In order, without overlap. `text` holds one character a byte. */
  hidden(text: string): Hidden[] {
    return ordered([
      ...found(text, [PRIVATE_KEY, REST_OF_KEY], '(private key)'),
      ...found(text, this.#secrets, '(secret)'),
    ]);
  }

  /** The secrets alone. */
  secrets(text: string): Hidden[] {
    return ordered(found(text, this.#secrets, '(secret)'));
  }

  /** So much of the text needs no look at what follows it: after that, a secret may have begun. */
  certain(text: string): number {
    return Math.min(text.length, ...this.#unfinished.map((pattern) => text.search(pattern)));
  }

  /** Any text, for people. */
  text(text: string): string {
    const bytes = Buffer.from(text, 'utf8').toString('latin1');
    let shown = '';
    let at = 0;
    for (const { start, end, label } of this.hidden(bytes)) {
      shown += bytes.slice(at, start) + label;
      at = end;
    }
    return at === 0 ? text : Buffer.from(shown + bytes.slice(at), 'latin1').toString('utf8');
  }
}

function found(text: string, patterns: readonly RegExp[], label: string): Hidden[] {
  return patterns.flatMap((pattern) =>
    [...text.matchAll(pattern)].map((match) => ({ start: match.index, end: match.index + match[0].length, label })),
  );
}

function ordered(all: readonly Hidden[]): Hidden[] {
  const merged: Hidden[] = [];
  for (const next of [...all].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = merged.at(-1);
    if (last && next.start < last.end) merged[merged.length - 1] = { ...last, end: Math.max(last.end, next.end) };
    else merged.push(next);
  }
  return merged;
}

/** Any beginning of a secret at the end of a text, with half a character's bytes or escape behind it. */
function beginningOf(ways: readonly string[]): RegExp {
  const beginning = ways.reduceRight((rest, way) => `(?:${way}${rest})?`, '');
  return new RegExp(`${beginning}(?:\\\\+(?:[xuU][\\da-fA-F]{0,7})?|[\\xc2-\\xf4][\\x80-\\xbf]{0,2})?$`);
}

/** One character as its UTF-8 bytes, or as an escape with any number of backslashes. */
function waysToWrite(character: string): string {
  const bytes = Buffer.from(character, 'utf8');
  const code = character.codePointAt(0) ?? 0;
  if (character === '\\') return '\\\\+';
  if (character === "'" || character === '"') return `\\\\*${character}`;
  if (code >= 0x20 && code < 0x7f) return character.replace(/[^\w ]/, '\\$&');
  const short = SHORT_ESCAPES[character];
  const ways = [
    bytes.toString('latin1').replace(/[\s\S]/g, (byte) => `\\x${hex(byte.charCodeAt(0), 2)}`),
    [...bytes].map((byte) => `\\\\+x${anyCase(hex(byte, 2))}`).join(''),
    `\\\\+u${anyCase(hex(code, 4))}`,
    `\\\\+U${anyCase(hex(code, 8))}`,
    ...(code <= 0xff ? [`\\\\+x${anyCase(hex(code, 2))}`] : []),
    ...(short ? [`\\\\+${short}`] : []),
  ];
  return `(?:${ways.join('|')})`;
}

function anyCase(digits: string): string {
  return digits.replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, '0');
}
