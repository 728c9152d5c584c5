import { access, readFile } from 'node:fs/promises';
import { execa } from 'execa';
import { debug, instead } from '../debug.ts';
import { VirtualBoardError } from '../errors.ts';

/** A suite on the mirror that this machine already uses. */
export interface AptSource {
  readonly distribution: 'debian' | 'ubuntu';
  readonly suite: string;
  /** One line of a sources.list. */
  readonly line: string;
}

/** Suites tried in this order when the user names none; the first that has a usable package wins. */
const SUITES = {
  debian: { suites: ['trixie', 'forky'], component: 'main', keyring: '/usr/share/keyrings/debian-archive-keyring.gpg' },
  // noble's 1.22 has no `tls`.
  ubuntu: {
    suites: ['resolute', 'questing', 'plucky'],
    component: 'universe',
    keyring: '/usr/share/keyrings/ubuntu-archive-keyring.gpg',
  },
} as const;

const REMEDY = `install MicroPython's unix port (1.24 or later) and set WIREWRAP_MICROPYTHON to it`;

/** Where the package may come from, by the machine's own apt sources: no mirror's address is known here. */
export async function packageSources(suite: string | undefined): Promise<readonly AptSource[]> {
  const release = await readFile('/etc/os-release', 'utf8').catch((error: unknown) => {
    debug('the system does not say what it is: %s', error);
    return '';
  });
  const id = field(release, 'ID');
  if (id !== 'debian' && id !== 'ubuntu') {
    throw new VirtualBoardError(
      'NO_MICROPYTHON',
      `There is no micropython on PATH and this system (${id || 'unknown'}) is not Debian or Ubuntu, whose package could be fetched: ${REMEDY}.`,
    );
  }
  const { suites, component, keyring } = SUITES[id];
  const mirror = await ownMirror(field(release, 'VERSION_CODENAME'));
  const signed = (await exists(keyring)) ? `[signed-by=${keyring}] ` : '';
  return (suite === undefined ? suites : [suite]).map((name) => ({
    distribution: id,
    suite: name,
    line: `deb ${signed}${mirror} ${name} ${component}`,
  }));
}

async function ownMirror(codename: string): Promise<string> {
  const result = await execa('apt-get', ['indextargets', '--format', '$(REPO_URI)|$(RELEASE)|$(COMPONENT)'], {
    reject: false,
    timeout: 20_000,
  });
  const targets = (result.stdout ?? '').split('\n').map((line) => line.split('|'));
  const own =
    targets.find(([, release, component]) => release === codename && component === 'main') ??
    targets.find(([, , component]) => component === 'main');
  if (own?.[0]) return own[0];
  throw new VirtualBoardError(
    'NO_MICROPYTHON',
    `There is no micropython on PATH and apt has no source of this distribution's to fetch it from (see /etc/apt/sources.list.d): ${REMEDY}.`,
  );
}

function field(release: string, name: string): string {
  return new RegExp(`^${name}="?([^"\\n]*)"?$`, 'm').exec(release)?.[1] ?? '';
}

async function exists(path: string): Promise<boolean> {
  return await access(path).then(() => true, instead(false, `looking for ${path}`));
}
