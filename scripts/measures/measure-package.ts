import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { repositoryFiles } from '../check/source-files.ts';
import { unusedExports } from '../check/unused-exports.ts';
import { betweenFloors, circles, importsOf, sourceFiles } from '../import-graph.ts';
import { functionLengths } from './function-lengths.ts';

/** How a package's `src` is built, tests apart. */
export interface PackageMeasures {
  readonly name: string;
  readonly files: number;
  readonly lines: number;
  readonly functions: number;
  /** Lines of a function: half of them are no longer, nine of ten are no longer, none is longer. */
  readonly medianLines: number;
  readonly p90Lines: number;
  readonly maxLines: number;
  /** Folders, and files directly in `src`, that import each other in circles. */
  readonly knottedFloors: number;
  /** Groups of files that import each other in a circle. */
  readonly fileCircles: number;
  /** Exported values that no other file names. */
  readonly unusedExports: number;
}

/**
 * Measures one package of a checkout, by its files alone: nothing of it is run.
 *
 * @param repository the folder that holds `packages`
 * @param name folder of the package, such as `tls-lab`
 * @param files all of the checkout, in which an exported name may be used
 * @example measurePackage('.', 'certgen', repositoryFiles('.')).maxLines;
 */
export function measurePackage(
  repository: string,
  name: string,
  files: ReturnType<typeof repositoryFiles>,
): PackageMeasures {
  const source = join(repository, 'packages', name, 'src');
  const texts = sourceFiles(source).map((file) => readFileSync(join(source, file), 'utf8'));
  const lengths = texts.flatMap(functionLengths).sort((a, b) => a - b);
  const imports = importsOf(source);
  const at = (share: number): number => lengths[Math.floor((lengths.length - 1) * share)] ?? 0;
  return {
    name,
    files: texts.length,
    lines: texts.reduce((sum, text) => sum + text.split('\n').length - 1, 0),
    functions: lengths.length,
    medianLines: at(0.5),
    p90Lines: at(0.9),
    maxLines: at(1),
    knottedFloors: circles(betweenFloors(imports)).flat().length,
    fileCircles: circles(imports).length,
    unusedExports: unusedExports(files.sources, files.others).filter((each) => each.startsWith(`packages/${name}/`))
      .length,
  };
}
