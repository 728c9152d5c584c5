import { describe, expect, test } from 'vitest';
import { outcomeOf } from './case-outcome.ts';
import { CaseReader } from './case-reader.ts';

const run = { steps: [{ do: 'readline' }, { do: 'python', name: 'sum', source: '1 + 1' }] } as const;

/** Feeds the text in pieces of `size` characters. */
function read(text: string, size = text.length): CaseReader {
  const reader = new CaseReader(7, 'client', run);
  for (let at = 0; at < text.length; at += size) reader.push(text.slice(at, at + size));
  return reader;
}

const whole = [
  '~7 S -2 12 (None,)',
  '~7 S -1 340 (None,)',
  "~7 S 0 5 (b'ping\\n',)",
  '~7 S 1 0 (2,)',
  '~7 Z (90000, 88000)',
  '',
].join('\n');

describe('the lines of a case', () => {
  test.for([1, 3, 1000])('come in chunks of %i characters', (size) => {
    const outcome = outcomeOf('client', run, read(whole, size), null, null);
    expect(outcome).toMatchObject({ completed: true, wrapMs: 340, heapBefore: 90_000, heapAfter: 88_000 });
    expect(outcome.steps.map(({ step, value }) => [step, value])).toEqual([
      ['readline', new TextEncoder().encode('ping\n')],
      ['sum', 2],
    ]);
  });

  test('stand among what the program and the firmware print', () => {
    const noisy = whole.replace('~7 S 0', 'I (812) wifi: state~7 S 0').replace('~7 Z', '~6 Z (1, 1)\nno line end~7 Z');
    expect(outcomeOf('client', run, read(noisy), null, null)).toMatchObject({ completed: true, heapBefore: 90_000 });
  });

  test('name an exception with its arguments', () => {
    const text = "~7 S -2 1 (None,)\n~7 E -1 9 OSError (-30336, 'MBEDTLS_ERR_SSL_CA_CHAIN_REQUIRED')\n~7 Z (1, 1)\n";
    const { wrap, completed, error } = outcomeOf('client', run, read(text), null, null);
    expect(completed).toBe(false);
    expect(wrap.error).toEqual(error);
    expect(error).toEqual({
      type: 'OSError',
      args: [-30336, 'MBEDTLS_ERR_SSL_CA_CHAIN_REQUIRED'],
      errno: -30336,
      errnoName: 'MBEDTLS_ERR_SSL_CA_CHAIN_REQUIRED',
    });
  });

  test.for([
    [-116, 'ETIMEDOUT'],
    [116, 'ETIMEDOUT'],
    [-104, 'ECONNRESET'],
    [-29184, 'MBEDTLS_ERR_SSL_INVALID_RECORD'],
  ] as const)('give errno %i the name %s', ([errno, name]) => {
    const { error } = outcomeOf('client', run, read(`~7 S -2 1 (None,)\n~7 E -1 9 OSError (${errno},)\n`), null, null);
    expect(error).toMatchObject({ errno, errnoName: name });
  });

  test('what the board calls its number counts: newlib and Linux differ', () => {
    const named = (name: string) => `~7 S -2 1 (None,)\n~7 M ${name}\n~7 E -1 9 OSError (-113,)\n`;
    const name = (text: string) => outcomeOf('client', run, read(text), null, null).error?.errnoName;
    expect(name(named('ECONNABORTED'))).toBe('ECONNABORTED');
    expect(name(named('EHOSTUNREACH'))).toBe('EHOSTUNREACH');
    // What Mbed TLS called it comes first: this is no EPERM.
    const generic = named('EPERM').replace('(-113,)', "(1, 'MBEDTLS_ERR_ERROR_GENERIC_ERROR')");
    expect(name(generic)).toBe('MBEDTLS_ERR_ERROR_GENERIC_ERROR');
    // An unknown number has no name there.
    expect(name(named('None').replace('-113', '-29184'))).toBe('MBEDTLS_ERR_SSL_INVALID_RECORD');
  });

  test('a socket that did not connect is no wrap', () => {
    const { wrap, steps } = outcomeOf('client', run, read('~7 E -2 9 OSError (111,)\n~7 Z (1, 1)\n'), null, null);
    expect(wrap).toMatchObject({ step: 'connect', error: { errnoName: 'ECONNREFUSED' } });
    expect(steps).toEqual([]);
  });

  test('what is no literal stands as its repr', () => {
    const { steps } = outcomeOf('client', run, read('~7 S -1 1 (None,)\n~7 S 0 1 (<SSLSocket>,)\n'), null, null);
    expect(steps[0]?.value).toBe('<SSLSocket>');
  });

  test('a crash belongs to the step that was under way', () => {
    const outcome = outcomeOf('client', run, read('~7 S -2 1 (None,)\n~7 S -1 1 (None,)\n'), null, {
      text: 'Guru Meditation',
    });
    expect(outcome).toMatchObject({ completed: false, error: null, crash: 'Guru Meditation', crashedIn: 'readline' });
  });
});
