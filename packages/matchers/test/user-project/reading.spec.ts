import { CERT_REQUIRED, describe, expect, test } from '@wirewrap/matchers';

describe('a board as TLS client', () => {
  test('completes with default arguments', async ({ tls }) => {
    const handshake = await tls.connect({ maxVersion: 'TLSv1.2' });
    expect(handshake).toComplete();
    expect(handshake).toNegotiate('TLSv1.2');
    expect(handshake).toNegotiate({ version: 'TLS 1.2', cipher: /^ECDHE-ECDSA/ });
    expect(handshake).not.toNegotiate('TLSv1.3');
    expect(handshake).not.toOfferServerName();
    expect(handshake).toOfferServerName(null);
    expect(handshake).not.toFailOnBoard();
    expect(handshake).not.toSendAlert();
    expect(handshake).not.toCrash();
    expect(handshake).toCloseWith('fin');
    expect(handshake).toCloseWith({ how: 'FIN', by: 'board', closeNotify: { board: false } });
    expect(handshake).toOffer({ version: 'TLSv1.2', group: 'secp256r1' });
  });

  test('trusts any certificate by default', async ({ tls, pki }) => {
    const handshakes = [];
    for (const profile of ['self-signed', 'expired', 'untrusted-ca'] as const) {
      handshakes.push(await tls.connect({ certificate: await pki.certificate(profile) }));
    }
    expect(handshakes).toTrustAnyCertificate();
    expect(handshakes[0]).toTrustAnyCertificate();
  });

  test('refuses an expired certificate when it is told to check', async ({ tls, pki }) => {
    const certificate = await pki.certificate('expired');
    const handshake = await tls.connect(
      { certificate },
      {
        args: {
          cert_reqs: CERT_REQUIRED,
          cadata: certificate.ca.der,
          server_hostname: certificate.host,
        },
      },
    );
    expect(handshake).not.toComplete();
    expect(handshake).toFailOnBoard('ValueError');
    expect(handshake).toFailOnBoard(/expired/);
    expect(handshake).toFailOnBoard({ type: 'ValueError', errno: null, message: 'has expired', step: 'wrap' });
    expect(handshake).not.toFailOnBoard({ type: 'OSError', errno: -9984 });
    expect(handshake).toSendAlert('certificate_expired');
    expect(handshake).toSendAlert(45);
    expect(handshake).toSendAlert({ name: 'certificate expired', level: 'fatal' });
    expect(handshake).toOfferServerName(certificate.host);
    expect(handshake).toOfferServerName(/^board\./);
    expect(handshake).not.toTrustAnyCertificate();
  });
});

test('a board as TLS server', async ({ tls, pki }) => {
  const certificate = await pki.certificate('good');
  const handshake = await tls.serve({ certificate }, { serverName: certificate.host });
  expect(handshake).toComplete();
  await expect(tls.serve({})).resolves.toFailOnBoard({ type: 'OSError' });
  await expect(tls.serve({})).resolves.toSendAlert('handshake_failure');
});

test('the fixtures are there', async ({ board, network, endpoint }) => {
  expect(await board.evaluate('1 + 1')).toBe(2);
  expect(network.hostAddress).toBe('127.0.0.1');
  expect(endpoint.connect).toBeTypeOf('function');
});
