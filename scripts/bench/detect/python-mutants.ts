import { DEFAULTS, REQUIRED } from './case-groups.ts';
import type { Mutant, MutantKind, PythonChange } from './mutant.ts';

type Row = readonly [
  name: string,
  does: string,
  change: PythonChange | readonly PythonChange[],
  cases: readonly string[],
  named: readonly string[],
];

const rows = (kind: MutantKind, list: readonly Row[]): Mutant[] =>
  list.map(([name, does, change, cases, named]) => ({ name, kind, does, change, cases, named }));

const swap = (old: string, other: string): PythonChange => ({ old, new: other });

const WRAP = 'def wrap_socket(\n    sock,';
const IN_CONTEXT = `        return self._context.wrap_socket(
            sock,
            server_side=server_side,
            do_handshake_on_connect=do_handshake_on_connect,
            server_hostname=server_hostname,
        )`;
const LAST = 'return context.wrap_socket(sock, server_side, do_handshake, server_hostname)';

const VALIDATION = rows('validation', [
  [
    'default-required',
    'wrap_socket validates by default',
    swap('cert_reqs=CERT_NONE,', 'cert_reqs=CERT_REQUIRED,'),
    DEFAULTS,
    ['*/default-none', '*/only-sock-required'],
  ],
  [
    'context-default-required',
    'a context validates by default',
    swap('        self._context.verify_mode = CERT_NONE', '        _hit()'),
    ['context/default-*', 'client/context/*'],
    ['*/context-default', '*/context'],
  ],
  [
    'cadata-ignored',
    'cadata is not loaded',
    swap('    if cadata:\n        context', '    if _hit():\n        context'),
    ['client/required/good*', 'client/cadata/*', 'client/name/right'],
    ['*/required-accepts-good', '*/cadata*'],
  ],
  [
    'cert-reqs-ignored',
    'cert_reqs is not looked at',
    swap('    context.verify_mode = cert_reqs\n', '    _hit()\n'),
    REQUIRED,
    ['*/required-*'],
  ],
  [
    'verify-mode-not-set',
    'verify_mode of a context stays as it is',
    swap('        self._context.verify_mode = mode', '        _hit()'),
    ['context/verify-mode-*', 'client/context/*', 'mutual/server/context/*', ...REQUIRED],
    ['*/verify-mode*'],
  ],
  [
    'verify-mode-reads-none',
    'verify_mode reads as CERT_NONE',
    swap('        return self._context.verify_mode', '        return _hit() or 0'),
    ['context/verify-mode-*', 'context/default-*'],
    ['*/verify-mode'],
  ],
  [
    'cafile-ignored',
    'cafile is not loaded',
    swap('        if cafile:', '        if _hit():'),
    ['client/context/cafile*', 'context/load-verify-*'],
    ['*/load-verify-cafile'],
  ],
]);

const SIGNATURE = rows('signature', [
  [
    'key-and-cert-swapped',
    'by position cert comes before key',
    swap('    key=None,\n    cert=None,', '    cert=None,\n    key=None,'),
    ['signature/*', 'server/identity/der'],
    ['*/positional', 'signature/book-position/*', 'signature/position/*'],
  ],
  [
    'cadata-before-cert-reqs',
    'by position cadata comes before cert_reqs',
    swap('    cert_reqs=CERT_NONE,\n    cadata=None,', '    cadata=None,\n    cert_reqs=CERT_NONE,'),
    ['signature/*'],
    ['*/positional', 'signature/position/*'],
  ],
  [
    'cert-reqs-renamed',
    'cert_reqs is called verify',
    [swap('cert_reqs=CERT_NONE,', 'verify=CERT_NONE,'), swap('verify_mode = cert_reqs', 'verify_mode = verify')],
    ['signature/keyword/*', 'client/required/good', 'client/none/good'],
    ['*/keyword/cert_reqs'],
  ],
  [
    'server-hostname-renamed',
    'server_hostname is called hostname',
    [
      swap('    server_hostname=None,\n    do_handshake', '    hostname=None,\n    do_handshake'),
      swap(LAST, LAST.replace('server_hostname)', 'hostname)')),
    ],
    ['signature/keyword/*', 'client/sni/name'],
    ['*/keyword/server_hostname', '*/sni'],
  ],
  [
    'do-handshake-renamed',
    'do_handshake is called do_handshake_on_connect',
    [
      swap('    do_handshake=True,', '    do_handshake_on_connect=True,'),
      swap(LAST, LAST.replace('do_handshake,', 'do_handshake_on_connect,')),
    ],
    ['signature/keyword/*', 'handshake/blocking-*'],
    ['*/keyword/do_handshake*'],
  ],
  [
    'more-keywords',
    'ssl_version is taken',
    swap('    do_handshake=True,\n)', '    do_handshake=True,\n    ssl_version=None,\n)'),
    ['signature/keyword/*'],
    ['*/may-refuse-keywords', 'signature/keyword/ssl_version'],
  ],
  [
    'any-object-wraps',
    'what is no stream is wrapped',
    swap(
      WRAP.replace('def', '\ndef'),
      `\ndef wrap_socket(sock=None, *a, **k):\n    if sock is None:\n        _hit()\n        return None\n    return _wrap_socket(sock, *a, **k)\n\n\ndef _wrap_socket(\n    sock,`,
    ),
    ['signature/not-a-stream', 'signature/no-arguments'],
    ['*/stream-needed', '*/only-sock-required'],
  ],
  [
    'constants-gone',
    'CERT_OPTIONAL is gone',
    swap('__wirewrap__ =', 'del CERT_OPTIONAL\n__wirewrap__ ='),
    ['module/*'],
    ['*constants'],
  ],
  [
    'constant-moved',
    'CERT_REQUIRED is 1',
    swap('__wirewrap__ =', 'CERT_REQUIRED = 1\n__wirewrap__ ='),
    ['module/*'],
    ['*constants', 'module/constants'],
  ],
  [
    'no-context',
    'SSLContext is gone',
    [swap('class SSLContext:', 'class _SSLContext:'), swap('    context = SSLContext(', '    context = _SSLContext(')],
    ['module/*', 'client/context/default-untrusted', 'server/context/bytes'],
    ['*/context', '*classes*', 'module/*'],
  ],
  [
    'sslerror-there',
    'SSLError exists',
    swap('__wirewrap__ =', 'SSLError = OSError\n__wirewrap__ ='),
    ['module/*'],
    ['*/no-sslerror'],
  ],
  [
    'load-cert-chain-one',
    'load_cert_chain takes one argument',
    swap('certfile, keyfile):', 'certfile, keyfile=None):'),
    ['context/load-cert-*'],
    ['*/load-cert-chain-both', 'context/load-cert-chain-one'],
  ],
  [
    'keyfile-taken',
    'the keywords of the book work',
    swap('    do_handshake=True,\n)', '    do_handshake=True,\n    keyfile=None,\n    certfile=None,\n)'),
    ['signature/keyword/*'],
    ['*/keyword/keyfile', '*/keyword/certfile'],
  ],
]);

const HANDSHAKE = rows('handshake', [
  [
    'never-deferred',
    'do_handshake=False is ignored',
    swap(LAST, LAST.replace('do_handshake,', 'True,')),
    ['handshake/*', 'signature/position/do_handshake'],
    ['*/handshake-deferred', 'handshake/false-sends-nothing', '*'],
  ],
  [
    'deferred-hangs',
    'do_handshake=False waits for ever',
    swap(LAST, `while not do_handshake:\n        pass\n    ${LAST}`),
    ['handshake/*'],
    ['Finding out wrap_socket with do_handshake=False*'],
  ],
  [
    'always-deferred',
    'do_handshake=True is ignored',
    swap(LAST, LAST.replace('do_handshake,', 'False,')),
    ['handshake/*'],
    ['*/handshake-in-wrap'],
  ],
  [
    'server-side-ignored',
    'a server is a client',
    swap('PROTOCOL_TLS_SERVER if server_side else PROTOCOL_TLS_CLIENT', 'PROTOCOL_TLS_CLIENT'),
    ['server/identity/der', 'server/read-and-answer'],
    ['*/server-side*'],
  ],
  [
    'server-context-waits',
    'a context of a server defers nothing',
    swap(
      '            do_handshake_on_connect=do_handshake_on_connect,',
      '            do_handshake_on_connect=do_handshake_on_connect or server_side,',
    ),
    ['server/context/deferred*', 'asyncio/server', 'handshake/context-deferred'],
    ['*/context-deferred-server', 'server/context/deferred-returns'],
  ],
  [
    'never-deferred-in-context',
    'do_handshake_on_connect=False is ignored',
    swap('            do_handshake_on_connect=do_handshake_on_connect,', '            do_handshake_on_connect=True,'),
    ['handshake/*', 'asyncio/*', 'server/deferred'],
    ['*/context-deferred', '*/handshake-deferred', 'handshake/*', '*'],
  ],
  [
    'key-and-cert-mixed-up',
    'load_cert_chain takes the key for the certificate',
    swap('_contents(certfile), _contents(keyfile))', '_contents(keyfile), _contents(certfile))'),
    ['server/identity/der', 'server/context/*', 'mutual/client/good'],
    ['*/server-side*', '*/load-cert-chain-bytes', 'server/context/*', '*/client-proves-itself'],
  ],
]);

const NAMES = rows('names', [
  [
    'hostname-lost',
    'wrap_socket drops server_hostname',
    swap(LAST, LAST.replace('server_hostname)', 'None)')),
    ['client/sni/*', 'client/name/*'],
    ['*/sni'],
  ],
  [
    'hostname-lost-in-context',
    'a context drops server_hostname',
    swap(IN_CONTEXT, IN_CONTEXT.replace('server_hostname=server_hostname', 'server_hostname=_hit()')),
    ['client/context/sni', 'client/context/required-*', 'client/sni/name'],
    ['*/context-sni', '*/sni', 'client/context/sni'],
  ],
]);

const CONTEXTS = rows('contexts', [
  [
    'context-works-once',
    'a context wraps one socket only',
    swap(
      IN_CONTEXT,
      `        context, self._context = self._context, _hit()\n${IN_CONTEXT.replace('self._context', 'context')}`,
    ),
    ['client/context/*', 'server/context/*'],
    ['*/context-several', 'client/context/three-times'],
  ],
  [
    'names-are-data',
    'names of files are taken for the contents',
    swap('    if isinstance(name_or_data, str):', '    if _hit():'),
    ['server/identity/*', 'server/context/*', 'context/load-cert-*'],
    ['*/load-cert-chain-files', 'server/context/files'],
  ],
  [
    'bytes-are-names',
    'bytes are taken for names of files',
    swap('    if isinstance(name_or_data, str):', '    if isinstance(name_or_data, (str, bytes)):'),
    ['server/identity/*', 'server/context/bytes'],
    ['*/load-cert-chain-bytes', '*/server-side*'],
  ],
  [
    'anchors-added-nowhere',
    'load_verify_locations does nothing',
    swap('        self._context.load_verify_locations(cadata)', '        _hit()'),
    ['client/context/*', 'client/required/good', 'context/load-verify-*'],
    ['*/load-verify-*', '*/required-accepts-good'],
  ],
  [
    'bad-identity-passed-over',
    'load_cert_chain hides its errors',
    swap(
      '        self._context.load_cert_chain(_contents(certfile), _contents(keyfile))',
      '        try:\n            self._context.load_cert_chain(_contents(certfile), _contents(keyfile))\n        except (OSError, ValueError):\n            _hit()',
    ),
    ['server/identity/*', 'context/load-cert-*'],
    ['context/load-cert-*', 'server/identity/*', '*/load-cert-chain-files'],
  ],
  [
    'default-keywords-reversed',
    'SSLContext.wrap_socket has server_hostname first',
    swap(
      'sock, server_side=False, do_handshake_on_connect=True, server_hostname=None):',
      'sock, server_hostname=None, do_handshake_on_connect=True, server_side=False):',
    ),
    ['context/positional-option', 'server/identity/der', 'client/default/good'],
    ['*'],
  ],
]);

const ERRORS = rows('errors', [
  [
    'runtime-errors',
    'every OSError of wrap_socket is a RuntimeError',
    swap(
      `    ${LAST}`,
      `    try:\n        ${LAST}\n    except OSError as error:\n        _hit()\n        raise RuntimeError(error.args[0])`,
    ),
    ['server/identity/none', 'fault/http-answer', 'client/version/*', 'client/suite/*'],
    ['*/oserror-instead', '*/not-all-*'],
  ],
  [
    'value-errors-hidden',
    'a certificate that does not verify is an OSError',
    swap(
      `    ${LAST}`,
      `    try:\n        ${LAST}\n    except ValueError as error:\n        _hit()\n        raise OSError(-9984, str(error))`,
    ),
    REQUIRED,
    ['*/oserror-for-certificates', 'client/required/*'],
  ],
  [
    'errors-swallowed',
    'wrap_socket gives None where it should raise',
    swap(`    ${LAST}`, `    try:\n        ${LAST}\n    except (OSError, ValueError):\n        return _hit()`),
    [...REQUIRED, 'fault/http-answer', 'server/identity/none'],
    ['*/required-*', '*/oserror-instead'],
  ],
  [
    'numbers-positive',
    'error numbers have lost their sign',
    swap(
      `    ${LAST}`,
      `    try:\n        ${LAST}\n    except OSError as error:\n        _hit()\n        raise OSError(abs(error.args[0]))`,
    ),
    ['client/version/*', 'client/suite/*', 'fault/http-answer', 'fault/rst-*'],
    ['*/not-all-*', '*/oserror-instead', 'fault/*', 'client/suite/*'],
  ],
]);

const MEMORY = rows('memory', [
  [
    'leak-120-bytes',
    'each connection leaves 120 bytes of the collected heap behind',
    [
      swap('__wirewrap__ =', '_kept = []\n__wirewrap__ ='),
      swap(`    ${LAST}`, `    _kept.append(bytearray(104))\n    ${LAST}`),
    ],
    ['memory/level/*'],
    ['memory/level/*'],
  ],
  [
    'leak-of-sockets',
    'each connection leaves a socket open',
    [
      swap('__wirewrap__ =', '_kept = []\n__wirewrap__ ='),
      swap(`    ${LAST}`, `    import socket\n    _kept.append(socket.socket())\n    ${LAST}`),
    ],
    ['memory/level/*'],
    ['memory/level/*'],
  ],
]);

const LINE = rows('line', [
  [
    'prints-in-wrap',
    'wrap_socket prints',
    swap(`    ${LAST}`, `    _hit()\n    print('wrapping')\n    ${LAST}`),
    ['stream/prints-nothing', 'stream/echo'],
    ['stream/prints-nothing'],
  ],
]);

/** Every mutant of the board's own `ssl.py`. */
export const PYTHON_MUTANTS: readonly Mutant[] = [
  ...VALIDATION,
  ...SIGNATURE,
  ...HANDSHAKE,
  ...NAMES,
  ...CONTEXTS,
  ...ERRORS,
  ...MEMORY,
  ...LINE,
];
