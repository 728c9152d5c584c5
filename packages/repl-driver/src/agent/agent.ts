import { crc32 } from 'node:zlib';
import { encodePythonText } from '../python/text.ts';

export const AGENT_FILE = '<ww>';
export const DEFAULT_FILE = '<stdin>';

/** Characters of a nonce, from [0-9A-Za-z]. */
export const NONCE_LENGTH = 3;
/**
 * The check of source is its CRC-32 (over salt, file and source) modulo 36^5, in five digits: 26 bits. One more says that
 * it is an expression whose value is wanted. The salt of a statement is its nonce; that of a line is the check before it,
 * and the first digits of its own check serve as its nonce.
 */
const CHECK_DIGITS = 5;
const CHECK_MODULUS = 36 ** CHECK_DIGITS;

/**
 * The driver's own program on the board, put into `builtins` so that the user's globals stay clean. It checks that
 * source arrived whole before it runs it, and frames its answer with a nonce, the length and a CRC-32, so that nothing that
 * a program prints can be taken for an answer. Runs on MicroPython 1.18.
 *
 * After short source it stays and reads further requests as lines from stdin, which spares the raw REPL's own bytes and a
 * compilation; a line that is none or arrived damaged, Ctrl-C or anything unexpected ends that without a word, and the raw REPL's
 * prompt follows.
 *
 * A frame is `1D nonce kind length(hex) ':' crc32(hex, of nonce + kind + payload) ':' payload`. Kinds: `V` value, `E`
 * exception, `S` SystemExit, `C` source damaged. Two are bare: the begin (`AgentRequest.begin`), and `1E nonce`, a program's end.
 */
const PROGRAM = `
import sys,io
try:
 from binascii import crc32
except ImportError:
 crc32=None
try:
 from micropython import kbd_intr as K
 I=crc32 and sys.stdin.readline
except (ImportError,AttributeError):
 I=None
w=sys.stdout.write
def r(n,k,s):
 s=s.replace('\\n',' ')
 h='\\x1d%s%s%x:%08x:'%(n,k,len(memoryview(s)),crc32(s,crc32(n+k)) if crc32 else 0)
 if len(s)<200:
  h+=s
  s=''
 w(h)
 w(s)
def t(n,e):
 a=''
 try:
  o=io.StringIO()
  try:
   sys.print_exception(e,o)
   a=repr(e.args)
  except BaseException:
   pass
  r(n,'E',repr((type(e).__name__,o.getvalue(),isinstance(e,OSError),a)))
 except MemoryError:
  r(n,'E',"('MemoryError','MemoryError: ',False,'()')")
def u(b,n,m,c,s,f,l=0):
 try:
  c=(c-(crc32(s,crc32(m+f)) if crc32 else 0))%${CHECK_MODULUS}
  if c>1:
   if not l:
    r(n,'C','')
   return 1
  w(b)
  if c:
   s=repr(eval(compile(s,f,'eval'),G))
   r(n,'V',s)
  else:
   exec(compile(s,f,'exec'),G)
   w('\\x1e'+n)
 except SystemExit:
  r(n,'S','')
  raise
 except BaseException as e:
  t(n,e)
class W:
 def __add__(a,q):
  m=n=q[:3]
  q=q[3:]
  l=0
  try:
   while not u('\\x1f',n,m,int(q[:5],36),q[5:],'${DEFAULT_FILE}',l):
    l=1
    m=q[:5]
    K(3)
    q=I()[:-1]
    n=q[:3]
  except (Exception,KeyboardInterrupt):
   pass
 def x(a,n,c,s,f='${DEFAULT_FILE}'):
  u('\\x1d'+n+'B',n,n,c,s,f)
def d(k,v):
 try:
  import builtins
  setattr(builtins,k,v)
 except (ImportError,AttributeError):
  G[k]=v
A=W()
d('_ww',A)
d('_w',A)
w('ww1'+('c' if crc32 else '-')+('l' if I else '-'))
`.trim();

/**
 * Statements that install the agent when it arrived whole; they print `ww1cl` (with `-` for `c` where the board has no
 * CRC-32, and for `l` where the agent cannot stay to read lines), and nothing when it did not.
 */
export const INSTALL_AGENT = `
def _wi(s):
 try:
  from binascii import crc32
  if crc32(s)!=${crc32(PROGRAM)}:
   return
 except ImportError:
  pass
 exec(compile(s,'${AGENT_FILE}','exec'),{'G':globals()})
_wi(${encodePythonText(PROGRAM)})
del _wi`.trim();

/** Short source goes with nonce and check in one string: on a slow line each byte counts, and the copy costs the board little. */
const SHORT_CHARACTERS = 200;
/** What `sys.stdin.readline` hands on as it came. */
const ONE_LINE = /^[ -~]*$/;

/** One call of the agent: run source (`x`) or evaluate an expression (`e`). */
export interface AgentCall {
  readonly kind: 'x' | 'e';
  readonly source: string;
  readonly file: string;
  /** False where the board has no CRC-32. */
  readonly checked: boolean;
}

/** What goes to the board. */
export interface AgentRequest {
  readonly text: string;
  /** What the marks and frames of the answer carry. */
  readonly nonce: string;
  /** What the board sends when the source arrived whole, just before it runs it. */
  readonly begin: string;
  /** Where the agent stays afterwards, the salt of the line that may follow. */
  readonly salt: string | null;
}

/** Prints 1 when it did, and calls nothing that a program is likely to have replaced. */
export const NAMES_TAKEN = "__import__('sys').stdout.write('01'['_w' in globals() or '_ww' in globals()])";

export interface StatementOptions {
  /** Where the agent can stay and shall. */
  readonly mayStay: boolean;
  /** Whether a global of the program's own hides the agent. */
  readonly hidden?: boolean;
}

/** The request as a statement for the raw REPL. */
export function statementFor(
  call: AgentCall,
  nonce: string,
  { mayStay, hidden = false }: StatementOptions,
): AgentRequest {
  const { source, file } = call;
  if (mayStay && isShort(call)) {
    const salt = digits(check(call, nonce));
    return { text: `${named('_w', hidden)}+${encodePythonText(nonce + salt + source)}`, nonce, begin: 'OK\x1f', salt };
  }
  const name = file === DEFAULT_FILE ? '' : `,'${file}'`;
  const text = `${named('_ww', hidden)}.x('${nonce}',${check(call, nonce)},${encodePythonText(source)}${name})`;
  return { text, nonce, begin: `\x1d${nonce}B`, salt: null };
}

/** `builtins._w` finds nothing: what was put into `builtins` is found by names alone (`module_attr` in py/objmodule.c). */
function named(name: string, hidden: boolean): string {
  return hidden ? `eval('${name}',{})` : name;
}

/** The request as a line for an agent that stayed; undefined where it does not fit one. */
export function lineFor(call: AgentCall, saltBefore: string): AgentRequest | undefined {
  if (!isShort(call) || !ONE_LINE.test(call.source)) return undefined;
  const salt = digits(check(call, saltBefore));
  return { text: `${salt}${call.source}\n`, nonce: salt.slice(0, NONCE_LENGTH), begin: '\x1f', salt };
}

/** What makes an agent that stayed leave: no request is an empty line. */
export const LEAVE = '\n';

function isShort({ file, source }: AgentCall): boolean {
  return file === DEFAULT_FILE && source.length <= SHORT_CHARACTERS;
}

function digits(value: number): string {
  return value.toString(36).padStart(CHECK_DIGITS, '0');
}

function check({ kind, source, file, checked }: AgentCall, salt: string): number {
  const sum = checked ? crc32(source, crc32(salt + file)) : 0;
  return (sum + (kind === 'e' ? 1 : 0)) % CHECK_MODULUS;
}

export function frameCrc(nonce: string, kind: string, payload: Uint8Array): number {
  return crc32(payload, crc32(nonce + kind));
}
