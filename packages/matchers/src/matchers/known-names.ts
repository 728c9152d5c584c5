import { TLS_NAMES } from '@wirewrap/tls-lab';
import { CannotJudge } from './judgement.ts';
import { alertName, suiteSpellings, versionName } from './names.ts';

/** What a word may name, and how it is spelled in a transcript. */
interface Vocabulary {
  readonly what: string;
  readonly words: ReadonlySet<string>;
  spell(word: string): string;
}

const asItIs = (word: string): string => word;

const vocabularies = {
  version: { what: 'version of TLS', words: new Set(TLS_NAMES.versions), spell: versionName },
  cipher: { what: 'cipher suite', words: new Set(TLS_NAMES.cipherSuites.flatMap(suiteSpellings)), spell: asItIs },
  group: { what: 'group', words: new Set(TLS_NAMES.groups), spell: asItIs },
  signature: { what: 'signature scheme', words: new Set(TLS_NAMES.signatures), spell: asItIs },
  alert: { what: 'alert', words: new Set(TLS_NAMES.alerts), spell: alertName },
} satisfies Record<string, Vocabulary>;

/** How a transcript spells a number that is not assigned. */
const unassigned = /^(?:GREASE|0x[0-9A-F]{4}|alert_\d+)$/;

/** A slip of the pen is no name: `.not` would hold whatever the board did. Anything but a string is let pass. */
export function requireKnownName(kind: keyof typeof vocabularies, wanted: unknown): void {
  if (typeof wanted !== 'string') return;
  const { what, words, spell }: Vocabulary = vocabularies[kind];
  if (words.has(spell(wanted)) || unassigned.test(wanted)) return;
  const near = [...words].filter(
    (word) => simple(word).includes(simple(wanted)) || isNear(simple(word), simple(wanted)),
  );
  const hint = near.length === 0 ? '' : `; did you mean ${near.slice(0, 3).join(' or ')}?`;
  throw new CannotJudge(`'${wanted}' is no ${what}${hint === '' ? '.' : hint}`);
}

function simple(word: string): string {
  return word.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}

/** One letter changed, left out, doubled or swapped: what is before and after it is the same. */
function isNear(word: string, typed: string): boolean {
  if (Math.abs(word.length - typed.length) > 1) return false;
  let head = 0;
  while (head < word.length && word[head] === typed[head]) head += 1;
  let tail = 0;
  const most = Math.min(word.length, typed.length) - head;
  while (tail < most && word.at(-1 - tail) === typed.at(-1 - tail)) tail += 1;
  return Math.max(word.length, typed.length) - head - tail <= 2;
}
