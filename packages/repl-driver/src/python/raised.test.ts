import { describe, expect, test } from 'vitest';
import { errnoName, raisedError } from './raised.ts';

const traceback = (last: string) =>
  `Traceback (most recent call last):\r\n  File "<stdin>", line 3, in <module>\r\n  File "<stdin>", line 2, in f\r\n${last}\r\n`;

describe('the exception in a traceback', () => {
  const table: [string, object][] = [
    [
      'OSError: [Errno 116] ETIMEDOUT: ETIMEDOUT',
      { type: 'OSError', args: [116, 'ETIMEDOUT'], errno: 116, errnoName: 'ETIMEDOUT' },
    ],
    ['OSError: [Errno 2] ENOENT', { args: [2], errno: 2, errnoName: 'ENOENT' }],
    // Newlib's 113, which is EHOSTUNREACH on Linux: the firmware itself says what its number means.
    ['OSError: [Errno 113] ECONNABORTED', { args: [113], errno: 113, errnoName: 'ECONNABORTED' }],
    ['OSError: [Errno 113] EHOSTUNREACH', { args: [113], errno: 113, errnoName: 'EHOSTUNREACH' }],
    ['OSError: [Errno 112] EADDRINUSE', { args: [112], errno: 112, errnoName: 'EADDRINUSE' }],
    [
      'OSError: [Errno 1] EPERM: MBEDTLS_ERR_ERROR_GENERIC_ERROR',
      { args: [1, 'MBEDTLS_ERR_ERROR_GENERIC_ERROR'], errnoName: 'MBEDTLS_ERR_ERROR_GENERIC_ERROR' },
    ],
    ['OSError: -29312', { args: [-29312], errno: -29312, errnoName: 'MBEDTLS_ERR_SSL_CONN_EOF' }],
    [
      "OSError: (-9984, 'MBEDTLS_ERR_X509_CERT_VERIFY_FAILED')",
      {
        args: [-9984, 'MBEDTLS_ERR_X509_CERT_VERIFY_FAILED'],
        errno: -9984,
        errnoName: 'MBEDTLS_ERR_X509_CERT_VERIFY_FAILED',
      },
    ],
    // What the ESP32's own library answers, negated: 0x1102 and 0x105 are mbedTLS's numbers too.
    ["OSError: (-4354, 'ESP_ERR_NVS_NOT_FOUND')", { errno: -4354, errnoName: 'ESP_ERR_NVS_NOT_FOUND' }],
    ["OSError: (-261, 'ESP_ERR_NOT_FOUND')", { errno: -261, errnoName: 'ESP_ERR_NOT_FOUND' }],
    [
      "OSError: (-12289, \"0x3001 ESP_ERR_WIFI_NOT_INIT in function 'esp_initialise_wifi' at line 8 in file 'a.c'\")",
      { errno: -12289, errnoName: 'ESP_ERR_WIFI_NOT_INIT' },
    ],
    ['OSError: [Errno 116] ETIMEDOUT: ESP_ERR_TIMEOUT', { errno: 116, errnoName: 'ETIMEDOUT' }],
    ['OSError: -202', { errno: -202, errnoName: 'EAI_FAIL' }],
    ['Störung: x', { type: 'Störung', args: ['x'], message: 'Störung: x (<stdin>:2)' }],
    ['KeyboardInterrupt: ', { type: 'KeyboardInterrupt', args: [], errno: null }],
    ['ValueError: invalid key', { type: 'ValueError', args: ['invalid key'], errno: null, errnoName: null }],
    ['ValueError: two\r\nlines', { type: 'ValueError', args: ['two\nlines'] }],
  ];
  test.for(table)('%s', ([last, fields]) => {
    const error = raisedError({ traceback: traceback(last) });
    expect(error).toMatchObject(fields);
    expect(error.frames).toEqual([
      { file: '<stdin>', line: 3, name: '<module>' },
      { file: '<stdin>', line: 2, name: 'f' },
    ]);
  });

  test('a message that quotes another traceback has no frames of its own', () => {
    const quoted = 'x.py said:\r\nTraceback (most recent call last):\r\n  File "x.py", line 9, in g\r\nKeyError: 1';
    expect(raisedError({ traceback: traceback(`RuntimeError: ${quoted}`) })).toMatchObject({
      type: 'RuntimeError',
      args: [quoted.replaceAll('\r\n', '\n')],
      frames: [{ line: 3 }, { line: 2, name: 'f' }],
    });
  });

  test('a negative errno of a socket is no mbedTLS code', () => {
    expect(errnoName(-110)).toBe('ETIMEDOUT');
    expect(errnoName(-116)).toBe('ETIMEDOUT');
  });

  test('numbers that only newlib or both have get the name that the ESP32 means', () => {
    const names: [number, string][] = [
      [109, 'ENOPROTOOPT'],
      [112, 'EADDRINUSE'],
      [113, 'ECONNABORTED'],
      [-113, 'ECONNABORTED'],
      [118, 'EHOSTUNREACH'],
      [119, 'EINPROGRESS'],
      [125, 'EADDRNOTAVAIL'],
      [127, 'EISCONN'],
      [128, 'ENOTCONN'],
    ];
    for (const [number, name] of names) expect(errnoName(number)).toBe(name);
  });

  test('a sum of two mbedTLS codes has both names', () => {
    expect(errnoName(-17040)).toBe('MBEDTLS_ERR_RSA_PUBLIC_FAILED+MBEDTLS_ERR_MPI_ALLOC_FAILED');
  });
});
