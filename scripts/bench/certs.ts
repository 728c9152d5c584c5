import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createPki, findProfile, PROFILES, ProfileBuilder } from '@wirewrap/certgen';
import { median } from '@wirewrap/conformance';
import { readOptions } from '../options.ts';
import { writeJson } from '../write-json.ts';

const execute = promisify(execFile);

interface Row {
  readonly what: string;
  readonly maker: string;
  /** Median, milliseconds. */
  readonly ms: number;
  readonly runs: number;
  /** Time of this maker divided by certgen's. */
  readonly ratio: number | null;
}

const leafRuns = 25;
const tableRuns = 5;
const kinds = ['p-256', 'rsa-2048'] as const;
type Kind = (typeof kinds)[number];

const opensslKey: Readonly<Record<Kind, readonly string[]>> = {
  'p-256': ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256'],
  'rsa-2048': ['-newkey', 'rsa:2048'],
};

/** `pnpm bench certs [--json FILE]`: certgen beside the openssl command and mkcert, in one run on one machine. */
export async function run(args: readonly string[]): Promise<void> {
  const json = (await readOptions(args, { json: { kind: 'output' } })).text('json');
  const folder = await mkdtemp(join(tmpdir(), 'wirewrap-bench-'));
  try {
    const rows = [...(await leaves(folder)), ...(await wholeTable(folder))];
    const report = {
      cores: availableParallelism(),
      node: process.version,
      openssl: await version(),
      profiles: PROFILES.length,
      rows,
    };
    print(report);
    await writeJson(json, report);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** One leaf with a new key, signed by an authority that is there already. Makers take turns: the machine is the same. */
async function leaves(folder: string): Promise<Row[]> {
  const rows: Row[] = [];
  for (const kind of kinds) {
    const makers: Record<string, (turn: number) => Promise<unknown>> = {
      certgen: certgenLeaf(join(folder, kind), kind),
    };
    if (await works('openssl', 'version')) makers.openssl = await opensslLeaf(folder, kind);
    if (await works('mkcert', '-version')) makers.mkcert = await mkcertLeaf(folder, kind);
    const times = await takeTurns(makers, leafRuns);
    rows.push(...compared(`one leaf, ${kind}, with a new key`, times));
  }
  return rows;
}

function certgenLeaf(cacheFolder: string, kind: Kind) {
  const pki = createPki({ cacheFolder });
  const good = new ProfileBuilder(findProfile('good'));
  // A role of its own is a key of its own: nothing comes from the cache but the root.
  return (turn: number) =>
    pki.certificate(
      good.leaf((_, context) => ({ key: context.keyOf(`bench-${turn}`) })),
      { key: kind },
    );
}

/** What a shell script does: a key with a request, then a signature. */
async function opensslLeaf(folder: string, kind: Kind) {
  const at = (name: string) => join(folder, `${kind}-${name}`);
  const request = ['req', '-nodes', ...opensslKey[kind]];
  const root = [
    ...request,
    '-x509',
    '-days',
    '30',
    '-subj',
    '/CN=bench root',
    '-keyout',
    at('ca.key'),
    '-out',
    at('ca.pem'),
  ];
  await execute('openssl', root);
  const extensions = 'subjectAltName=DNS:board.test\nextendedKeyUsage=serverAuth\nkeyUsage=critical,digitalSignature\n';
  await writeFile(at('ext'), extensions);
  return async () => {
    await execute('openssl', [
      ...request,
      '-subj',
      '/CN=board.test',
      '-keyout',
      at('leaf.key'),
      '-out',
      at('leaf.csr'),
    ]);
    const issuer = [
      '-CA',
      at('ca.pem'),
      '-CAkey',
      at('ca.key'),
      '-CAcreateserial',
      '-days',
      '30',
      '-extfile',
      at('ext'),
    ];
    await execute('openssl', ['x509', '-req', '-in', at('leaf.csr'), ...issuer, '-out', at('leaf.pem')]);
  };
}

async function mkcertLeaf(folder: string, kind: Kind) {
  const env = { ...process.env, CAROOT: join(folder, 'mkcert') };
  const files = ['-cert-file', join(folder, 'mkcert.pem'), '-key-file', join(folder, 'mkcert.key')];
  const args = [...(kind === 'p-256' ? ['-ecdsa'] : []), ...files, 'board.test'];
  // The first run makes mkcert's authority (RSA-3072), which is not what is measured.
  await execute('mkcert', args, { env });
  return () => execute('mkcert', args, { env });
}

async function wholeTable(folder: string): Promise<Row[]> {
  const cold: number[] = [];
  const warm: number[] = [];
  for (let turn = 0; turn < tableRuns; turn += 1) {
    const cacheFolder = join(folder, `table-${turn}`);
    cold.push(await timed(() => makeAll(cacheFolder)));
    warm.push(await timed(() => makeAll(cacheFolder)));
  }
  const what = `the whole table (${PROFILES.length} profiles)`;
  return [
    { what: `${what}, cold: no cache`, maker: 'certgen', ms: median(cold), runs: tableRuns, ratio: null },
    {
      what: `${what}, warm: a new Pki on a full cache`,
      maker: 'certgen',
      ms: median(warm),
      runs: tableRuns,
      ratio: null,
    },
  ];
}

async function makeAll(cacheFolder: string): Promise<void> {
  const pki = createPki({ cacheFolder });
  await Promise.all(PROFILES.map(({ name }) => pki.certificate(name)));
}

async function takeTurns(makers: Readonly<Record<string, (turn: number) => Promise<unknown>>>, runs: number) {
  const times = Object.fromEntries(Object.keys(makers).map((name) => [name, [] as number[]]));
  for (const make of Object.values(makers)) await make(-1);
  for (let turn = 0; turn < runs; turn += 1) {
    for (const [name, make] of Object.entries(makers)) times[name]?.push(await timed(() => make(turn)));
  }
  return times;
}

function compared(what: string, times: Readonly<Record<string, readonly number[]>>): Row[] {
  const ours = median(times.certgen ?? []);
  return Object.entries(times).map(([maker, list]) => {
    const ms = median(list);
    return { what, maker, ms, runs: list.length, ratio: maker === 'certgen' ? null : ms / ours };
  });
}

async function timed(action: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await action();
  return performance.now() - start;
}

async function works(command: string, argument: string): Promise<boolean> {
  return execute(command, [argument]).then(
    () => true,
    () => false,
  );
}

async function version(): Promise<string> {
  return execute('openssl', ['version']).then(
    ({ stdout }) => stdout.trim(),
    () => 'missing',
  );
}

function print({
  cores,
  node,
  openssl,
  rows,
}: {
  cores: number;
  node: string;
  openssl: string;
  rows: readonly Row[];
}): void {
  console.log(`${cores} cores, Node ${node}, ${openssl}; medians`);
  for (const { what, maker, ms, ratio } of rows) {
    const beside = ratio === null ? '' : `  ${ratio.toFixed(1)} x certgen's time`;
    console.log(`${what.padEnd(62)}${maker.padEnd(9)}${ms.toFixed(2).padStart(10)} ms${beside}`);
  }
}
