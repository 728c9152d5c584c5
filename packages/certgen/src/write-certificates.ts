import { X509Certificate } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { CertificateBundle } from './certificate-bundle.ts';
import { clearFolder, prepareFolder, writeOut } from './files/out-folder.ts';
import { certificatesReadme } from './files/readme.ts';
import type { KeyKind } from './keys/key-kind.ts';
import { instead, log } from './log.ts';
import type { Pki } from './pki.ts';
import { findProfile } from './profiles/find-profile.ts';
import { PROFILES } from './profiles/index.ts';

/** Where certificates are written, and which. */
export interface WriteOptions {
  readonly pki: Pki;
  /** The folder that gets one folder a profile, README.md and index.json. */
  readonly out: string;
  /** Names of profiles. Default: the whole table. */
  readonly profiles?: readonly string[];
  readonly host?: string;
  readonly key?: KeyKind;
}

/** What was written to the folder. */
export interface WrittenCertificates {
  readonly out: string;
  readonly profiles: readonly string[];
  /** Count of the files, without README.md and index.json. */
  readonly files: number;
}

interface IndexEntry {
  readonly name: string;
  readonly [field: string]: unknown;
}

const SECRET_MODE = 0o600;

/**
 * Writes bundles for people and for other programs. Every file is written whole; files with a key have mode 0600.
 *
 * @example const { files } = await writeCertificates({ pki: createPki(), out: 'certs', profiles: ['good', 'expired'] });
 * @throws CertgenError `UNKNOWN_PROFILE` when a name is not in the table; `BAD_REQUEST` when the folder cannot be written.
 */
export async function writeCertificates({
  pki,
  out,
  profiles: names,
  host,
  key,
}: WriteOptions): Promise<WrittenCertificates> {
  const rows = names === undefined ? PROFILES : [...new Set(names)].map(findProfile);
  const entries: IndexEntry[] = [];
  let files = 0;
  await prepareFolder(out);
  for (const row of rows) {
    const bundle = await pki.certificate(row.name, { host, key });
    const contents = filesOf(bundle);
    const folder = join(out, row.name);
    await clearFolder(folder);
    for (const [name, { content, secret }] of Object.entries(contents)) {
      writeOut(join(folder, name), content, secret ? SECRET_MODE : 0o644);
    }
    files += Object.keys(contents).length;
    const { recipe: _, ...facts } = row;
    entries.push({ ...facts, role: bundle.role, host: bundle.host, ...validity(bundle), files: Object.keys(contents) });
  }
  writeOut(join(out, 'index.json'), `${JSON.stringify(await mergeIndex(out, entries), null, 2)}\n`);
  writeOut(join(out, 'README.md'), certificatesReadme());
  return { out, profiles: rows.map(({ name }) => name), files };
}

interface Content {
  readonly content: string | Uint8Array;
  readonly secret?: boolean;
}

function filesOf(bundle: CertificateBundle): Record<string, Content> {
  const joined = (files: readonly { readonly pem: string }[]) => files.map(({ pem }) => pem).join('');
  const contents: Record<string, Content> = {
    'leaf.pem': { content: bundle.leaf.pem },
    'leaf.der': { content: bundle.leaf.der },
    'chain.pem': { content: bundle.chainPem },
    'key.pem': { content: bundle.key.pem, secret: true },
    'key.der': { content: bundle.key.der, secret: true },
    'combined.pem': { content: bundle.combinedPem, secret: true },
    'ca.pem': { content: joined(bundle.anchors) },
    'ca.der': { content: bundle.ca.der },
  };
  if (bundle.intermediates.length > 0) contents['intermediates.pem'] = { content: joined(bundle.intermediates) };
  if (bundle.crls.length > 0) contents['crl.pem'] = { content: joined(bundle.crls) };
  if (bundle.pkcs12 !== undefined) contents['bundle.p12'] = { content: bundle.pkcs12.der, secret: true };
  for (const [index, { der }] of bundle.intermediates.entries())
    contents[`intermediate-${index + 1}.der`] = { content: der };
  // A key in a certificate's file is a key all the same.
  for (const [name, { content }] of Object.entries(contents)) {
    if (typeof content === 'string' && content.includes('PRIVATE KEY')) contents[name] = { content, secret: true };
  }
  if (bundle.leaf.der === bundle.key.der) contents['leaf.der'] = { content: bundle.leaf.der, secret: true };
  return contents;
}

/** When it is valid, as far as Node can read the leaf. */
function validity({ leaf }: CertificateBundle): { notBefore: string | null; notAfter: string | null } {
  try {
    const { validFromDate, validToDate } = new X509Certificate(leaf.der);
    return { notBefore: validFromDate.toISOString(), notAfter: validToDate.toISOString() };
  } catch (error) {
    log('the leaf has no dates that Node reads: %s', (error as Error).message);
    return { notBefore: null, notAfter: null };
  }
}

/** Earlier entries stay as long as their folders do. */
async function mergeIndex(out: string, entries: readonly IndexEntry[]): Promise<object> {
  const written = new Set(entries.map(({ name }) => name));
  const earlier = await readIndex(join(out, 'index.json'));
  const kept: IndexEntry[] = [];
  for (const entry of earlier) {
    if (!written.has(entry.name) && (await exists(join(out, entry.name)))) kept.push(entry);
  }
  const order = new Map<string, number>(PROFILES.map(({ name }, index) => [name, index]));
  const all = [...kept, ...entries].sort((a, b) => (order.get(a.name) ?? 0) - (order.get(b.name) ?? 0));
  return { schema: 1, profiles: all };
}

async function readIndex(path: string): Promise<readonly IndexEntry[]> {
  try {
    const { profiles } = JSON.parse(await readFile(path, 'utf8'));
    const known = (entry: IndexEntry) => PROFILES.some(({ name }) => name === entry?.name);
    return Array.isArray(profiles) ? profiles.filter(known) : [];
  } catch (error) {
    log('%s is written again: %s', path, (error as Error).message);
    return [];
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(() => true, instead(false, `looking for ${path}`));
}
