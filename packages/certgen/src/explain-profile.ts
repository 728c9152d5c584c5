import { isIP } from 'node:net';
import { join } from 'node:path';
import { Calendar } from './clock.ts';
import { DEFAULT_HOST } from './create-pki.ts';
import { findProfile } from './profiles/find-profile.ts';
import { PROFILES } from './profiles/index.ts';
import { mbedtlsReason, opensslReason } from './profiles/reasons.ts';
import type { TableProfile } from './recipe/certificate-profile.ts';
import { RecipeContext } from './recipe/recipe-context.ts';

export interface ExplainOptions {
  /** The folder that `wirewrap certs --out` writes to; the commands name it. Default `certs`. */
  readonly folder?: string;
  /** Default: the profile's own host. */
  readonly host?: string;
}

/**
 * What a profile is, who should refuse it and why, and the openssl commands that show it.
 *
 * @example console.log(explainProfile('expired', { folder: 'certs', host: 'board.test' }));
 * @throws CertgenError `UNKNOWN_PROFILE` when the table has no profile of that name.
 */
export function explainProfile(name: string, { folder = 'certs', host }: ExplainOptions = {}): string {
  const profile = findProfile(name);
  const { group, role = 'server', what, wrong, refuse, openssl, mbedtls, note } = profile;
  const handshake = openssl.handshake === undefined ? '' : `; in a handshake: ${opensslReason(openssl.handshake)}`;
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['What it is', `${what}.`],
    ['What is wrong', wrong === null ? 'Nothing.' : `${wrong}.`],
    ['Who should refuse it', refuse === null ? 'Nobody.' : `${refuse}.`],
    ['OpenSSL', `${opensslReason(openssl.verify)}${handshake}.`],
    ['mbedTLS', `${mbedtlsReason(mbedtls)}.`],
    ['Note', note],
  ];
  const lines = facts.flatMap(([label, text]) => (text === undefined ? [] : [`  ${`${label}:`.padEnd(22)}${text}`]));
  const commands = commandsFor(profile, join(folder, name), host ?? profile.host ?? DEFAULT_HOST, folder);
  return [
    `${name} (${group}, presented by a ${role})`,
    ...lines,
    '',
    'See for yourself:',
    ...commands.map((line) => `  ${line}`),
    '',
  ].join('\n');
}

function commandsFor(profile: TableProfile, folder: string, host: string, out: string): string[] {
  const file = (name: string) => join(folder, name);
  const { serve, crls = [] } = profile.recipe(new RecipeContext(host, 'p-256', new Calendar(0)));
  const sent = (option: string) => (serve.length === 0 ? '' : ` ${option} ${file('intermediates.pem')}`);
  const name = isIP(host) === 0 ? `-verify_hostname ${host}` : `-verify_ip ${host}`;
  const use = profile.role === 'client' ? '-purpose sslclient' : `-purpose sslserver ${name}`;
  const checks = (list: string) =>
    `-CAfile ${file('ca.pem')} ${use}${crls.length === 0 ? '' : ` -crl_check ${list} ${file('crl.pem')}`}`;
  const asked = host === (profile.host ?? DEFAULT_HOST) ? '' : ` --host ${host}`;
  const lines = [
    `wirewrap certs --profile ${profile.name} --out ${out}${asked}`,
    `openssl x509 -noout -text -in ${file('leaf.pem')}`,
    `openssl verify ${checks('-CRLfile')}${sent('-untrusted')} ${file('leaf.pem')}`,
  ];
  // Where the handshake says more than `openssl verify`.
  if (profile.openssl.handshake !== undefined) {
    const pair = `-cert ${file('leaf.pem')}${sent('-cert_chain')} -key ${file('key.pem')}`;
    lines.push(
      `openssl s_server -accept 127.0.0.1:4433 ${pair} -cipher ALL:@SECLEVEL=0 &`,
      `openssl s_client -connect 127.0.0.1:4433 -verify_return_error -cipher DEFAULT:@SECLEVEL=2 ${checks('-CRL')} </dev/null`,
    );
  }
  return lines;
}

/**
 * One line a profile: name and what it is.
 *
 * @example process.stdout.write(listProfiles());
 */
export function listProfiles(): string {
  const width = Math.max(...PROFILES.map(({ name }) => name.length));
  return PROFILES.map(({ name, what }) => `${name.padEnd(width)}  ${what}\n`).join('');
}
