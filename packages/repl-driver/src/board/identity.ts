/** Who the board says that it is. Found out at run time, on every firmware from 1.18 on. */
export interface BoardIdentity {
  /** `sys.implementation._machine` or `os.uname().machine`. */
  readonly machine: string;
  /** `sys.platform`: `esp32`, `linux`, … */
  readonly platform: string;
  /** `1.26.1`, from `sys.implementation.version`. */
  readonly version: string;
  /** The build, e.g. `v1.26.1 on 2025-09-11`. */
  readonly build: string;
  /** `machine.unique_id()` in hex, or null where there is none. */
  readonly uniqueId: string | null;
  /** Bytes free after a collection, or null where unknown. */
  readonly freeHeap: number | null;
  /** Which of these modules the firmware has, whatever files are on the board. */
  readonly modules: { readonly ssl: boolean; readonly ussl: boolean; readonly tls: boolean; readonly network: boolean };
  /**
   * Files on the board that `import` finds in place of a module of the firmware, such as `/ssl.py` (mip installs one): that
   * file is then what was tested.
   */
  readonly hidingFiles: readonly string[];
  /** `wirewrap.virtual` details when the virtual board announces itself (engine, shape, which modules are ours). */
  readonly virtual: Readonly<Record<string, unknown>> | null;
}

/** The identity from what the board answered. */
export function identityOf(answer: unknown): BoardIdentity {
  const told = answer as {
    platform: string;
    version: (number | string)[];
    text: string;
    machine?: string;
    uname?: [string, string, string];
    id?: Uint8Array;
    free?: number;
    modules: BoardIdentity['modules'];
    hiding?: string[];
    virtual?: Record<string, unknown>;
  };
  const build = told.uname?.[1] ?? told.text.replace(/^.*MicroPython /, '');
  return {
    machine: told.machine ?? told.uname?.[0] ?? told.platform,
    platform: told.platform,
    version: told.version.join('.'),
    build: build.replace(/;.*$/s, '').trim(),
    uniqueId: told.id ? Buffer.from(told.id).toString('hex') : null,
    freeHeap: told.free ?? null,
    modules: told.modules,
    hidingFiles: told.hiding ?? [],
    virtual: told.virtual ?? null,
  };
}
