import { expect, test } from '@wirewrap/matchers';

test('expects too much', async ({ tls }) => {
  const handshake = await tls.connect({}, { args: { server_hostname: 'board.test' } });
  expect(handshake).toNegotiate('TLSv1.1');
});

test('forgets the await', ({ tls }) => {
  // @ts-expect-error: the compiler sees it too
  expect(tls.connect({})).toComplete();
});

test('asks what cannot be judged', async ({ tls }) => {
  expect(await tls.connect({})).not.toTrustAnyCertificate();
});

test('names a field that does not exist', async ({ tls }) => {
  const handshake = await tls.connect({}, { args: { keyfile: 'x' } });
  // @ts-expect-error: the compiler sees it too
  expect(handshake).toFailOnBoard({ kind: 'TypeError' });
});

test('dies', async ({ tls }) => {
  const handshake = await tls.connect(
    {},
    { api: 'tls.SSLContext', args: { do_handshake: false, cert_reqs: 0 }, steps: [{ do: 'cipher' }] },
  );
  expect(handshake).toComplete();
});

test('goes on after that', async ({ tls }) => {
  expect(await tls.connect({})).toComplete();
});
