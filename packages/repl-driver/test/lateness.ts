/** Later than a bare timer of the same length, which a busy machine holds up as much. */
export const ALLOWANCE_MS = 50;

export interface Outcome {
  /** What the call threw; undefined when it threw nothing. */
  readonly error: unknown;
  /** Milliseconds by which the call ended later than a bare timer that was set just before it; 0 when it was earlier. */
  readonly lateMs: number;
}

export async function lateness(ms: number, call: () => Promise<unknown>): Promise<Outcome> {
  let rangMs: number | null = null;
  const timer = setTimeout(() => {
    rangMs = performance.now();
  }, ms);
  const error = await call().then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  const lateMs = rangMs === null ? 0 : performance.now() - rangMs;
  clearTimeout(timer);
  return { error, lateMs };
}
