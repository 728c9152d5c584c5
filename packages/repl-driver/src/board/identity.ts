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
  /** Which of these modules can be imported. */
  readonly modules: { readonly ssl: boolean; readonly ussl: boolean; readonly tls: boolean; readonly network: boolean };
  /** `wirewrap.virtual` details when the virtual board announces itself (engine, shape, which modules are ours). */
  readonly virtual: Readonly<Record<string, unknown>> | null;
}
