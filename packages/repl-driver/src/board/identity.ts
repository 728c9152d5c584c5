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

/** Defines `_ww_identity` on the board; written for MicroPython 1.18. */
export const IDENTITY_SETUP = `
def _ww_identity():
 import sys,gc
 d={'platform':sys.platform,'version':list(sys.implementation.version)[:3],'text':sys.version}
 def m(n):
  try:
   return __import__(n)
  except ImportError:
   return None
 try:
  d['machine']=sys.implementation._machine
 except AttributeError:
  pass
 try:
  u=__import__('os').uname()
  d['uname']=[u.machine,u.version,u.release]
 except (ImportError,AttributeError):
  pass
 try:
  d['id']=bytes(m('machine').unique_id())
 except (AttributeError,TypeError,OSError):
  pass
 d['modules']={}
 for n in ('ssl','ussl','tls','network'):
  d['modules'][n]=m(n) is not None
 v=m('wirewrap_virtual')
 if v:
  d['virtual']=getattr(v,'info',{})
 gc.collect()
 try:
  d['free']=gc.mem_free()
 except AttributeError:
  pass
 return d
`.trim();

export const IDENTITY_EXPRESSION = "globals().pop('_ww_identity')()";

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
    virtual: told.virtual ?? null,
  };
}
