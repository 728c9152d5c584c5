import { runScript, UsageError } from '../options.ts';

/** `pnpm bench NAME [--json FILE]`: measures one part of the project against a peer, in one run. */
const benchmarks = {
  cli: './cli.ts',
  repl: './repl.ts',
  certs: './certs.ts',
  suite: './suite.ts',
  case: './case.ts',
  tap: './tap.ts',
  install: './install.ts',
  detect: './detect.ts',
  lab: './lab.ts',
  labgrid: './labgrid.ts',
} as const;

interface Benchmark {
  run(args: readonly string[]): Promise<void>;
}

function isBenchmark(name: string | undefined): name is keyof typeof benchmarks {
  return name !== undefined && Object.hasOwn(benchmarks, name);
}

await runScript('bench', async () => {
  const [name, ...args] = process.argv.slice(2).filter((word) => word !== '--');
  if (!isBenchmark(name)) {
    const what = name ? `There is no benchmark '${name}'` : 'Name a benchmark';
    throw new UsageError(`${what}; choose one of ${Object.keys(benchmarks).join(', ')}.`);
  }
  const benchmark = (await import(benchmarks[name])) as Benchmark;
  await benchmark.run(args);
});
