import { PYTHON_KEYWORDS } from './keywords.ts';

/** A string, a comment, a name, a number, white space inside a line, or any other character. */
const TOKEN = /[rb]?'(?:[^'\\\n]|\\.)*'|[rb]?"(?:[^"\\\n]|\\.)*"|#[^\n]*|[A-Za-z_]\w*|\d\w*|[ \t]+|[\s\S]/g;
const NAME = /^[A-Za-z_]\w*$/;
const WORD = /[\w'"]/;

/** Names that the source itself gives: functions, classes, parameters, variables, what `as` and `for` bind. */
const BOUND = [
  /\b(?:def|class)\s+(\w+)/g,
  /\bas\s+(\w+)/g,
  /\bfor\s+([\w, ]+?)\s+in\b/g,
  /\bglobal\s+([\w, ]+)$/gm,
  /^\s*([\w, ]+?)\s*=[^=]/gm,
  /\)? = (\w+) = /g,
  /\bself\.(\w+)\s*(?:=[^=]|[-+]=)/g,
  /\bdef\s+\w+\(([^)]*)\)/g,
] as const;

interface SmallPrograms<T> {
  readonly sources: T;
  /** How a name of the sources is called on the board. */
  readonly nameOf: (name: string) => string;
}

/**
 * Programs for the board as they are sent: without comments and blank lines, indented by one space, and with short names
 * for what they define themselves. A name is the same in all of them, so that one program may use what another defines.
 * Names that are also attributes of somebody else's objects, or are imported, stay as they are.
 *
 * @param sources readable Python, indented by four spaces, strings on one line, no keyword arguments of its own functions.
 * @param keep names that others know them by: methods that MicroPython calls, names that the user's programs see.
 * @example smallPrograms({ count: 'def count(items):\n    return len(items)\n' }, ['count']).sources.count
 *   // 'def count(a):\n return len(a)'
 */
export function smallPrograms<T extends Record<string, string>>(sources: T, keep: readonly string[]): SmallPrograms<T> {
  const short = shortNames(Object.values(sources).join('\n'), new Set([...keep, ...PYTHON_KEYWORDS]));
  const made = Object.entries(sources).map(([name, source]) => [name, small(source, short)]);
  return { sources: Object.fromEntries(made) as T, nameOf: (name) => short.get(name) ?? name };
}

function shortNames(source: string, keep: ReadonlySet<string>): ReadonlyMap<string, string> {
  const code = source.replace(TOKEN, (token) => (/^[rb]?['"]/.test(token) ? "''" : token.startsWith('#') ? '' : token));
  const named = (pattern: RegExp) => [...code.matchAll(pattern)].flatMap(([, names = '']) => names.split(','));
  const attributes = new Set(named(/\bself\.(\w+)/g));
  const foreign = [
    ...named(/\.(\w+)/g).filter((name) => !attributes.has(name)),
    ...named(/\bimport\s+([\w, ]+)$/gm).map((name) => name.trim()),
  ];
  const bound = new Set(
    BOUND.flatMap(named)
      .map((name) => name.replace(/=.*/s, '').trim())
      .filter((name) => NAME.test(name) && !keep.has(name) && !name.startsWith('__')),
  );
  for (const name of foreign) bound.delete(name);
  const used = code.match(/[A-Za-z_]\w*/g) ?? [];
  const uses = new Map([...bound].map((name) => [name, 0]));
  for (const name of used) if (bound.has(name)) uses.set(name, (uses.get(name) ?? 0) + 1);
  const names = [...uses].sort(([a, inA], [b, inB]) => inB - inA || (a < b ? -1 : 1)).map(([name]) => name);
  const taken = new Set([...keep, ...used.filter((name) => !bound.has(name))]);
  const free = freeNames(taken);
  return new Map(names.map((name) => [name, free.next().value as string]));
}

/** a, b, … z, A, … Z, aa, ab, … without those that are taken. */
function* freeNames(taken: ReadonlySet<string>): Generator<string, never> {
  const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
  for (let number = 0; ; number++) {
    const last = letters[number % letters.length] ?? '';
    const name = number < letters.length ? last : `${letters[Math.floor(number / letters.length) - 1]}${last}`;
    if (!taken.has(name)) yield name;
  }
}

function small(source: string, short: ReadonlyMap<string, string>): string {
  return source
    .split('\n')
    .filter((line) => !/^\s*(?:#|$)/.test(line))
    .map((line) => {
      const indent = /^ */.exec(line)?.[0].length ?? 0;
      return ' '.repeat(indent / 4) + smallLine(line.trim(), short);
    })
    .join('\n');
}

function smallLine(line: string, short: ReadonlyMap<string, string>): string {
  let out = '';
  let gap = false;
  for (const token of line.match(TOKEN) ?? []) {
    if (token.startsWith('#')) break;
    if (/^[ \t]/.test(token)) {
      gap = true;
      continue;
    }
    if (gap && WORD.test(out.at(-1) ?? '') && WORD.test(token[0] ?? '')) out += ' ';
    gap = false;
    out += short.get(token) ?? token;
  }
  return out;
}
