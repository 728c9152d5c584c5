/** `debian trixie`, `ubuntu resolute`: the distribution and the suite of a package. */
export type PackageSource = `${string} ${string}`;

export interface ProvisionOptions {
  /** Debian (or Ubuntu) suite of the package; default `trixie`, on Ubuntu the newest that its own mirror offers. */
  readonly suite?: string;
  /** Gets what is being done, a line at a time. */
  readonly onProgress?: (message: string) => void;
  readonly signal?: AbortSignal;
}
