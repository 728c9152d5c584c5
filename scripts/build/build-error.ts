/** What is wrong with a package, in sentences. */
export class BuildError extends Error {
  override readonly name = 'BuildError';
}
