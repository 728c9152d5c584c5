import { FrameFiles } from '../agent/frame-files.ts';
import { ReplDriverError } from '../errors.ts';
import { ReplFiles } from '../files/repl-files.ts';
import { kindOf } from '../kind-of.ts';
import type { CallOptions } from '../line/call-options.ts';
import type { TrafficEvent } from '../line/traffic-event.ts';
import { encodeValue } from '../python/encode.ts';
import { parseLiteral } from '../python/parse-literal.ts';
import { isPythonSource, type PythonSource, placeOf } from '../python/python-source.ts';
import type { Session } from '../session/session.ts';
import type { Board, BoardStream, EvaluateOptions, ExecOptions, ResetKind } from './board.ts';
import { type HeapRoom, readHeapRoom } from './heap-room.ts';
import type { BoardIdentity } from './identity.ts';
import { readIdentity } from './read-identity.ts';
import { resetBoard } from './resets.ts';
import { runProgram } from './run-program.ts';
import { RunningProgram } from './running-program.ts';
import { checkSchema, validate } from './validate.ts';

const STREAM_DEADLINE_MS = 600_000;
const RESET_DEADLINE_MS = 20_000;

/** The `Board` over a session. */
export class ReplBoard implements Board {
  readonly files: ReplFiles;
  readonly #session: Session;
  readonly #frames = new FrameFiles();
  #identity: BoardIdentity | null = null;

  constructor(session: Session) {
    this.#session = session;
    this.files = new ReplFiles(session, this.#frames.map);
  }

  get url(): string {
    return this.#session.url;
  }

  async exec(code: string | PythonSource, options: ExecOptions = {}): Promise<string> {
    const program = this.#program(code, options);
    const deadline = this.#session.deadline(options);
    const { output } = await this.#session.call('the program to end', deadline, (access) =>
      runProgram(access, { ...program, mapFrame: this.#frames.map, deadline, onOutput: options.onOutput }),
    );
    return output;
  }

  async evaluate<T = unknown>(expression: string | PythonSource, options: EvaluateOptions<T> = {}): Promise<T> {
    checkSchema(options.schema);
    const program = this.#program(trimmed(expression), {});
    const deadline = this.#session.deadline(options);
    const { payload } = await this.#session.call('the value of an expression', deadline, ({ agent }) =>
      agent.run({ kind: 'evaluate', ...program, mapFrame: this.#frames.map, deadline }),
    );
    return await this.#session.explained(() =>
      deadline.race(validate(parseLiteral(payload), options.schema), "the schema's answer"),
    );
  }

  async call<T = unknown>(
    callable: string,
    args: readonly unknown[] = [],
    options: EvaluateOptions<T> = {},
  ): Promise<T> {
    if (typeof callable !== 'string' && !isPythonSource(callable)) {
      throw new ReplDriverError(
        'BAD_VALUE',
        `The callable cannot be ${kindOf(callable)}; give its name, such as machine.freq.`,
      );
    }
    if (!Array.isArray(args)) {
      throw new ReplDriverError(
        'BAD_VALUE',
        `The arguments of ${callable} cannot be ${kindOf(args)}; give an array of them.`,
      );
    }
    const target = /^[A-Za-z_][\w.]*$/.test(callable) ? callable : `(${callable})`;
    return await this.evaluate<T>(`${target}(${args.map(encodeValue).join(',')})`, options);
  }

  async stream(code: string | PythonSource, options: ExecOptions = {}): Promise<BoardStream> {
    const program = this.#program(code, options);
    const deadline = this.#session.deadline(options, STREAM_DEADLINE_MS);
    return await RunningProgram.start(this.#session, deadline, { ...program, mapFrame: this.#frames.map, options });
  }

  async reset(kind: ResetKind = 'soft', options: CallOptions = {}): Promise<string> {
    const deadline = this.#session.deadline(options, RESET_DEADLINE_MS);
    const printed = await this.#session.explained(() => resetBoard(this.#session, kind, deadline));
    this.#identity = null;
    return printed;
  }

  async identity(options: CallOptions & { readonly refresh?: boolean } = {}): Promise<BoardIdentity> {
    if (this.#identity && !options.refresh) return this.#identity;
    const deadline = this.#session.deadline(options);
    this.#identity = await this.#session.call('the identity of the board', deadline, readIdentity);
    return this.#identity;
  }

  async heap(options: CallOptions = {}): Promise<HeapRoom> {
    return await this.#session.call('the free heap', this.#session.deadline(options), readHeapRoom);
  }

  onTraffic(listener: (event: TrafficEvent) => void): () => void {
    return this.#session.onTraffic(listener);
  }

  close(): Promise<void> {
    return this.#session.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #program(code: string | PythonSource, options: ExecOptions): { source: string; file: string } {
    if (typeof code !== 'string' && typeof code?.source !== 'string')
      throw new ReplDriverError('BAD_VALUE', 'The code must be a string or made by py`…`.');
    const { source, origin, places }: PythonSource = typeof code === 'string' ? { source: code } : code;
    const { filename, firstLine } = options;
    if (filename !== undefined) return { source, file: this.#frames.tag({ file: filename, line: firstLine ?? 1 }) };
    if (!origin) return { source, file: this.#frames.tag(undefined) };
    const place = { file: origin.file, line: firstLine ?? origin.line };
    return { source, file: this.#frames.tag(places && firstLine === undefined ? { ...place, places } : place) };
  }
}

/** An expression without the white space around it, which `eval` does not take; its lines stay where they stand. */
function trimmed(expression: string | PythonSource): string | PythonSource {
  if (typeof expression === 'string' || typeof expression?.source !== 'string')
    return typeof expression === 'string' ? expression.trim() : expression;
  const { source, places } = expression;
  const before = source.slice(0, source.length - source.trimStart().length).split('\n').length - 1;
  const origin = placeOf(expression, before);
  return { source: source.trim(), ...(origin ? { origin } : {}), ...(places ? { places: places.slice(before) } : {}) };
}
