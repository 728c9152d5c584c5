import { existsSync, globSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, test } from 'vitest';
import { parseArguments } from '../src/arguments.ts';
import { commands } from '../src/commands.ts';
import { workspaceRoot } from '../src/repository.ts';
import { parseVitestArguments } from '../src/test-run/vitest-arguments.ts';
import { cleanEnvironment, wirewrap } from './wirewrap.ts';

interface Block {
  readonly page: string;
  readonly language: string;
  readonly text: string;
}

const pages = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  ...(await readdir(join(workspaceRoot, 'docs'))).map((name) => join('docs', name)),
].filter((name) => name.endsWith('.md'));
const blocks = (await Promise.all(pages.map(readBlocks))).flat();

async function readBlocks(page: string): Promise<Block[]> {
  const text = await readFile(join(workspaceRoot, page), 'utf8');
  return [...text.matchAll(/^( *)```(\w*)\n([\s\S]*?)^\1```$/gm)].map(([, indent = '', language = '', body = '']) => ({
    page,
    language,
    text: body.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
  }));
}

/** Every line of a page that calls pnpm or the command itself, without the `npx …` in front. */
const lines = blocks
  .filter(({ language }) => language === 'sh' || language === '')
  .flatMap(({ page, text }) =>
    text
      .replaceAll('\\\n', ' ')
      .split('\n')
      .map((line) => ({ page, line: line.trim() })),
  )
  .map(({ page, line }) => ({
    page,
    line: line
      .replace(/^npx --yes -p node@24 -p pnpm@12 /, '')
      .replace(/^wirewrap /, 'pnpm exec wirewrap ')
      .replace(/\s+#.*$/, ''),
  }))
  .filter(({ line }) => line.startsWith('pnpm '));

const unique = [...new Map(lines.map((entry) => [entry.line, entry])).values()];

describe('every pnpm command of README and docs is one that exists', async () => {
  const { scripts } = JSON.parse(await readFile(join(workspaceRoot, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };

  test('there are some', () => {
    expect(unique.length).toBeGreaterThan(8);
  });

  test.for(unique)('$page: $line', async ({ line }) => {
    const [, ...words] = line.split(/\s+/);
    const name = words[0] === 'exec' || words[0] === 'run' ? words[1] : words[0];
    if (words[0] !== 'exec') expect(Object.keys(scripts), `package.json has a script ${name}`).toContain(name);
    const asTest = name === 'test' || name === 'start';
    if (!asTest && name !== 'wirewrap') return;
    const [command = '', ...args] = asTest ? ['test', ...words.slice(1)] : words.slice(2);
    if (command === '--help') return;
    expect(Object.keys(commands), `wirewrap has a command ${command}`).toContain(command);
    const loaded = await commands[command]?.();
    if (!loaded) throw new Error(`wirewrap ${command} cannot be loaded`);
    const parsed = parseArguments(loaded, args);
    if (loaded.passThrough) parseVitestArguments(parsed.rest);
  });
});

describe('the commands of our pages run on the virtual board as they stand there', () => {
  /** Some of the real cases, so that it takes seconds. */
  const few = ['module.test.ts', '-t', 'signature/keyword'];
  const runnable = [
    ['pnpm exec wirewrap boards', []],
    ['pnpm exec wirewrap doctor --board=/dev/ttyUSB0', []],
    ['pnpm exec wirewrap probe --board=/dev/ttyUSB0', []],
    ['pnpm test --board=/dev/ttyUSB0', few],
    ['pnpm test --board=/dev/ttyUSB0 --wait', few],
    ['pnpm test --board=/dev/ttyUSB0 --board=/dev/ttyUSB1', few],
    ['pnpm exec wirewrap report', []],
  ] as const;

  test.for(runnable)('%s', async ([line, extra]) => {
    expect(lines.map((entry) => entry.line)).toContain(line);
    const words = line.replace('pnpm exec wirewrap', '').replace('pnpm test', 'test').trim().split(' ');
    const args = words.map((word) =>
      word.replace('/dev/ttyUSB0', 'virtual').replace('/dev/ttyUSB1', 'virtual?latency=1'),
    );
    const { exitCode, all } = await wirewrap([...args, ...extra]);
    expect(exitCode, all).toBe(0);
  });
});

test.for(pages)('links of %s lead to files', async (page) => {
  const text = await readFile(join(workspaceRoot, page), 'utf8');
  const links = [...text.matchAll(/\]\(([^)#:\s]+)(?:#[^)]*)?\)/g)].map(([, target = '']) => target);
  for (const link of links) expect(existsSync(join(workspaceRoot, dirname(page), link)), link).toBe(true);
});

/** The anchors that GitHub gives the headings of a page. */
async function anchorsOf(page: string): Promise<string[]> {
  const text = (await readFile(join(workspaceRoot, page), 'utf8')).replaceAll(/```[\s\S]*?```/g, '');
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .trim()
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\- _]/gu, '')
      .replaceAll(' ', '-'),
  );
}

test.for(pages)('links of %s lead to headings', async (page) => {
  const text = await readFile(join(workspaceRoot, page), 'utf8');
  for (const [, target = '', anchor = ''] of text.matchAll(/\]\(([^)#:\s]*)#([^)\s]+)\)/g)) {
    const other = target === '' ? page : join(dirname(page), target);
    expect(await anchorsOf(other), `${other}#${anchor}`).toContain(anchor);
  }
});

test.for(pages)('%s names only files of the repository that exist', async (page) => {
  const text = await readFile(join(workspaceRoot, page), 'utf8');
  const named = [...text.matchAll(/(?<![\w./-])(?:fixtures|packages|scripts|docs|\.github|\.ci)\/[\w./*-]*[\w*]/g)];
  // What is made and not kept, such as the pages of the API.
  const ignored = (await readFile(join(workspaceRoot, '.gitignore'), 'utf8'))
    .split('\n')
    .map((line) => line.replaceAll(/^\/|\/$/g, ''));
  for (const [path] of named) {
    if (ignored.includes(path)) continue;
    const found = path.includes('*')
      ? globSync(path, { cwd: workspaceRoot }).length > 0
      : existsSync(join(workspaceRoot, path));
    expect(found, path).toBe(true);
  }
});

describe('the test of the README', () => {
  test('passes in a vitest project', async () => {
    const block = blocks.find(({ page, language }) => page === 'README.md' && language === 'ts');
    // Beside this file, so that the packages are found as in a project that depends on them.
    const folder = await mkdtemp(join(import.meta.dirname, 'fixtures', 'readme-'));
    try {
      await writeFile(join(folder, 'readme.test.ts'), block?.text ?? '');
      await writeFile(
        join(folder, 'vitest.config.ts'),
        'export default { test: { testTimeout: 30_000, hookTimeout: 60_000 } };\n',
      );
      const vitest = join(workspaceRoot, 'node_modules/vitest/vitest.mjs');
      const result = await execa(process.execPath, [vitest, 'run', '--root', folder], {
        env: cleanEnvironment({ NO_COLOR: '1' }),
        extendEnv: false,
        reject: false,
        all: true,
        stdin: 'ignore',
        timeout: 110_000,
      });
      expect(result.exitCode, result.all).toBe(0);
      expect(result.stdout).toMatch(/Tests\s+2 passed/);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
