import { crc32 } from 'node:zlib';
import { encodePythonText } from '../python/text.ts';

/**
 * The driver's own program on the board, put into `builtins` so that the user's globals stay clean. It checks that
 * source arrived whole before it runs it, and frames its answer with a nonce, the length and a CRC-32, so that nothing that
 * a program prints can be taken for an answer. Runs on MicroPython 1.18.
 *
 * A frame is `1D nonce kind length(hex) ':' crc32(hex, of nonce + kind + payload) ':' payload`. Kinds: `V` value, `E`
 * exception, `S` SystemExit, `C` source damaged. Two are bare: `B` (begin), and `D` (done), which the prompt must follow.
 */
const PROGRAM = `
import sys,io
try:
 from binascii import crc32
except ImportError:
 crc32=None
w=sys.stdout.write
def r(n,k,s):
 s=s.replace('\\n',' ')
 w('\\x1d%s%s%x:%08x:'%(n,k,len(memoryview(s)),crc32(s,crc32(n+k)) if crc32 else 0))
 w(s)
def t(n,e):
 try:
  o=io.StringIO()
  sys.print_exception(e,o)
  r(n,'E',repr((type(e).__name__,o.getvalue(),isinstance(e,OSError),repr(e.args))))
 except MemoryError:
  r(n,'E',"('MemoryError','MemoryError: ',False,'()')")
def u(n,c,f,s):
 if crc32 and crc32(s,crc32(f))!=c:
  r(n,'C','')
  return 0
 w('\\x1d'+n+'B')
 return 1
class A:
 def x(n,c,s,f='<stdin>'):
  try:
   if u(n,c,f,s):
    exec(compile(s,f,'exec'),G)
    w('\\x1d'+n+'D')
  except SystemExit:
   r(n,'S','')
   raise
  except BaseException as e:
   t(n,e)
 def e(n,c,s,f='<stdin>'):
  try:
   if u(n,c,f,s):
    s=repr(eval(compile(s,f,'eval'),G))
    r(n,'V',s)
  except SystemExit:
   r(n,'S','')
   raise
  except BaseException as e:
   t(n,e)
def d(k,v):
 try:
  import builtins
  setattr(builtins,k,v)
 except (ImportError,AttributeError):
  G[k]=v
d('_ww',A)
d('_wx',lambda q:A.x(q[:4],int(q[4:11],36),q[11:]))
d('_we',lambda q:A.e(q[:4],int(q[4:11],36),q[11:]))
w('ww1'+('c' if crc32 else '-'))
`.trim();

export const AGENT_FILE = '<ww>';
export const DEFAULT_FILE = '<stdin>';

/**
 * Statements that install the agent when it arrived whole; they print `ww1c` (or `ww1-` where the board has no CRC-32),
 * and nothing when it did not.
 */
export const INSTALL_AGENT = `
def _w(s):
 try:
  from binascii import crc32
  if crc32(s)!=${crc32(PROGRAM)}:
   return
 except ImportError:
  pass
 exec(compile(s,'${AGENT_FILE}','exec'),{'G':globals()})
_w(${encodePythonText(PROGRAM)})
del _w`.trim();

/** Short source goes with nonce and checksum in one string: on a slow line each byte counts, and the copy costs the board little. */
const SHORT = 200;

/** Statement that runs source (`x`) or evaluates an expression (`e`) through the agent. */
export function agentCall(kind: 'x' | 'e', nonce: string, source: string, file: string): string {
  const crc = crc32(source, crc32(file));
  if (file === DEFAULT_FILE && source.length <= SHORT) {
    return `_w${kind}(${encodePythonText(nonce + crc.toString(36).padStart(7, '0') + source)})`;
  }
  const name = file === DEFAULT_FILE ? '' : `,'${file}'`;
  return `_ww.${kind}('${nonce}',${crc},${encodePythonText(source)}${name})`;
}

export function frameCrc(nonce: string, kind: string, payload: Uint8Array): number {
  return crc32(payload, crc32(nonce + kind));
}
