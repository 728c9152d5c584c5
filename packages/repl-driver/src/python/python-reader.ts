import { ReplDriverError } from '../errors.ts';
import { constructed, dictionary, numberOf, WORDS } from './python-values.ts';
import { readQuoted } from './quoted.ts';

/** Nesting that a hostile or damaged text may not exceed. */
export const MAX_DEPTH = 200;
const NUMBER = /[+-]?(?:inf\b|nan\b|0[xX][\da-fA-F]+|0[oO][0-7]+|0[bB][01]+|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)/y;
const NAME = /[A-Za-z_]\w*/y;

/** Reads Python literals from the left. */
export class PythonReader {
  readonly #text: string;
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  value(): unknown {
    if (++this.#depth > MAX_DEPTH) throw this.#bad('nesting deeper than 200');
    this.#space();
    const value = this.#bare();
    this.#space();
    this.#depth--;
    return value;
  }

  end(): void {
    this.#space();
    if (this.#at < this.#text.length) throw this.#bad('more after the value');
  }

  #bare(): unknown {
    if (this.#skip('...')) return WORDS.Ellipsis;
    if (this.#skip('(')) return this.#tuple();
    if (this.#skip('[')) return this.#items(']');
    if (this.#skip('{')) return this.#dictOrSet();
    const quoted = readQuoted(this.#text, this.#at);
    if (quoted) {
      this.#at = quoted.end;
      return quoted.value;
    }
    const number = this.#match(NUMBER);
    if (number !== undefined) {
      if (/[\w.]/.test(this.#text[this.#at] ?? '')) throw this.#bad('a number that JavaScript has no type for');
      return numberOf(number);
    }
    return this.#named();
  }

  /** A constant, or the repr of a container class such as `frozenset({1})`. */
  #named(): unknown {
    const start = this.#at;
    const name = this.#match(NAME);
    if (name !== undefined && this.#skip('(')) {
      const made = constructed(name, this.#arguments());
      if (made) return made.value;
    } else if (name !== undefined && Object.hasOwn(WORDS, name)) return WORDS[name];
    this.#at = start;
    throw this.#bad('no literal');
  }

  #tuple(): unknown {
    if (this.#skip(')')) return [];
    const first = this.value();
    if (this.#skip(')')) return first;
    this.#expect(',');
    return [first, ...this.#items(')')];
  }

  #items(close: string): unknown[] {
    const items: unknown[] = [];
    this.#space();
    while (!this.#skip(close)) {
      items.push(this.value());
      if (!this.#skip(',')) {
        this.#expect(close);
        break;
      }
      this.#space();
    }
    return items;
  }

  #dictOrSet(): unknown {
    this.#space();
    if (this.#skip('}')) return {};
    const first = this.value();
    if (!this.#skip(':')) {
      if (this.#skip('}')) return new Set([first]);
      this.#expect(',');
      return new Set([first, ...this.#items('}')]);
    }
    const entries: [unknown, unknown][] = [[first, this.value()]];
    while (!this.#skip('}')) {
      this.#expect(',');
      this.#space();
      if (this.#skip('}')) break;
      const key = this.value();
      this.#expect(':');
      entries.push([key, this.value()]);
    }
    return dictionary(entries);
  }

  /** What is between the parentheses: positional values, and `name=value` pairs. */
  #arguments(): { values: unknown[]; named: [string, unknown][] } {
    const values: unknown[] = [];
    const named: [string, unknown][] = [];
    this.#space();
    while (!this.#skip(')')) {
      const keyword = this.#match(/[A-Za-z_]\w*=/y);
      if (keyword === undefined) values.push(this.value());
      else named.push([keyword.slice(0, -1), this.value()]);
      if (!this.#skip(',')) {
        this.#expect(')');
        break;
      }
      this.#space();
    }
    return { values, named };
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const token = pattern.exec(this.#text)?.[0];
    if (token !== undefined) this.#at += token.length;
    return token;
  }

  #skip(token: string): boolean {
    if (!this.#text.startsWith(token, this.#at)) return false;
    this.#at += token.length;
    return true;
  }

  #expect(token: string): void {
    if (!this.#skip(token)) throw this.#bad(`no "${token}"`);
  }

  #space(): void {
    while (' \t\r\n'.includes(this.#text[this.#at] ?? 'x')) this.#at++;
  }

  #bad(found: string): ReplDriverError {
    const excerpt = this.#text.slice(0, 120);
    return new ReplDriverError(
      'BAD_VALUE',
      `The board's value is no Python literal (${found} at character ${this.#at} of ${JSON.stringify(excerpt)}); return ints, floats, strings, bytes, bools, None or containers of them.`,
    );
  }
}
