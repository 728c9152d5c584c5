import { didYouMean } from '@wirewrap/certgen/near-words';
import { TLS_NAMES } from '@wirewrap/tls-lab';
import { CannotJudge } from '../errors.ts';
import { alertName, suiteSpellings, versionName } from './names.ts';

/** What a word may name, and how it is spelled in a transcript. */
interface Vocabulary {
  readonly what: string;
  readonly words: ReadonlySet<string>;
  spell(word: string): string;
}

const asItIs = (word: string): string => word;

/** What a name may be of. */
export type NameKind = 'version' | 'cipher' | 'group' | 'signature' | 'alert';

const VOCABULARIES: Readonly<Record<NameKind, Vocabulary>> = {
  version: { what: 'version of TLS', words: new Set(TLS_NAMES.versions), spell: versionName },
  cipher: { what: 'cipher suite', words: new Set(TLS_NAMES.cipherSuites.flatMap(suiteSpellings)), spell: asItIs },
  group: { what: 'group', words: new Set(TLS_NAMES.groups), spell: asItIs },
  signature: { what: 'signature scheme', words: new Set(TLS_NAMES.signatures), spell: asItIs },
  alert: { what: 'alert', words: new Set(TLS_NAMES.alerts), spell: alertName },
};

/** How a transcript spells a number that is not assigned. */
const UNASSIGNED = /^(?:GREASE|0x[0-9A-F]{4}|alert_\d+)$/;

/** A slip of the pen is no name: `.not` would hold whatever the board did. Anything but a string is let pass. */
export function requireKnownName(kind: NameKind, wanted: unknown): void {
  if (typeof wanted !== 'string') return;
  const { what, words, spell } = VOCABULARIES[kind];
  if (words.has(spell(wanted)) || UNASSIGNED.test(wanted)) return;
  const hint = didYouMean(words, wanted);
  throw new CannotJudge(
    `'${wanted}' is not ${what.startsWith('alert') ? 'an' : 'a'} ${what}${hint === null ? '.' : `; ${hint}`}`,
  );
}
