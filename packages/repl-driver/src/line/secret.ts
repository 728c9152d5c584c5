const SHORT_ESCAPES: Readonly<Record<string, string>> = { '\n': 'n', '\r': 'r', '\t': 't' };
/** The first half of a character: some of its UTF-8 bytes, or some of its escapes. */
const HALF = /^(?:(?:\\+[xuU][\da-fA-F]{0,8}){0,4}\\*|[\xc2-\xf4][\x80-\xbf]{0,2})$/;
/** With eleven backslashes to each of four escapes. */
const LONGEST_HALF = 64;

/**
 * A text that must not be shown, in all the ways in which Python writes it. It is looked for character by character: as one
 * pattern, a long one (a key, a token) is more than the engine can compile.
 */
export class Secret {
  readonly #first: RegExp;
  readonly #others: readonly RegExp[];

  /** `secret` is not empty. */
  constructor(secret: string) {
    // A run of backslashes counts as one, which takes those of the escape behind it, too.
    const characters = [...secret.replace(/\\+/g, '\\')];
    const [first = '', ...others] = characters.map((character, index) =>
      characters[index - 1] === '\\' ? waysToWrite(character).replaceAll('\\\\+', '\\\\*') : waysToWrite(character),
    );
    this.#first = new RegExp(first, 'g');
    this.#others = others.map((ways) => new RegExp(ways, 'y'));
  }

  /** Where it is in a text of one character a byte, in order; they may overlap. */
  spans(text: string): { readonly start: number; readonly end: number }[] {
    return [...text.matchAll(this.#first)].flatMap(({ index, 0: first }) => {
      const { end, whole } = this.#follow(text, index + first.length);
      return whole ? [{ start: index, end }] : [];
    });
  }

  /** Where it may have begun, when the text breaks off before it ends or just there; the text's length otherwise. */
  begun(text: string): number {
    for (const { index, 0: first } of text.matchAll(this.#first)) {
      const { end } = this.#follow(text, index + first.length);
      // An escape behind a backslash has lost its own to it.
      if (isHalf(text, end) || (text[end - 1] === '\\' && isHalf(text, end - 1))) return index;
    }
    let at = Math.max(0, text.length - LONGEST_HALF);
    while (!isHalf(text, at)) at++;
    return at;
  }

  /** How far it goes on from behind its first character. */
  #follow(text: string, from: number): { end: number; whole: boolean } {
    let end = from;
    for (const ways of this.#others) {
      ways.lastIndex = end;
      if (!ways.test(text)) return { end, whole: false };
      end = ways.lastIndex;
    }
    return { end, whole: true };
  }
}

/** Whether nothing, or half a character, stands from there to the end. */
function isHalf(text: string, from: number): boolean {
  return text.length - from <= LONGEST_HALF && HALF.test(text.slice(from));
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
