import { type ExpressionRow, expressionCase } from './board-expression.ts';
import type { ConformanceCase } from './conformance-case.ts';
import { needs } from './needs.ts';

/** Names of CPython's module that programs ported from there look for. */
const CPYTHON_NAMES = [
  'create_default_context',
  'SSLSocket',
  'PROTOCOL_TLS',
  'HAS_SNI',
  'match_hostname',
  'get_server_certificate',
];

const publicNames = (object: string): string => `sorted(n for n in dir(${object}) if n[0] != '_')`;
const can = (module: string): string =>
  `def importable(name):\n    try:\n        __import__(name)\n        return True\n    except ImportError:\n        return False\nfound = importable('${module}')`;

const ROWS: readonly ExpressionRow[] = [
  { id: 'module/import-ssl', setup: can('ssl'), expression: 'found' },
  { id: 'module/import-ussl', setup: can('ussl'), expression: 'found' },
  { id: 'module/import-tls', setup: can('tls'), expression: 'found' },
  { id: 'module/names', expression: publicNames('ssl') },
  {
    id: 'module/functions',
    setup:
      'f = []\nfor n in dir(ssl):\n    v = getattr(ssl, n)\n    if n[0] != "_" and callable(v) and not isinstance(v, type):\n        f.append(n)',
    expression: 'sorted(f)',
  },
  {
    id: 'module/classes',
    setup: 'f = []\nfor n in dir(ssl):\n    if n[0] != "_" and isinstance(getattr(ssl, n), type):\n        f.append(n)',
    expression: 'sorted(f)',
  },
  {
    id: 'module/constants',
    setup:
      'f = {}\nfor n in dir(ssl):\n    if n[:5] == "CERT_" or n[:9] == "PROTOCOL_":\n        f[n] = getattr(ssl, n)',
    expression: "f or 'no constants'",
  },
  { id: 'module/sslerror', expression: "hasattr(ssl, 'SSLError')" },
  { id: 'module/sslerror-is', expression: 'ssl.SSLError.__name__' },
  { id: 'module/cpython-names', expression: `[n for n in ${JSON.stringify(CPYTHON_NAMES)} if hasattr(ssl, n)]` },
  { id: 'module/mbedtls-version', expression: "type(getattr(ssl, 'MBEDTLS_VERSION', None)).__name__" },
  { id: 'module/tls-names', expression: publicNames('tls'), unavailable: needs('tlsModule') },
  {
    id: 'module/context-members',
    expression: publicNames('ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)'),
    unavailable: needs('context'),
  },
  {
    id: 'module/tls-context-members',
    expression: publicNames('tls.SSLContext(tls.PROTOCOL_TLS_CLIENT)'),
    unavailable: needs('tlsModule'),
  },
  {
    id: 'context/default-verify-mode/client',
    number: '53',
    expression: 'ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).verify_mode',
    unavailable: needs('context'),
  },
  {
    id: 'context/default-verify-mode/server',
    number: '53',
    expression: 'ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).verify_mode',
    unavailable: needs('context'),
  },
  {
    id: 'tls-context/default-verify-mode/client',
    number: '53',
    expression: 'tls.SSLContext(tls.PROTOCOL_TLS_CLIENT).verify_mode',
    unavailable: needs('tlsModule'),
  },
  {
    id: 'tls-context/default-verify-mode/server',
    number: '53',
    expression: 'tls.SSLContext(tls.PROTOCOL_TLS_SERVER).verify_mode',
    unavailable: needs('tlsModule'),
  },
  { id: 'module/clock-year', expression: "'set' if __import__('time').localtime()[0] >= 2023 else 'not set'" },
];

/** What the modules hold, without a network. */
export const MODULE_CASES: readonly ConformanceCase[] = ROWS.map(expressionCase);
