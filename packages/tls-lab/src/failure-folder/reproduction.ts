import { encodeValue, py } from '@wirewrap/repl-driver';
import { bytesOf, type PlaintextStep, plaintextSteps } from '../application/start-tls.ts';
import type { BoardRun, BoardStep } from '../board/board-endpoint.ts';
import { contextLine, effectiveArguments, isConstant, operation, repetition } from '../board/case-source.ts';
import { DEFAULTS } from '../board/run-defaults.ts';
import type { Handshake } from '../handshake.ts';
import type { FailureFile } from './failure.ts';

/** The board's end as a program that a person runs by hand, and the files that it reads. */
export function reproduction({ role, run = {}, certificate }: Handshake): { readonly files: readonly FailureFile[] } {
  const files: FailureFile[] = [];
  // The host's end of the reproduction has to present the same certificate: a key that was made for this test alone.
  if (role === 'client' && certificate)
    files.push({ path: 'peer-key.pem', content: certificate.key.pem, secret: true });
  const file = (name: string, content: Uint8Array): string => {
    files.push({ path: name, content, secret: name.startsWith('key') });
    return `open(${encodeValue(name)}, 'rb').read()`;
  };
  const values = Object.entries(effectiveArguments(role, run)).map(([name, value]) => {
    if (isConstant(value)) return [name, `ssl.${value.constant}`] as const;
    return [name, value instanceof Uint8Array ? file(`${name}.bin`, value) : encodeValue(value)] as const;
  });
  const data = Object.entries(run.data ?? {}).map(([name, bytes]) => `${name} = ${file(`data-${name}.bin`, bytes)}`);
  const steps = run.steps ?? DEFAULTS.steps;
  const lines = [
    ...head(role),
    ...data,
    ...(run.protocol?.includes('DTLS') ? datagramSocketLines(role, run) : socketLines(role, run)),
    ...plaintextSteps(run.startTls, role).map(plaintextLine),
    ...wrapLines(role, run, values),
    ...steps.flatMap(stepLines),
    'wrapped.close()',
    'sock.close()',
    '',
  ];
  return { files: [{ path: 'board.py', content: lines.join('\n') }, ...files] };
}

function head(role: 'client' | 'server'): string[] {
  const what = role === 'client' ? 'connects to HOST:PORT, where story.md says what to start' : 'listens on HOST:PORT';
  return [
    `# The board's end of the failed test: it ${what}.`,
    '# On a board: mpremote cp *.bin : + run board.py   On this machine: micropython board.py [HOST PORT]',
    'import select',
    'import socket',
    'import sys',
    'import time',
    '',
    'try:',
    '    import ssl',
    'except ImportError:',
    '    try:',
    '        import ussl as ssl',
    '    except ImportError:',
    '        import tls as ssl',
    '',
    role === 'client'
      ? "HOST = '127.0.0.1'  # for a board: the address at which it reaches the computer with the server"
      : "HOST = '127.0.0.1'  # on a board: '0.0.0.0'",
    'PORT = 8443',
    "if len(getattr(sys, 'argv', ())) > 2:",
    '    HOST, PORT = sys.argv[1], int(sys.argv[2])',
    '',
  ];
}

function socketLines(role: 'client' | 'server', { timeout }: BoardRun): string[] {
  const address = 'address = socket.getaddrinfo(HOST, PORT)[0][-1]';
  const after = timeoutLines(timeout);
  if (role === 'client') return [address, 'sock = socket.socket()', 'sock.connect(address)', ...after];
  return [
    address,
    'listener = socket.socket()',
    'listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)',
    'listener.bind(address)',
    'listener.listen(1)',
    "print('listening on', PORT)",
    'sock = listener.accept()[0]',
    'listener.close()',
    ...after,
  ];
}

function timeoutLines(timeout: BoardRun['timeout']): string[] {
  if (timeout === undefined) return [];
  return [timeout === 'non-blocking' ? 'sock.setblocking(False)' : `sock.settimeout(${timeout})`];
}

/** The first datagram only tells who the client is: it sends it again after a second. */
function datagramSocketLines(role: 'client' | 'server', { timeout }: BoardRun): string[] {
  const lines = [
    'address = socket.getaddrinfo(HOST, PORT)[0][-1]',
    'sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)',
  ];
  const served = ['sock.bind(address)', "print('listening on', PORT)", 'address = sock.recvfrom(1)[1]'];
  return [...lines, ...(role === 'server' ? served : []), 'sock.connect(address)', ...timeoutLines(timeout)];
}

/** What is said in the clear before TLS. */
function plaintextLine(step: PlaintextStep): string {
  if ('send' in step) return `sock.write(${encodeValue(bytesOf(step.send))})`;
  const expected = encodeValue(bytesOf(step.expect));
  if (typeof step.expect === 'string') return `while ${expected} not in sock.readline(): pass`;
  return `print('in the clear', sock.read(${step.expect.length}), 'expected', ${expected})`;
}

/** `wrap_socket` as it was called; where the module has none (a bare `tls`), by a context that does the same. */
function wrapLines(role: 'client' | 'server', run: BoardRun, values: readonly (readonly [string, string])[]): string[] {
  const args = (list: readonly (readonly [string, string])[]) =>
    list.map(([name, value]) => `, ${name}=${value}`).join('');
  const api = run.api ?? 'wrap_socket';
  const call = `wrapped = ssl.wrap_socket(sock${args(values)})`;
  const context = contextLines(role, run, values, args);
  if (api !== 'wrap_socket') return context;
  const indent = (line: string) => `    ${line}`;
  return ["if hasattr(ssl, 'wrap_socket'):", indent(call), 'else:', ...context.map(indent)];
}

function contextLines(
  role: 'client' | 'server',
  run: BoardRun,
  values: readonly (readonly [string, string])[],
  args: (list: readonly (readonly [string, string])[]) => string,
): string[] {
  const given = new Map(values);
  const bare = run.api === 'tls.SSLContext';
  const module = bare ? 'tls' : 'ssl';
  const rest = values
    .filter(([name]) => !['key', 'cert', 'cadata', 'cert_reqs'].includes(name))
    .map(([name, value]) => [name === 'do_handshake' ? 'do_handshake_on_connect' : name, value] as const);
  const lines = [`ctx = ${module}.SSLContext(${module}.${run.protocol ?? DEFAULTS.protocol[role]})`];
  if (bare) lines.unshift('import tls');
  if (given.has('cert_reqs')) lines.push(`ctx.verify_mode = ${given.get('cert_reqs')}`);
  else if ((run.api ?? 'wrap_socket') === 'wrap_socket') lines.push('ctx.verify_mode = ssl.CERT_NONE');
  if (given.has('cadata'))
    lines.push(`ctx.load_verify_locations(${run.api === 'ssl.SSLContext' ? 'cadata=' : ''}${given.get('cadata')})`);
  if (given.has('cert') || given.has('key')) {
    lines.push(`ctx.load_cert_chain(${given.get('cert') ?? 'None'}, ${given.get('key') ?? 'None'})`);
  }
  lines.push(...(run.context ?? []).map(contextLine));
  const call = `wrapped = ctx.wrap_socket(sock${args(rest)})`;
  if (role === 'client' || !run.protocol?.includes('DTLS')) return [...lines, call];
  const again = [
    'try:',
    `    ${call}`,
    'except OSError:',
    '    # The client had to show its cookie first.',
    `    ${call}`,
  ];
  return [...lines, ...again];
}

function stepLines(step: BoardStep): string[] {
  const label = step.do === 'python' ? step.name : step.do;
  return [
    'try:',
    ...actionLines(step).map((line) => `    ${line}`),
    'except Exception as error:',
    `    print(${encodeValue(label)}, 'raised', repr(error))`,
  ];
}

function actionLines(step: BoardStep): string[] {
  if (step.do === 'python') {
    // As the harness does it: an expression gives its value, statements give `result`.
    const source = encodeValue(step.source);
    return [
      'try:',
      `    value = eval(${source})`,
      'except SyntaxError:',
      '    value = None',
      `    exec(${source})`,
      `print(${encodeValue(step.name)}, value)`,
    ];
  }
  if (step.do === 'poll') {
    const [, mask, ms] = operation(step);
    return [
      'poller = select.poll()',
      `poller.register(wrapped, ${String(mask)})`,
      `print('poll', poller.poll(${String(ms)}))`,
    ];
  }
  const retryMs = 'retryMs' in step ? (step.retryMs ?? 0) : 0;
  if (step.do === 'readinto') {
    const shown = "print('readinto', value, bytes(buffer[: value or 0]))";
    return [`buffer = bytearray(${step.size})`, ...valueLines('wrapped.readinto(buffer)', retryMs), shown];
  }
  const [method, ...values] = operation(step, bytesText);
  const call = `wrapped.${String(method)}(${values.map((value) => encodeValue(value)).join(', ')})`;
  return [...valueLines(call, retryMs), `print('${step.do}', value)`];
}

/** `value` is what the call gave; on a socket that does not block it may be tried again for a while. */
function valueLines(call: string, retryMs: number): string[] {
  const once = `value = ${call}`;
  if (retryMs === 0) return [once];
  const waiting = `while value is None and time.ticks_diff(time.ticks_ms(), started) < ${retryMs}:`;
  return ['started = time.ticks_ms()', once, waiting, '    time.sleep_ms(5)', `    ${once}`];
}

function bytesText(bytes: Uint8Array): unknown {
  const repeated = repetition(bytes);
  return repeated ? py`${repeated.unit} * ${repeated.times}` : bytes;
}
