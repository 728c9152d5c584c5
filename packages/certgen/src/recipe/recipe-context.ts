import { isIP } from 'node:net';
import type { Calendar } from '../clock.ts';
import { isRsa, type KeyKind } from '../keys/key-kind.ts';
import type {
  AltName,
  CertificateDraft,
  KeyReference,
  KeyUsageName,
  NameAttribute,
  Recipe,
  RecipeEntry,
} from './certificate-draft.ts';

type Overrides = Partial<RecipeEntry>;

/** RSA keys also encrypt in RSA key exchange, which ESP32 firmware still offers. */
function leafKeyUsage(kind: KeyKind): readonly KeyUsageName[] {
  return isRsa(kind) ? ['digitalSignature', 'keyEncipherment'] : ['digitalSignature'];
}

/**
 * What a profile makes its recipe from: the host, the kind of key, a calendar, and valid drafts that it changes in
 * one place each. Names are short and there is no organisation: a board keeps the whole chain in memory.
 *
 * @example const recipe = (context: RecipeContext) => context.direct({ hash: 'sha1' });
 */
export class RecipeContext {
  readonly host: string;
  readonly key: KeyKind;
  readonly calendar: Calendar;

  constructor(host: string, key: KeyKind, calendar: Calendar) {
    this.host = host;
    this.key = key;
    this.calendar = calendar;
  }

  /** The same context for another kind of key. */
  as(key: KeyKind): RecipeContext {
    return new RecipeContext(this.host, key, this.calendar);
  }

  /** Certification authorities keep to the two kinds that every board can check. */
  get caKind(): KeyKind {
    return isRsa(this.key) ? 'rsa-2048' : 'p-256';
  }

  keyOf(role: string, kind: KeyKind = this.key): KeyReference {
    return { kind, role };
  }

  altName(host: string = this.host): AltName {
    return isIP(host) === 0 ? { type: 'dns', value: host } : { type: 'ip', value: host };
  }

  /** From the first of January of last year: generous, and the recipe changes once a year. */
  get #lasting(): Pick<CertificateDraft, 'notBefore' | 'notAfter'> {
    return { notBefore: this.calendar.year(-1), notAfter: this.calendar.year(10) };
  }

  authority(role: string, issuer: string | null, overrides: Overrides = {}): RecipeEntry {
    const kind = overrides.key?.kind ?? this.caKind;
    return {
      issuer,
      subject: commonName(`Wirewrap ${role} ${kind}`),
      key: this.keyOf(role, kind),
      ...this.#lasting,
      ca: {},
      keyUsage: ['keyCertSign', 'cRLSign'],
      extendedKeyUsage: null,
      altNames: null,
      ...overrides,
    };
  }

  root(overrides: Overrides = {}): RecipeEntry {
    return this.authority('root', null, { notAfter: this.calendar.year(20), ...overrides });
  }

  intermediate(overrides: Overrides = {}): RecipeEntry {
    return this.authority('intermediate', 'root', overrides);
  }

  leaf(overrides: Overrides = {}): RecipeEntry {
    const key = overrides.key ?? this.keyOf('leaf');
    return {
      issuer: 'root',
      subject: commonName(this.host),
      key,
      ...this.#lasting,
      ca: false,
      keyUsage: leafKeyUsage(key.kind),
      extendedKeyUsage: ['serverAuth'],
      altNames: [this.altName()],
      ...overrides,
    };
  }

  /** The root signs the leaf. */
  direct(leaf: Overrides = {}, rest: Partial<Recipe> = {}): Recipe {
    return {
      certificates: { root: this.root(), leaf: this.leaf(leaf), ...rest.certificates },
      serve: [],
      trust: ['root'],
      ...without(rest),
    };
  }

  /** The root signs an intermediate, which signs the leaf; the server sends both. */
  chained(
    parts: { readonly leaf?: Overrides; readonly intermediate?: Overrides; readonly root?: Overrides } = {},
    rest: Partial<Recipe> = {},
  ): Recipe {
    return {
      certificates: {
        root: this.root(parts.root),
        intermediate: this.intermediate(parts.intermediate),
        leaf: this.leaf({ issuer: 'intermediate', ...parts.leaf }),
        ...rest.certificates,
      },
      serve: ['intermediate'],
      trust: ['root'],
      ...without(rest),
    };
  }
}

export function commonName(name: string): readonly NameAttribute[] {
  // ub-common-name (RFC 5280 appendix A.1) is 64 characters; the full name is in subjectAltName.
  return name.length > 64 ? [] : [['CN', name]];
}

function without({ certificates: _, ...rest }: Partial<Recipe>): Partial<Recipe> {
  return rest;
}
