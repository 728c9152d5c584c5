import { existsSync, statSync } from 'node:fs';
import * as nodeModule from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ignored } from '../debug.ts';
import { CliError } from '../errors.ts';
import { workspaceRoot } from '../repository.ts';
import type { WirewrapConfig } from './wirewrap-config.ts';

/** Reads the configuration: WIREWRAP_CONFIG, else `wirewrap.config.ts` here or in the repository; none is fine. */
export async function loadConfig(env: Readonly<Record<string, string | undefined>>): Promise<WirewrapConfig> {
  const path = findConfig(env);
  if (path === null) return { boards: {} };
  let loaded: { default?: unknown };
  try {
    resolveOurselves();
    loaded = await import(pathToFileURL(path).href);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CliError('BAD_CONFIG', `${path} could not be loaded: ${reason.replace(/\.$/, '')}.`, { cause });
  }
  // Loaded where there is a configuration: a command without one starts sooner.
  const { findProblem } = await import('./config-problem.ts');
  const problem = findProblem(loaded.default);
  if (problem) throw new CliError('BAD_CONFIG', `${path}: ${problem} (docs/boards.md lists the fields).`);
  return loaded.default as WirewrapConfig;
}

function findConfig(env: Readonly<Record<string, string | undefined>>): string | null {
  if (env.WIREWRAP_CONFIG) {
    const path = resolve(env.WIREWRAP_CONFIG);
    if (statSync(path, { throwIfNoEntry: false })?.isFile()) return path;
    throw new CliError('BAD_CONFIG', `WIREWRAP_CONFIG names ${path}, and there is no such file.`);
  }
  const candidates = [process.cwd(), workspaceRoot].map((folder) => join(folder, 'wirewrap.config.ts'));
  return candidates.find((path) => existsSync(path)) ?? null;
}

let resolving = false;

/** `import { defineConfig } from 'wirewrap'` works wherever the file lies: in a runner's home there is no such package. */
function resolveOurselves(): void {
  // Node before 22.15 has no hooks in its own thread: there the file must lie within the repository.
  if (resolving || !nodeModule.registerHooks) return;
  resolving = true;
  const ours = import.meta.resolve('wirewrap');
  nodeModule.registerHooks({
    resolve(specifier, context, nextResolve) {
      if (specifier !== 'wirewrap') return nextResolve(specifier, context);
      try {
        return nextResolve(specifier, context);
      } catch (error) {
        ignored('resolving wirewrap from the configuration')(error);
        return nextResolve(ours, context);
      }
    },
  });
}
