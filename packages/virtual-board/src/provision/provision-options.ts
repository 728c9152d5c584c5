/** `debian trixie`, `ubuntu resolute`: the distribution and the suite of a package. */
export type PackageSource = `${string} ${string}`;

/**
 * Which MicroPython: the `distribution`'s package, or one that is built from its sources with the options of an `esp32`.
 */
export type EngineName = 'distribution' | 'esp32';

/** Which MicroPython is provided, and where it is kept. */
export interface ProvisionOptions {
  /** Default `distribution`. An `esp32` engine is built once, which takes about a minute and needs a C compiler. */
  readonly engine?: EngineName;
  /** Debian (or Ubuntu) suite of the package; default `trixie` (for an `esp32` engine `forky`), on Ubuntu the newest that its own mirror offers. */
  readonly suite?: string;
  /** Gets what is being done, a line at a time. */
  readonly onProgress?: (message: string) => void;
  readonly signal?: AbortSignal;
}
