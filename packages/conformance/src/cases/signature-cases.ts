import { type ExpressionRow, expressionCase } from './board-expression.ts';
import type { ConformanceCase } from './conformance-case.ts';
import { needs } from './needs.ts';

/** Keyword and the value that its source gives as default. Book, documentation old and new, and what C code knows. */
export const WRAP_KEYWORDS = {
  keyfile: 'None',
  certfile: 'None',
  server_side: 'False',
  cert_reqs: '0',
  ca_certs: 'None',
  do_handshake_on_connect: 'True',
  key: 'None',
  cert: 'None',
  cadata: 'None',
  server_hostname: 'None',
  do_handshake: 'True',
  ssl_version: '0',
} as const;

const CONTEXT_KEYWORDS = {
  server_side: 'False',
  do_handshake_on_connect: 'True',
  do_handshake: 'True',
  server_hostname: 'None',
  client_id: "b'x'",
} as const;

/** Anything but a refused keyword means that it was taken: the object that was wrapped is no stream. */
function keywordVerdict(value: unknown): unknown {
  const raised = (value as { raises?: { type?: string; text?: string } } | null)?.raises;
  return raised?.type === 'TypeError' && /keyword/.test(raised.text ?? '') ? value : 'accepted';
}

const KEYWORD_ROWS = Object.entries(WRAP_KEYWORDS).map(
  ([name, value]): ExpressionRow => ({
    id: `signature/keyword/${name}`,
    number: name === 'cert_reqs' ? '6' : '5',
    expression: `ssl.wrap_socket(None, ${name}=${value})`,
    canonical: keywordVerdict,
  }),
);

const CONTEXT_ROWS = (['ssl', 'tls'] as const).flatMap((module) =>
  Object.entries(CONTEXT_KEYWORDS).map(
    ([name, value]): ExpressionRow => ({
      id: `${module === 'ssl' ? 'context' : 'tls-context'}/keyword/${name}`,
      expression: `${module}.SSLContext(${module}.PROTOCOL_TLS_CLIENT).wrap_socket(None, ${name}=${value})`,
      unavailable: needs(module === 'ssl' ? 'context' : 'tlsModule'),
      canonical: keywordVerdict,
    }),
  ),
);

/** A stream that nothing can be sent over: wrapping it shows whether a handshake was begun. */
const DEAF_STREAM = [
  'import io',
  'class DeafStream(io.IOBase):',
  '    def readinto(self, b):',
  '        raise OSError(5)',
  '    def write(self, b):',
  '        raise OSError(5)',
  '    def ioctl(self, request, argument):',
  '        return 0',
].join('\n');

/** A value that only the argument of this name refuses, or acts on, in the order of the documentation. */
const POSITIONS = {
  key: "True, b'junk', b'junk', 0, None, None, False",
  cert_reqs: 'False, None, None, 2, None, None, False',
  cadata: "False, None, None, 0, b'junk', None, False",
  server_hostname: 'False, None, None, 0, None, 5, False',
  do_handshake: 'False, None, None, 0, None, None, False',
} as const;

const POSITION_ROWS = Object.entries(POSITIONS).map(
  ([name, values]): ExpressionRow => ({
    id: `signature/position/${name}`,
    setup: DEAF_STREAM,
    expression: `type(ssl.wrap_socket(DeafStream(), ${values})).__name__`,
  }),
);

const ROWS: readonly ExpressionRow[] = [
  ...KEYWORD_ROWS,
  ...CONTEXT_ROWS,
  ...POSITION_ROWS,
  { id: 'signature/no-arguments', expression: 'ssl.wrap_socket()', canonical: argumentCount },
  { id: 'signature/not-a-stream', expression: 'ssl.wrap_socket(None)' },
  { id: 'signature/positional-option', number: '7', expression: 'ssl.wrap_socket(None, False)' },
  { id: 'signature/positional-all', expression: 'ssl.wrap_socket(None, False, None, None, 0, None, None, True)' },
  { id: 'signature/book-order', expression: 'ssl.wrap_socket(None, None, None, False, 0, None, True)' },
  {
    id: 'signature/book-position/server_side',
    setup: DEAF_STREAM,
    expression: 'type(ssl.wrap_socket(DeafStream(), None, None, True, 0, None, False)).__name__',
  },
  { id: 'signature/hostname-int', expression: 'ssl.wrap_socket(None, server_hostname=5)' },
  {
    id: 'context/positional-option',
    expression: 'ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).wrap_socket(None, False)',
    unavailable: needs('context'),
  },
  {
    id: 'tls-context/positional-option',
    expression: 'tls.SSLContext(tls.PROTOCOL_TLS_CLIENT).wrap_socket(None, False)',
    unavailable: needs('tlsModule'),
  },
];

/** Wordings of a missing argument differ by build (`function missing 1 …`, `takes 1 … but 0 were given`). */
function argumentCount(value: unknown): unknown {
  const raised = (value as { raises?: { type?: string } } | null)?.raises;
  return raised?.type === 'TypeError' ? 'TypeError' : value;
}

/** Which arguments there are, without a network. */
export const SIGNATURE_CASES: readonly ConformanceCase[] = ROWS.map(expressionCase);
