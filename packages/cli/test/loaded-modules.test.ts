import { describe, expect, test } from 'vitest';
import { modulesLoadedBy } from './loaded-modules.ts';

// A command starts as fast as what it loads is small. Counted, not timed: a machine may stall.

const packagesOf = (paths: readonly string[]): string[] =>
  [...new Set(paths.map((path) => path.split('/')[0] ?? ''))].toSorted();

const serial = [
  '@serialport/bindings-cpp',
  '@serialport/bindings-interface',
  '@serialport/parser-delimiter',
  '@serialport/parser-readline',
  '@serialport/stream',
  'debug',
  'has-flag',
  'ms',
  'node-gyp-build',
  'supports-color',
];

describe.for([['--help'], ['--version'], ['completion', 'bash'], ['exec', '--help'], ['test', '--help']])(
  'wirewrap %s',
  (args) => {
    test('loads nothing but the commands themselves', async () => {
      const { exitCode, ours, others } = await modulesLoadedBy(...args);
      expect(exitCode).toBe(0);
      expect(packagesOf(ours)).toEqual(['cli']);
      expect(others).toEqual([]);
    });
  },
);

describe.for([['exec', '1'], ['ls'], ['cp', 'package.json', ':'], ['reset']])('wirewrap %s', (args) => {
  test('loads the driver, and no TLS, certificates or claims', async () => {
    const { exitCode, ours, others } = await modulesLoadedBy(...args, '--board=/dev/no-such-port');
    expect(exitCode).toBe(2);
    expect(packagesOf(ours)).toEqual(['boards', 'cli', 'repl-driver', 'tls-lab']);
    expect(ours.filter((path) => path.startsWith('tls-lab/'))).toEqual([
      'tls-lab/src/network/network-settings.ts',
      'tls-lab/src/network/network-error.ts',
      'tls-lab/src/tls-lab-error.ts',
    ]);
    expect(others.filter((name) => !serial.includes(name))).toEqual([]);
  });

  test('loads no serial library for a board behind a socket', async () => {
    const { exitCode, others } = await modulesLoadedBy(...args, '--board=tcp://127.0.0.1:1');
    expect(exitCode).toBe(2);
    expect(others).toEqual([]);
  });
});

test('certs explains a profile without a board', async () => {
  const { exitCode, ours } = await modulesLoadedBy('certs', '--explain', 'expired');
  expect(exitCode).toBe(0);
  expect(packagesOf(ours)).toEqual(['certgen', 'cli']);
});
