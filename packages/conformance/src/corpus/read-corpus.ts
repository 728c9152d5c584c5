import { createHash, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { toPem } from '@wirewrap/certgen';
import { instead } from '../debug.ts';
import { ConformanceError } from '../errors.ts';
import type { Corpus, CorpusCase } from './corpus-case.ts';

type Fields = Readonly<Record<string, unknown>>;

const isText = (value: unknown): value is string => typeof value === 'string';
const texts = (value: unknown): string[] => (Array.isArray(value) ? value.filter(isText) : []);
const fields = (value: unknown): Fields => (value !== null && typeof value === 'object' ? (value as Fields) : {});

/** PEM of base64 DER. */
function pemOf(base64: string): string {
  return toPem('CERTIFICATE', Buffer.from(base64, 'base64'));
}

/** The first name of a certificate, for cases that leave the name open but a board that must be given one. */
function firstName(pem: string): string | null {
  try {
    const names = new X509Certificate(pem).subjectAltName ?? '';
    return /(?:DNS|IP Address):([^,\s]+)/.exec(names)?.[1] ?? null;
  } catch (error) {
    return instead(null, 'reading the names of a certificate')(error);
  }
}

type Checks = Readonly<Record<string, (value: unknown) => boolean>>;

const oneOf =
  (...words: readonly string[]) =>
  (value: unknown): boolean =>
    isText(value) && words.includes(value);
const areTexts = (value: unknown): boolean => Array.isArray(value) && value.every(isText);

/** What a case must have to be asked of a board, by x509-limbo's schema and by BetterTLS's export. */
const LIMBO_CHECKS: Checks = {
  id: isText,
  validation_kind: oneOf('CLIENT', 'SERVER'),
  trusted_certs: areTexts,
  untrusted_intermediates: areTexts,
  peer_certificate: isText,
  expected_result: oneOf('SUCCESS', 'FAILURE'),
};
const BETTER_TLS_CHECKS: Checks = {
  id: (value) => isText(value) || typeof value === 'number',
  certificates: (value) => Array.isArray(value) && value.length > 0 && areTexts(value),
  expected: oneOf('ACCEPT', 'REJECT'),
};

/** Fails on a case that lacks a field or has another kind of value there, with its place in the list. */
function requireCase(value: unknown, checks: Checks, place: string): Fields {
  const row = fields(value);
  const bad = Object.entries(checks).filter(([name, isRight]) => !isRight(row[name]));
  if (bad.length === 0) return row;
  const names = bad.map(([name]) => name).join(', ');
  throw new ConformanceError(
    'NOT_A_CORPUS',
    `${place} is no case of the corpus (missing or wrong: ${names}); give limbo.json or the JSON of bettertls export-tests as it came`,
  );
}

/** A case of x509-limbo (`limbo.json`, schema of C2SP/x509-limbo). */
function limboCase(row: Fields): CorpusCase {
  const leaf = String(row.peer_certificate);
  const name = fields(row.expected_peer_name).value;
  return {
    id: String(row.id),
    presents: row.validation_kind === 'CLIENT' ? 'client' : 'server',
    trusted: texts(row.trusted_certs),
    leaf,
    intermediates: texts(row.untrusted_intermediates),
    key: isText(row.peer_certificate_key) ? row.peer_certificate_key : null,
    name: isText(name) ? name : firstName(leaf),
    time: isText(row.validation_time) ? new Date(row.validation_time) : null,
    expected: row.expected_result === 'SUCCESS' ? 'accept' : 'refuse',
  };
}

/** A case of `bettertls export-tests`: base64 DER, leaf first; the export holds no private keys. */
function betterTlsCase(suite: string, row: Fields, trustRoot: string): CorpusCase {
  const [leaf = '', ...intermediates] = texts(row.certificates).map(pemOf);
  return {
    id: `${suite}::${String(row.id)}`,
    presents: 'server',
    trusted: [pemOf(trustRoot)],
    leaf,
    intermediates,
    key: isText(row.privateKey) ? row.privateKey : null,
    name: isText(row.hostname) ? row.hostname : null,
    time: null,
    expected: row.expected === 'ACCEPT' ? 'accept' : 'refuse',
  };
}

/** Reads x509-limbo's `limbo.json` or the JSON of `bettertls export-tests`; which it is, the file tells. */
export function parseCorpus(text: string, where: string): Corpus {
  let value: Fields;
  try {
    value = fields(JSON.parse(text));
  } catch (error) {
    throw new ConformanceError(
      'NOT_A_CORPUS',
      `${where} is not JSON (${(error as Error).message}); give limbo.json or the JSON of bettertls export-tests`,
    );
  }
  const digest = createHash('sha256').update(text).digest('hex');
  if (Array.isArray(value.testcases)) {
    return {
      name: `x509-limbo ${String(value.version)}`,
      digest,
      cases: value.testcases.map((row, at) =>
        limboCase(requireCase(row, LIMBO_CHECKS, `testcases[${at}] of ${where}`)),
      ),
    };
  }
  const { trustRoot } = value;
  if (isText(trustRoot) && value.suites !== undefined) {
    const cases = Object.entries(fields(value.suites)).flatMap(([suite, content]) => {
      const rows = fields(content).testCases;
      const placeOf = (at: number): string => `suites.${suite}.testCases[${at}] of ${where}`;
      return Array.isArray(rows)
        ? rows.map((row, at) => betterTlsCase(suite, requireCase(row, BETTER_TLS_CHECKS, placeOf(at)), trustRoot))
        : [];
    });
    return { name: `bettertls ${String(value.betterTlsRevision)}`, digest, cases };
  }
  throw new ConformanceError(
    'NOT_A_CORPUS',
    `${where} is neither x509-limbo (no "testcases") nor BetterTLS (no "trustRoot" and "suites"); give limbo.json or the JSON of bettertls export-tests`,
  );
}

/**
 * Reads a corpus of certificates. Fails with `NO_SUCH_FILE` or `NOT_A_CORPUS` in one sentence.
 *
 * @example const { name, cases } = await readCorpus('limbo.json');
 */
export async function readCorpus(path: string): Promise<Corpus> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new ConformanceError(
      'NO_SUCH_FILE',
      `Cannot read the corpus ${path} (${error.code}); give the path of limbo.json with --file`,
      { cause: error },
    );
  });
  return parseCorpus(text, path);
}
