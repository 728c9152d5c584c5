import { describe, expect, test } from 'vitest';
import { requireRun } from '../board/run-options.ts';
import { requireClientOptions, requireServerOptions } from '../peer/peer-options.ts';

const bundle = { key: { pem: 'a private key' }, leaf: { pem: 'a certificate' }, chainPem: 'a certificate' };

describe('what the lab does not know is one sentence, not passed over', () => {
  test.for<[string, (value: unknown) => void, unknown, RegExp]>([
    ['a slip in a run', requireRun, { arg: {} }, /^the board's run has no field 'arg'; did you mean args\?$/],
    [
      'an argument of wrap_socket',
      requireRun,
      { cert_reqs: 0 },
      /belongs into `args`: \{ args: \{ cert_reqs: … \} \}\.$/,
    ],
    ["the host's option", requireRun, { faults: [] }, /'faults'; it belongs to the options of the host\.$/],
    ['a word of its own', requireRun, { zzz: 1 }, /'zzz'; known are api, args, certificate, /],
    [
      'an unknown api',
      requireRun,
      { api: 'SSLContext' },
      /api must be wrap_socket, ssl\.SSLContext, tls\.SSLContext, and is/,
    ],
    ['a timeout in words', requireRun, { timeout: 'none' }, /run\.timeout must be seconds or 'non-blocking'\.$/],
    [
      'an unknown step',
      requireRun,
      { steps: [{ do: 'recv', size: 1 }] },
      /steps\[0\]\.do must be write, read, .* 'recv'\.$/,
    ],
    [
      'a step without what it needs',
      requireRun,
      { steps: [{ do: 'write' }] },
      /steps\[0\] \('write'\) needs `bytes`\.$/,
    ],
    [
      'a slip in a step',
      requireRun,
      { steps: [{ do: 'read', sizes: 4 }] },
      /steps\[0\] has no field 'sizes'; did you mean size\?/,
    ],
    ['a step that is no object', requireRun, { steps: ['close'] }, /steps\[0\] must be an object, and is a string\.$/],
    ['a run that is no object', requireRun, null, /^the board's run must be an object, and is null\.$/],
    [
      'data that is text',
      requireRun,
      { data: { ca: 'PEM' } },
      /run\.data\.ca must be a Uint8Array, and is a string\.$/,
    ],
    [
      'a slip in a server',
      requireServerOptions,
      { fault: ['x'] },
      /server has no field 'fault'; did you mean faults\?$/,
    ],
    [
      'the board in the server',
      requireServerOptions,
      { args: {} },
      /'args'; what the board passes to wrap_socket belongs/,
    ],
    ['a version', requireServerOptions, { maxVersion: 'TLS1.2' }, /maxVersion must be TLSv1, .* and is 'TLS1\.2'\.$/],
    ['an engine', requireServerOptions, { engine: 'opensl' }, /engine must be node, openssl, and is 'opensl'\.$/],
    [
      'an application',
      requireServerOptions,
      { application: 'ecko' },
      /application must be echo, silent, deaf, close, and is/,
    ],
    ['half an application', requireServerOptions, { application: { when: 'x' } }, /or have send, bulk or respond\.$/],
    [
      'a slip in one',
      requireServerOptions,
      { application: { send: 'x', after: 'close' } },
      /did you mean afterwards\?/,
    ],
    [
      "node's habit of a certificate",
      requireServerOptions,
      { certificate: { key: 'PEM', cert: 'PEM' } },
      /server\.certificate must be a certificate of pki\.certificate\(…\); .* certificateFromPem\(\{ key, cert, ca \}\)\.$/,
    ],
    [
      "the same on the board's side",
      requireRun,
      { certificate: { key: 'PEM', cert: 'PEM' } },
      /run\.certificate must be a certificate of pki/,
    ],
    ['a fault', requireClientOptions, { faults: ['rst-in-dat'] }, /^The fault "rst-in-dat" is unknown/],
    [
      "the server's option",
      requireClientOptions,
      { clientCertificate: 'require' },
      /client has no field 'clientCertificate'/,
    ],
  ])('%s', ([, require, value, sentence]) => {
    expect(() => require(value)).toThrow(
      expect.objectContaining({ name: 'TlsLabError', message: expect.stringMatching(sentence) }),
    );
  });

  test('never shows what may be a key', () => {
    expect(() => requireRun({ stopOnError: bundle })).toThrow(
      expect.objectContaining({ message: "the board's run.stopOnError must be true or false, and is an object." }),
    );
    expect(() => requireClientOptions({ psk: { identity: 'a', key: 'a secret' } })).toThrow(
      expect.objectContaining({ message: "the host's client.psk.key must be a Uint8Array, and is a string." }),
    );
  });

  test.for<[(value: unknown) => void, unknown]>([
    [requireRun, {}],
    [
      requireRun,
      { args: { anything: 1 }, timeout: 3, steps: [{ do: 'read' }, { do: 'close' }], certificate: undefined },
    ],
    [requireServerOptions, { certificate: bundle, application: { bulk: 5 }, faults: ['rst-in-data@to-peer'] }],
    [requireClientOptions, { serverName: 'board.test', psk: { identity: 'a', key: new Uint8Array(2) } }],
  ])('what is known passes', ([require, value]) => {
    expect(() => require(value)).not.toThrow();
  });
});
