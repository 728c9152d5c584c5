import { isAbsolute, join, relative } from 'node:path';
import type { Command, CommandValue } from '../command.ts';
import { CliError } from '../errors.ts';

function text(value: CommandValue): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** Names of profiles, however they were typed: repeated, with commas, or as positional arguments. */
function names(value: CommandValue, positionals: readonly string[]): string[] {
  const typed = [...(Array.isArray(value) ? value : []), ...positionals];
  return typed.flatMap((one) => String(one).split(',')).filter((one) => one !== '');
}

/** `wirewrap certs`: writes the certificates of the table, or says what one of them is. */
export const certsCommand: Command = {
  name: 'certs',
  summary: 'Make good and deliberately bad certificates, or explain one.',
  positionals: '[PROFILE …]',
  options: {
    out: { type: 'string', placeholder: 'FOLDER', description: 'Where to write (default: certs).' },
    profile: {
      type: 'string',
      multiple: true,
      placeholder: 'NAME',
      description: 'Only this profile; may be repeated.',
    },
    host: {
      type: 'string',
      placeholder: 'NAME',
      description: 'Host name or address that the leaf is for (default: board.test).',
    },
    key: { type: 'string', placeholder: 'KIND', description: 'Kind of key: p-256 (default), rsa-2048, …' },
    explain: {
      type: 'string',
      placeholder: 'NAME',
      description: 'Print what a profile is and the openssl commands that show it.',
    },
    list: { type: 'boolean', description: 'List the profiles.' },
  },
  notes: [
    'Example: wirewrap certs --profile=expired --out=certs',
    'Exit code 2: there is no such profile, or the folder cannot be written.',
  ],
  async run({ values, positionals, stdout }) {
    const { createPki, explainProfile, KEY_KINDS, listProfiles, writeCertificates } = await import('@wirewrap/certgen');
    const out = text(values.out) ?? 'certs';
    const host = text(values.host);
    const explain = text(values.explain);
    if (explain !== undefined) {
      stdout.write(explainProfile(explain, { folder: out, host }));
      return 0;
    }
    if (values.list === true) {
      stdout.write(listProfiles());
      return 0;
    }
    const key = KEY_KINDS.find((kind) => kind === values.key);
    if (values.key !== undefined && key === undefined) {
      throw new CliError('BAD_USAGE', `--key=${values.key} is no kind of key: use one of ${KEY_KINDS.join(', ')}.`);
    }
    const folder = isAbsolute(out) ? out : join(process.cwd(), out);
    const chosen = names(values.profile, positionals);
    const profiles = chosen.length === 0 ? undefined : chosen;
    const written = await writeCertificates({ pki: createPki(), out: folder, profiles, host, key });
    const shown = relative(process.cwd(), written.out) || '.';
    const count = written.profiles.length === 1 ? '1 profile' : `${written.profiles.length} profiles`;
    stdout.write(
      `${count}, ${written.files} files in ${shown}: see ${join(shown, 'README.md')} and ${join(shown, 'index.json')}.\n`,
    );
    return 0;
  },
};
