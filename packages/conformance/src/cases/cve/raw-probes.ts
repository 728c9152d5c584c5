import { randomBytes } from 'node:crypto';
import type { ParsedClientHello } from '@wirewrap/tls-lab';
import type { Unavailable } from '../../observation/not-observed.ts';
import type { CaseBench } from '../conformance-case.ts';
import { HOST } from '../handshake-case.ts';
import { type RawConnection, type Reaction, talkRaw } from '../raw/raw-server.ts';
import { handshakeRecord, helloRetryRequest, serverHello, signedFlight } from '../raw/server-messages.ts';

/** A client that validates nothing gets furthest. */
const RUN = { args: { server_hostname: HOST }, steps: [] } as const;

const TLS13_SUITES: readonly number[] = [0x1301, 0x1302, 0x1303];

/** Groups that a client may leave out, named in the registry of TLS. */
const CANDIDATE_GROUPS: readonly number[] = [0x0100, 0x001e, 0x0016, 0x001a, 0x0015, 0x0018];

/** Signature schemes of TLS 1.2 that few clients still offer: ECDSA with SHA-224 and with SHA-1. */
const OLD_SIGNATURES = [
  { hash: 'sha224', scheme: 0x0303 },
  { hash: 'sha1', scheme: 0x0203 },
] as const;

const NO_TLS13: Unavailable = { unavailable: 'the ClientHello offers no TLS 1.3' };

const numbers = (list: ParsedClientHello['groups']): number[] => list.map(({ number }) => number);

function tls13Suite({ versions, cipherSuites }: ParsedClientHello): number | null {
  if (!versions.includes('TLSv1.3')) return null;
  return TLS13_SUITES.find((suite) => numbers(cipherSuites).includes(suite)) ?? null;
}

/** What a board says to the answer that `make` gives to its ClientHello; null where it has no answer. */
async function reactionTo(
  bench: CaseBench,
  make: (hello: ParsedClientHello) => Uint8Array | null,
): Promise<Reaction | null> {
  const { said } = await talkRaw(bench, RUN, async (peer: RawConnection) => {
    const answer = make(peer.hello);
    if (answer === null) return null;
    peer.send(answer);
    return await peer.reaction();
  });
  return said;
}

/** A HelloRetryRequest with a group that was offered, then with one that was not. */
export async function retryWithForeignGroup(bench: CaseBench): Promise<unknown> {
  const retry = (choose: (offered: readonly number[]) => number | undefined) => (hello: ParsedClientHello) => {
    const [suite, group] = [tls13Suite(hello), choose(numbers(hello.groups))];
    if (suite === null || group === undefined) return null;
    return handshakeRecord(helloRetryRequest(hello.sessionId, suite, group));
  };
  // A share is sent for the first group alone.
  const control = await reactionTo(
    bench,
    retry(([, second]) => second),
  );
  if (control === null) return NO_TLS13;
  const foreign = retry((offered) => CANDIDATE_GROUPS.find((group) => !offered.includes(group)));
  const reaction = await reactionTo(bench, foreign);
  if (reaction === null) return { unavailable: 'the ClientHello offers every group that was to be tried' };
  return { control, reaction };
}

/** A ServerHello that says TLS 1.3 in legacy_version alone: a client must not take it for TLS 1.3. */
export async function helloWithoutKeyShare(
  bench: CaseBench,
  random: (length: number) => Buffer = randomBytes,
): Promise<unknown> {
  const says = (legacyVersion: number) => (hello: ParsedClientHello) => {
    const cipherSuite = tls13Suite(hello);
    if (cipherSuite === null || !hello.versions.includes('TLSv1.2')) return null;
    const { sessionId } = hello;
    return handshakeRecord(serverHello({ legacyVersion, random: random(32), sessionId, cipherSuite, extensions: [] }));
  };
  const control = await reactionTo(bench, says(0x0305));
  if (control === null) return NO_TLS13;
  return { control, reaction: await reactionTo(bench, says(0x0304)) };
}

/** A ServerKeyExchange with a signature scheme that was offered, then with those that were not. */
export async function foreignSignature(bench: CaseBench): Promise<unknown> {
  const bundle = await bench.pki.certificate('good');
  const control = await reactionTo(bench, ({ random }) =>
    signedFlight(bundle, random, { hash: 'sha256', scheme: 0x0403 }),
  );
  const reactions: Reaction[] = [];
  for (const signature of OLD_SIGNATURES) {
    const reaction = await reactionTo(bench, ({ random, signatureAlgorithms }) =>
      numbers(signatureAlgorithms).includes(signature.scheme) ? null : signedFlight(bundle, random, signature),
    );
    if (reaction !== null) reactions.push(reaction);
  }
  if (reactions.length === 0) return { unavailable: 'the ClientHello offers every scheme that was to be tried' };
  // A library without the hash stops for that reason: one scheme that is taken shows enough.
  return { control, reaction: reactions.find((name) => name === 'client_key_exchange') ?? reactions[0] };
}
