import { type Fingerprints, fingerprintsOf, type Handshake } from '@wirewrap/tls-lab';
import { CannotJudge } from '../errors.ts';
import { type Judgement, requireWire } from './judgement.ts';
import { fits, show } from './names.ts';
import { boardHello } from './wire.ts';

/** JA3 (32 hex digits) or JA4 (`t12d…_…_…`) as text, a pattern over JA4, or the fields. */
export type ExpectedFingerprint = string | RegExp | { readonly [name in keyof Fingerprints]?: string | RegExp };

/** The fingerprint of the board's ClientHello. */
export function judgeFingerprint(
  handshake: Handshake,
  equals: (a: unknown, b: unknown) => boolean,
  wanted: ExpectedFingerprint,
): Judgement {
  const own = fingerprintsOf(boardHello(requireWire(handshake)));
  const fields = fieldsOf(wanted);
  const same = (name: keyof Fingerprints) => fields[name] === undefined || fits(own[name], fields[name], equals);
  return {
    pass: same('ja3') && same('ja4'),
    expected: `make the board's ClientHello have the fingerprint ${show(wanted)}`,
    actual: `it has JA3 ${own.ja3} and JA4 ${own.ja4}`,
  };
}

function fieldsOf(wanted: ExpectedFingerprint): Exclude<ExpectedFingerprint, string | RegExp> {
  if (wanted instanceof RegExp) return { ja4: wanted };
  if (typeof wanted !== 'string') return wanted;
  if (/^[0-9a-f]{32}$/.test(wanted)) return { ja3: wanted };
  if (/^[tq]\w{9}_[0-9a-f]{12}_[0-9a-f]{12}$/.test(wanted)) return { ja4: wanted };
  throw new CannotJudge(
    `'${wanted}' is neither a JA3 (32 hex digits) nor a JA4 (such as t13d1516h2_8daaf6152771_02713d6af862).`,
  );
}
