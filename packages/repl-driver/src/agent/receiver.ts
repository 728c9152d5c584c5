import { STALL_MS } from '../line/stall-watch.ts';
import { encodePythonText } from '../python/text.ts';

/** Bytes of one window; the board grants each with one `06`. Two are in flight, which the ESP32's ring of 260 holds. */
export const WINDOW_BYTES = 128;
export const GRANT = 0x06;
/** The receiver gives up after this silence and hands Ctrl-C back, so that a host that died leaves no deaf board. */
export const GIVE_UP_MS = STALL_MS / 2;
/** After an error it reads on until nothing came for so long. */
const QUIET_MS = 150;
/** Of a longer name the temporary one has only the start: file systems take 255 bytes, which may be four a character. */
const TEMPORARY_CHARACTERS = 62;
/** What the board prints instead of grants when it holds equal files already. */
export const SKIP = 0x13;

/** The board prints this before it does what takes its time (flash, hashes), and the other before it reads on. */
export const BUSY = 0x0e;
export const READY = 0x0f;

/**
 * The board's end of transfers, for MicroPython 1.18: `_ww.p(files, n, z)` receives `n` bytes and spreads them over the
 * files `(path, size, sha256)`; `_ww.v(name, size, sha256, n, z)` receives into a global variable; `_ww.g(path, z)` sends a
 * file; `_ww.h(folder)` prints a tree with hashes; `_ww.m(folders)` makes folders with their parents, `_ww.d(paths)` removes
 * files and whole folders. `z` is the window (bits) of a deflate stream, 0 for a plain one.
 *
 * `readinto` on stdin returns only when its buffer is full, so that no more is asked for than is left of a window, and
 * each window is acknowledged before anything is done with it. Flash is written 4 KiB at a time. EOFError means that what
 * came is not what was sent, and nothing else: files raise OSError. After an error it takes what the host was granted and
 * has under way, which would be read as a command otherwise.
 */
const PARTS = [
  `
import sys,os,io,gc,select
from micropython import kbd_intr
from hashlib import sha256
from binascii import hexlify
I=sys.stdin.buffer
O=sys.stdout.buffer
w=sys.stdout.write
try:
 import deflate
except ImportError:
 deflate=None
try:
 import uzlib
except ImportError:
 uzlib=None
class S(io.IOBase):
 def __init__(s,n):
  s.n=n
  s.b=bytearray(${WINDOW_BYTES})
  s.m=memoryview(s.b)
  s.i=s.e=0
  s.p=select.poll()
  s.p.register(sys.stdin,1)
 def readinto(s,b):
  i=s.i
  if i==s.e:
   e=min(${WINDOW_BYTES},s.n)
   if not e:
    return 0
   if not s.p.poll(${GIVE_UP_MS}):
    s.n=0
    raise EOFError('nothing came from the host')
   I.readinto(s.b if e==${WINDOW_BYTES} else s.m[:e])
   s.n-=e
   w('\\x06')
   s.e=e
   i=0
  k=len(b)
  if k==1:
   b[0]=s.b[i]
  else:
   if k>s.e-i:
    k=s.e-i
   b[:k]=s.m[i:i+k]
  s.i=i+k
  return k
 def ioctl(s,r,a):
  return 0
 def drain(s):
  k=min(${2 * WINDOW_BYTES},s.n)
  while s.p.poll(${GIVE_UP_MS} if k>0 else ${QUIET_MS}):
   I.readinto(s.m[:1])
   k-=1
class U:
 def __init__(s,r,z):
  s.u=uzlib.DecompIO(r,-z)
 def readinto(s,b):
  d=s.u.read(min(len(b),512))
  b[:len(d)]=d
  return len(d)
def o(s,z):
 if not z:
  return s
 return deflate.DeflateIO(s,deflate.RAW,z) if deflate else U(s,z)
def full(r,m):
 i=0
 while i<len(m):
  try:
   k=r.readinto(m[i:] if i else m)
  except (OSError,ValueError) as e:
   raise EOFError(repr(e))
  if not k:
   raise EOFError('the stream ended early')
  i+=k
`,
  `
def hx(h):
 return hexlify(h.digest()).decode()
def fh(p,m):
 h=sha256()
 with open(p,'rb') as f:
  while 1:
   k=f.readinto(m)
   if not k:
    return hx(h)
   h.update(m[:k])
def same(p,z,x,m):
 try:
  return os.stat(p)[6]==z and fh(p,m)==x
 except OSError:
  return False
def rm(p):
 try:
  os.remove(p)
 except OSError:
  pass
def take(n,z,k):
 s=S(n)
 ok=0
 kbd_intr(-1)
 try:
  w('\\x06\\x06')
  k(o(s,z))
  w('\\x0f')
  while s.n:
   s.i=s.e
   s.readinto(s.m)
  ok=1
 finally:
  if not ok:
   s.drain()
  kbd_intr(3)
def one(r,m,p,z,x):
 i=p.rfind('/')+1
 t=p[:i]+p[i:i+${TEMPORARY_CHARACTERS}]+'.ww~'
 try:
  w('\\x0e')
  with open(t,'wb') as f:
   while z:
    k=min(z,len(m))
    w('\\x0f')
    full(r,m[:k])
    w('\\x0e')
    f.write(m[:k])
    z-=k
  if fh(t,m)!=x:
   raise EOFError('sha256 differs: '+p)
  os.rename(t,p)
 except:
  rm(t)
  raise
`,
  `
def p(files,n,z):
 gc.collect()
 m=memoryview(bytearray(4096))
 if all(same(f[0],f[1],f[2],m) for f in files):
  w('\\x13')
  return
 def k(r):
  for f in files:
   one(r,m,f[0],f[1],f[2])
 take(n,z,k)
def v(name,size,x,n,z):
 gc.collect()
 b=bytearray(size)
 m=memoryview(b)
 def k(r):
  i=0
  while i<size:
   e=min(i+4096,size)
   full(r,m[i:e])
   i=e
 take(n,z,k)
 if hx(sha256(b))!=x:
  raise EOFError('sha256 differs: '+name)
 try:
  b=bytes(b)
 except MemoryError:
  pass
 G[name]=b
def g(p,z):
 m=memoryview(bytearray(1024))
 h=sha256()
 n=0
 with open(p,'rb') as f:
  d=deflate.DeflateIO(O,deflate.RAW,z) if z else O
  while 1:
   k=f.readinto(m)
   if not k:
    break
   h.update(m[:k])
   d.write(m[:k])
   n+=k
  if z:
   d.close()
 return n,hx(h)
`,
  `
def h(d):
 m=memoryview(bytearray(4096))
 s=sha256()
 def say(*r):
  t=repr(r)+'\\n'
  s.update(t)
  w(t)
 def walk(a,b):
  for e in os.ilistdir(a or '/'):
   q=b+e[0]
   if e[1]!=0x4000:
    say(q,os.stat(a+'/'+e[0])[6],fh(a+'/'+e[0],m))
   elif a or len(e)>3:
    say(q)
    walk(a+'/'+e[0],q+'/')
 walk(d,'')
 return hx(s)
def mk(l):
 for p in l:
  q=''
  for n in p.split('/'):
   q+=n
   if n:
    try:
     os.stat(q)
    except OSError:
     os.mkdir(q)
   q+='/'
def rt(l):
 for p in l:
  if os.stat(p)[0]&0x4000:
   rt([p+'/'+n for n in os.listdir(p)])
   os.rmdir(p)
  else:
   os.remove(p)
def caps():
 gc.collect()
 c=0
 if deflate:
  try:
   b=io.BytesIO()
   d=deflate.DeflateIO(b,deflate.RAW,8)
   d.write(b'x')
   d.close()
   c=1
  except (OSError,AttributeError,MemoryError):
   pass
 return 'deflate' if deflate else 'uzlib' if hasattr(uzlib,'DecompIO') else '',c,gc.mem_free()
A.p=p
A.v=v
A.g=g
A.h=h
A.m=mk
A.d=rt
A.caps=caps
`,
].map((part) => part.trim());

/**
 * Expressions that add the transfers to the agent, one after the other; the last tells what the board can unpack. In one
 * piece the program asks for three times the heap that it takes in the end, and for strings of 4 KB.
 */
export const INSTALL: readonly string[] = PARTS.map((part, index) => {
  const before = index === 0 ? `setattr(_ww,'n',{'A':_ww,'G':globals()})or ` : '';
  const after = index === PARTS.length - 1 ? 'or _ww.caps()' : '';
  return `${before}exec(compile(${encodePythonText(part)},'<ww>','exec'),_ww.n)${after}`;
});
