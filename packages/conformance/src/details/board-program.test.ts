import type { BoardRun } from '@wirewrap/tls-lab';
import { expect, test } from 'vitest';
import { boardProgram } from './board-program.ts';

const lines = (role: 'client' | 'server', run?: BoardRun): string[] => boardProgram({ role, run }).split('\n');

test('a client with default arguments', () => {
  expect(lines('client')).toEqual([
    'import socket, ssl',
    '',
    'sock = socket.socket()',
    'sock.connect(socket.getaddrinfo(HOST, PORT)[0][-1])',
    'wrapped = ssl.wrap_socket(sock)',
    "wrapped.write(b'ping\\n')",
    'print(wrapped.readline())',
    'wrapped.close()',
  ]);
});

test('numbers of cert_reqs get their names, long bytes come from files', () => {
  const args = { cert_reqs: 2, cadata: new Uint8Array(500), server_hostname: "it's" };
  expect(lines('client', { args, timeout: 2 })).toContain(
    "wrapped = ssl.wrap_socket(sock, cert_reqs=ssl.CERT_REQUIRED, cadata=open('cadata.der', 'rb').read(), server_hostname='it\\'s')",
  );
});

test('a context gets what is its own by its methods', () => {
  const run: BoardRun = {
    api: 'tls.SSLContext',
    args: { cert_reqs: 2, cadata: new Uint8Array(500), server_hostname: 'board.test' },
    context: ['ctx.verify_callback = None'],
    steps: [{ do: 'python', name: 'x', source: 'calls' }],
  };
  expect(lines('client', run)).toEqual([
    'import socket, ssl, tls',
    '',
    'sock = socket.socket()',
    'sock.connect(socket.getaddrinfo(HOST, PORT)[0][-1])',
    'ctx = tls.SSLContext(tls.PROTOCOL_TLS_CLIENT)',
    'ctx.verify_mode = ssl.CERT_REQUIRED',
    "ctx.load_verify_locations(cadata=open('cadata.der', 'rb').read())",
    'ctx.verify_callback = None',
    "wrapped = ctx.wrap_socket(sock, server_hostname='board.test')",
    'calls',
  ]);
});

test('a server, and no key in the text', () => {
  const key = new Uint8Array(121).fill(7);
  const text = boardProgram({ role: 'server', run: { args: { key, cert: new Uint8Array(300) } } });
  expect(text).toContain("ssl.wrap_socket(sock, server_side=True, key=open('key.der', 'rb').read()");
  expect(text).toContain('sock, peer = listener.accept()');
});

test.for([20, 48, 64])('a key of %i bytes is not written out either', (length) => {
  const text = boardProgram({ role: 'server', run: { args: { key: new Uint8Array(length).fill(65) } } });
  expect(text).not.toContain('AAAA');
});
