import {
  type BoardRun,
  type BoardStep,
  CERT_NONE,
  CERT_OPTIONAL,
  CERT_REQUIRED,
  type Handshake,
} from '@wirewrap/tls-lab';

/** Longer bytes come from a file in the program, for nobody would read them. */
const LITERAL_BYTES = 64;

const DEFAULT_STEPS: readonly BoardStep[] = [{ do: 'write', bytes: 'ping\n' }, { do: 'readline' }, { do: 'close' }];
const CERT_REQS = [CERT_NONE, CERT_OPTIONAL, CERT_REQUIRED] as const;
const POLL_MASKS = { in: 'select.POLLIN', out: 'select.POLLOUT', 'in+out': 'select.POLLIN | select.POLLOUT' } as const;
/** What the context classes take by their own attributes and methods, not in `wrap_socket`. */
const OF_THE_CONTEXT: ReadonlySet<string> = new Set(['key', 'cert', 'cadata', 'cert_reqs']);

function bytesLiteral(bytes: Uint8Array | string): string {
  const list = typeof bytes === 'string' ? Buffer.from(bytes) : bytes;
  const letters = [...list].map((byte) => {
    if (byte === 0x0a) return '\\n';
    if (byte === 0x27 || byte === 0x5c) return `\\${String.fromCharCode(byte)}`;
    return byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, '0')}`;
  });
  return `b'${letters.join('')}'`;
}

function fromFile(name: string): string {
  return `open('${name}', 'rb').read()`;
}

function bytesText(name: string, bytes: Uint8Array | string): string {
  return bytes.length <= LITERAL_BYTES ? bytesLiteral(bytes) : fromFile(name);
}

function argument(name: string, value: NonNullable<BoardRun['args']>[string]): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  // Old firmware knows the numbers before it has the names, so the cases send numbers.
  if (typeof value === 'number')
    return name === 'cert_reqs' && CERT_REQS[value] ? `ssl.${CERT_REQS[value].constant}` : String(value);
  if (typeof value === 'string') {
    return value.length > LITERAL_BYTES ? `open('${name}.pem').read()` : bytesLiteral(value).slice(1);
  }
  if (value instanceof Uint8Array) return name === 'key' ? fromFile('key.der') : bytesText(`${name}.der`, value);
  return `ssl.${value.constant}`;
}

function keywords(entries: readonly (readonly [string, NonNullable<BoardRun['args']>[string]])[]): string {
  return entries.map(([name, value]) => `, ${name}=${argument(name, value)}`).join('');
}

function contextLines(role: 'client' | 'server', run: BoardRun, args: NonNullable<BoardRun['args']>): string[] {
  const module = run.api === 'tls.SSLContext' ? 'tls' : 'ssl';
  const protocol = run.protocol ?? (role === 'client' ? 'PROTOCOL_TLS_CLIENT' : 'PROTOCOL_TLS_SERVER');
  const { key, cert, cadata, cert_reqs } = args;
  return [
    `ctx = ${module}.SSLContext(${module}.${protocol})`,
    ...(cert_reqs === undefined ? [] : [`ctx.verify_mode = ${argument('cert_reqs', cert_reqs)}`]),
    ...(cadata === undefined ? [] : [`ctx.load_verify_locations(cadata=${argument('cadata', cadata)})`]),
    ...(key === undefined || cert === undefined
      ? []
      : [`ctx.load_cert_chain(${argument('cert', cert)}, ${argument('key', key)})`]),
    ...(run.context ?? []),
    `wrapped = ctx.wrap_socket(sock${keywords(Object.entries(args).filter(([name]) => !OF_THE_CONTEXT.has(name)))})`,
  ];
}

function stepLine(step: BoardStep): string {
  switch (step.do) {
    case 'write':
      return `wrapped.write(${bytesText('data.bin', step.bytes)})`;
    case 'read':
      return `print(wrapped.read(${step.size ?? ''}))`;
    case 'readline':
      return 'print(wrapped.readline())';
    case 'readinto':
      return `buffer = bytearray(${step.size}); print(wrapped.readinto(buffer), buffer)`;
    case 'getpeercert':
      return `print(wrapped.getpeercert(${step.binary ? 'True' : 'False'}))`;
    case 'cipher':
      return 'print(wrapped.cipher())';
    case 'setblocking':
      return `wrapped.setblocking(${step.blocking ? 'True' : 'False'})`;
    case 'poll':
      return `poll = select.poll(); poll.register(wrapped, ${POLL_MASKS[step.events]}); print(poll.poll(${step.timeoutMs}))`;
    case 'close':
      return 'wrapped.close()';
    case 'python':
      return step.source;
  }
}

function connection(role: 'client' | 'server', { timeout }: BoardRun): string[] {
  const wait =
    timeout === undefined
      ? []
      : [timeout === 'non-blocking' ? 'sock.setblocking(False)' : `sock.settimeout(${timeout})`];
  return role === 'client'
    ? ['sock = socket.socket()', 'sock.connect(socket.getaddrinfo(HOST, PORT)[0][-1])', ...wait]
    : [
        'listener = socket.socket()',
        "listener.bind(('0.0.0.0', PORT))",
        'listener.listen(1)',
        'sock, peer = listener.accept()',
        ...wait,
      ];
}

/**
 * The board's end of a handshake as a program that a user would write, to read and to try: the address of the peer is in
 * HOST and PORT, long bytes are in files. No key is in it.
 */
export function boardProgram({ role, run = {} }: Pick<Handshake, 'role' | 'run'>): string {
  const pair: BoardRun['args'] = run.certificate
    ? { key: run.certificate.key.der, cert: run.certificate.leaf.der }
    : {};
  const args = { ...(role === 'server' ? { server_side: true } : {}), ...pair, ...run.args };
  const steps = run.steps ?? DEFAULT_STEPS;
  const modules = ['socket', 'ssl', ...(run.api === 'tls.SSLContext' ? ['tls'] : [])];
  if (steps.some((step) => step.do === 'poll')) modules.push('select');
  const data = Object.entries(run.data ?? {}).map(([name, bytes]) => `${name} = ${bytesText(`${name}.bin`, bytes)}`);
  const wrap =
    run.api === undefined || run.api === 'wrap_socket'
      ? [`wrapped = ssl.wrap_socket(sock${keywords(Object.entries(args))})`]
      : contextLines(role, run, args);
  return [`import ${modules.join(', ')}`, '', ...data, ...connection(role, run), ...wrap, ...steps.map(stepLine)].join(
    '\n',
  );
}
