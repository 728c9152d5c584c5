import { type ExpressionRow, expressionCase } from './board-expression.ts';
import type { ConformanceCase } from './conformance-case.ts';
import { needs } from './needs.ts';

interface Row {
  readonly name: string;
  readonly number?: string;
  /** Expression over `c`, a client context. */
  readonly expression: string;
  readonly setup?: string;
  readonly canonical?: ExpressionRow['canonical'];
}

/** What it is, and whether the names are mbedTLS's (`TLS-…`, `TLS1-3-…`) and not IANA's (`TLS_…`). */
const CIPHER_NAMES =
  "{'kind': type(c.get_ciphers()).__name__, 'mbedtlsNames': all(type(n) is str and '-' in n for n in c.get_ciphers())}";

/** Asked of both context classes; the frozen `ssl` wraps the one of `tls`. */
const BOTH: readonly Row[] = [
  { name: 'protocol-missing', expression: 'M.SSLContext()', canonical: typeOnly },
  { name: 'protocol-bad', expression: 'M.SSLContext(99)', canonical: nameOfResult },
  { name: 'verify-mode-set', setup: 'c.verify_mode = 2', expression: 'c.verify_mode' },
  { name: 'verify-mode-any', setup: 'c.verify_mode = 99', expression: 'c.verify_mode' },
  { name: 'check-hostname-set', number: '54', setup: 'c.check_hostname = True', expression: "'accepted'" },
  { name: 'verify-callback-set', number: '54', setup: 'c.verify_callback = lambda c, d: 1', expression: "'accepted'" },
  { name: 'unknown-attribute', setup: 'c.no_such_thing = 1', expression: "'accepted'" },
  { name: 'get-ciphers', number: '55', expression: CIPHER_NAMES },
  { name: 'get-ciphers-count', number: '55', expression: 'len(c.get_ciphers())' },
  { name: 'set-ciphers-empty', number: '56', expression: 'c.set_ciphers([])' },
  { name: 'set-ciphers-bad', number: '56', expression: "c.set_ciphers(['BAD'])" },
  { name: 'set-ciphers-str', number: '56', expression: "c.set_ciphers('TLS-X')", canonical: typeOnly },
  { name: 'set-ciphers-one', number: '56', expression: 'c.set_ciphers(c.get_ciphers()[:1])' },
  {
    name: 'get-ciphers-after-set',
    number: '56',
    setup: 'c.set_ciphers(c.get_ciphers()[:1])',
    expression: 'len(c.get_ciphers())',
  },
  { name: 'load-verify-no-argument', number: '57', expression: 'c.load_verify_locations()', canonical: typeOnly },
  { name: 'load-verify-bad-data', number: '57', expression: "c.load_verify_locations(b'junk')", canonical: typeOnly },
  { name: 'load-cert-chain-one', expression: "c.load_cert_chain(b'junk')", canonical: typeOnly },
  { name: 'load-cert-chain-arguments', expression: "c.load_cert_chain(b'junk')", canonical: aboutArguments },
  { name: 'load-cert-chain-junk', expression: "c.load_cert_chain(b'junk', b'junk')" },
  {
    name: 'load-cert-chain-keywords',
    expression: "c.load_cert_chain(certfile=b'junk', keyfile=b'junk')",
  },
];

/** Only the class with the documented file arguments. */
const SSL_ONLY: readonly Row[] = [
  { name: 'load-verify-cadata-junk', number: '57', expression: "c.load_verify_locations(cadata=b'junk')" },
  {
    name: 'load-verify-missing-file',
    number: '57',
    expression: "c.load_verify_locations(cafile='/no-such-file.pem')",
  },
  {
    name: 'load-cert-chain-missing-file',
    expression: "c.load_cert_chain('/no-such-file.pem', '/no-such-file.key')",
  },
];

/** The wording of argument errors belongs to the build. */
function typeOnly(value: unknown): unknown {
  const raised = (value as { raises?: { type?: string; code?: number } } | null)?.raises;
  return raised === undefined
    ? value
    : { raises: { type: raised.type, ...(raised.code === undefined ? {} : { code: raised.code }) } };
}

/** A TypeError may be about how many arguments there are, or about what one of them is. */
function aboutArguments(value: unknown): unknown {
  const { type, text = '' } = (value as { raises?: { type?: string; text?: string } } | null)?.raises ?? {};
  return type === 'TypeError' ? { raises: { type, about: /argument/.test(text) ? 'arguments' : 'a value' } } : value;
}

function nameOfResult(value: unknown): unknown {
  const raised = (value as { raises?: { type?: string } } | null)?.raises;
  return raised === undefined ? 'accepted' : typeOnly(value);
}

function rowsFor(module: 'ssl' | 'tls', rows: readonly Row[]): ExpressionRow[] {
  return rows.map(({ name, number, expression, setup, canonical }) => ({
    id: `${module === 'ssl' ? 'context' : 'tls-context'}/${name}`,
    number,
    unavailable: needs(module === 'ssl' ? 'context' : 'tlsModule'),
    setup: `M = ${module}\nc = M.SSLContext(M.PROTOCOL_TLS_CLIENT)\n${setup ?? ''}`,
    expression: name === 'protocol-bad' ? `type(${expression}).__name__` : expression,
    canonical,
  }));
}

/** Methods and attributes of both context classes, without a network. */
export const CONTEXT_CASES: readonly ConformanceCase[] = [
  ...rowsFor('ssl', BOTH),
  ...rowsFor('ssl', SSL_ONLY),
  ...rowsFor('tls', BOTH),
].map(expressionCase);
