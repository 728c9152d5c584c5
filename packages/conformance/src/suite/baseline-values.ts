import { readBaseline } from '../compare/update-baseline.ts';

const known = new Map<string, Promise<ReadonlyMap<string, unknown>>>();

async function read(path: string): Promise<ReadonlyMap<string, unknown>> {
  const { observations } = await readBaseline(path);
  return new Map(observations.map((item) => [item.case, item.value]));
}

/**
 * The values of a baseline by case, read once a run.
 *
 * @throws ConformanceError with the codes of `readBaseline`
 */
export function baselineValues(path: string): Promise<ReadonlyMap<string, unknown>> {
  const values = known.get(path) ?? read(path);
  known.set(path, values);
  return values;
}
