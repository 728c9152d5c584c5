/** `pnpm bench NAME [--json FILE]`: measures one part of the project against a peer, in one run. */
const benchmarks = {
  repl: './repl.ts',
  certs: './certs.ts',
  suite: './suite.ts',
  case: './case.ts',
  tap: './tap.ts',
} as const;

interface Benchmark {
  run(args: readonly string[]): Promise<void>;
}

function isBenchmark(name: string | undefined): name is keyof typeof benchmarks {
  return name !== undefined && Object.hasOwn(benchmarks, name);
}

const [name, ...args] = process.argv.slice(2);
if (!isBenchmark(name)) {
  console.error(
    `bench: ${name ? `there is no benchmark '${name}'` : 'name a benchmark'}; choose one of ${Object.keys(benchmarks).join(', ')}.`,
  );
  process.exit(2);
}
const benchmark = (await import(benchmarks[name])) as Benchmark;
await benchmark.run(args);
