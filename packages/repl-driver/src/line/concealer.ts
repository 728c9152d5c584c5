import { ReplDriverError } from '../errors.ts';
import { kindOf } from '../kind-of.ts';
import { Secret } from './secret.ts';

/** A stretch of text that must not be shown, and what is there instead. */
export interface Hidden {
  readonly start: number;
  readonly end: number;
  readonly label: string;
}

const KEY_END = '-----END [A-Z ]*PRIVATE KEY-----';
const PRIVATE_KEY = new RegExp(`-----BEGIN [A-Z ]*PRIVATE KEY-----[\\s\\S]*?(?:${KEY_END}|$)`, 'g');
/** A key whose beginning is no longer remembered. */
const REST_OF_KEY = new RegExp(`^(?:(?!-----BEGIN )[\\s\\S])*?${KEY_END}`, 'g');

/** Fails with `BAD_VALUE`, without telling them, unless they are a list of texts. */
export function checkSecrets(secrets: readonly string[]): void {
  const wrong = Array.isArray(secrets) ? secrets.filter((secret) => typeof secret !== 'string') : [secrets];
  if (wrong.length === 0) return;
  const message = `The secrets are an array of strings, but ${kindOf(wrong[0])} was given; leave out what is not set.`;
  throw new ReplDriverError('BAD_VALUE', message);
}

/** Finds PEM private keys and the user's secrets in text, also as Python writes them in source, in a repr and in a repr of that. */
export class Concealer {
  readonly #secrets: readonly Secret[];

  constructor(secrets: readonly string[]) {
    this.#secrets = secrets.filter((secret) => secret !== '').map((secret) => new Secret(secret));
  }

  /** In order, without overlap. `text` holds one character a byte. */
  hidden(text: string): Hidden[] {
    const keys = [PRIVATE_KEY, REST_OF_KEY].flatMap((pattern) =>
      [...text.matchAll(pattern)].map(({ index, 0: key }) => ({ start: index, end: index + key.length })),
    );
    return ordered([...keys.map((span) => ({ ...span, label: '(private key)' })), ...this.secrets(text)]);
  }

  /** The secrets alone. */
  secrets(text: string): Hidden[] {
    const spans = this.#secrets.flatMap((secret) => secret.spans(text));
    return ordered(spans.map((span) => ({ ...span, label: '(secret)' })));
  }

  /** So much of the text needs no look at what follows it: after that, a secret may have begun. */
  certain(text: string): number {
    return Math.min(text.length, ...this.#secrets.map((secret) => secret.begun(text)));
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

function ordered(all: readonly Hidden[]): Hidden[] {
  const merged: Hidden[] = [];
  for (const next of [...all].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = merged.at(-1);
    if (last && next.start < last.end) merged[merged.length - 1] = { ...last, end: Math.max(last.end, next.end) };
    else merged.push(next);
  }
  return merged;
}
