import type { ProbeReport, RoleReport, ValidationReport } from '../probe-report.ts';
import { type Grade, markOf, type Rule, type Subject } from './judgement.ts';
import { EXTENSION_RULES, GOOD_PROFILES, GROUP_RULES, SIGNATURE_RULES, SUITE_RULES, VERSION_RULES } from './rules.ts';

type Facts = Pick<ProbeReport, 'client' | 'server'>;

/** Every judgement on what a probe found, the worst first, otherwise in the order of the report. */
export function judgeProbe({ client, server }: Facts): Grade[] {
  const all = [
    ...judgeValidation(client.accepts),
    ...judgeRole('client', client),
    ...judgeExtensions(client.extensions ?? []),
    ...(server ? judgeRole('server', server) : []),
  ];
  const order = { bad: 0, weak: 1, good: 2 } as const;
  return all.sort((a, b) => order[a.mark] - order[b.mark]);
}

function judgeRole(role: Grade['role'], report: RoleReport): Grade[] {
  const each = (subject: Subject, rules: readonly Rule[], names: readonly string[]): Grade[] =>
    names.map((name) => ({ role, subject, name, ...markOf(rules, name) }));
  return [
    ...each('version', VERSION_RULES, report.versions),
    ...missing(role, report),
    ...each('cipher suite', SUITE_RULES, report.cipherSuites),
    ...each('group', GROUP_RULES, report.groups),
    ...each('signature', SIGNATURE_RULES, report.signatureAlgorithms),
  ];
}

/** What no name of a list shows: that something is not in it. */
function missing(role: Grade['role'], { versions, cipherSuites }: RoleReport): Grade[] {
  const found: Grade[] = [];
  if (versions.length > 0 && !versions.some((version) => version === 'TLSv1.2' || version === 'TLSv1.3')) {
    found.push({
      role,
      subject: 'version',
      name: 'no TLSv1.2',
      mark: 'bad',
      reason: 'RFC 9325 3.1.1 requires TLS 1.2',
    });
  }
  if (versions.includes('TLSv1.2') && !versions.includes('TLSv1.3')) {
    const reason = 'RFC 9325 3.1.1 wants TLS 1.3 supported';
    found.push({ role, subject: 'version', name: 'no TLSv1.3', mark: 'weak', reason });
  }
  if (cipherSuites.length > 0 && !cipherSuites.some(hasForwardSecrecy)) {
    const reason = 'who gets the key later reads everything that was recorded (RFC 9325 7.3)';
    found.push({ role, subject: 'cipher suite', name: 'no forward secrecy', mark: 'bad', reason });
  }
  return found;
}

function hasForwardSecrecy(suite: string): boolean {
  return /^TLS_(EC)?DHE_|^TLS_(AES|CHACHA20)_/.test(suite);
}

function judgeExtensions(numbers: readonly number[]): Grade[] {
  if (numbers.length === 0) return [];
  return EXTENSION_RULES.flatMap(({ number, name, present, absent }): Grade[] => {
    const has = numbers.includes(number);
    const verdict = has ? present : absent;
    return verdict ? [{ role: 'client', subject: 'extension', name: has ? name : `no ${name}`, ...verdict }] : [];
  });
}

/** A certificate that a careful client refuses, and this one took. */
function judgeValidation({ byDefault, withCertRequired, certRequired }: ValidationReport): Grade[] {
  const accepted = (
    subject: Extract<Subject, `certificate ${string}`>,
    profiles: readonly string[],
    reason: string,
  ): Grade[] =>
    profiles.map((name) =>
      GOOD_PROFILES.has(name)
        ? { role: 'client', subject, name, mark: 'good', reason: 'valid and trusted' }
        : { role: 'client', subject, name, mark: 'bad', reason },
    );
  const never: Grade[] = certRequired
    ? []
    : [
        {
          role: 'client',
          subject: 'certificate accepted with CERT_REQUIRED',
          name: 'no certificate',
          mark: 'bad',
          reason: 'certificates cannot be checked on this firmware',
        },
      ];
  return [
    ...accepted('certificate accepted by default', byDefault, 'anybody in the middle can read and change everything'),
    ...accepted('certificate accepted with CERT_REQUIRED', withCertRequired, 'a careful client refuses it'),
    ...never,
  ];
}
