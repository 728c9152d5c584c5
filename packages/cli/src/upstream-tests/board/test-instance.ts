import { type Board, BoardResetError, type BoardStream, DeadlineError, MicroPythonError } from '@wirewrap/repl-driver';
import { ignored } from '../../debug.ts';
import { linesOf } from '../judge/expectation.ts';

/** How a test's program ended on one board. */
export type InstanceEnd =
  | { readonly how: 'ended' | 'raised' | 'skipped' | 'silent' }
  | { readonly how: 'reset'; readonly reason: string };

export interface InstanceOptions {
  /** Milliseconds without a line after which a test is given up: ten seconds in MicroPython's own runner. */
  readonly patienceMs: number;
  readonly signal: AbortSignal;
  /** Called for `BROADCAST …`, which goes to the other instances. */
  readonly onBroadcast?: (line: string) => void;
  /** Called for `SET NAME = VALUE`: a line of Python for the instances that start later. */
  readonly onGlobal?: (line: string) => void;
}

/** Milliseconds for a whole program: a test prints between its waits, so that its patience ends long before. */
const PROGRAM_MS = 180_000;

/** One board that runs a test. Disposing it interrupts what still runs. */
export class TestInstance implements AsyncDisposable {
  /** What the test printed, without the words for its runner. */
  readonly lines: string[] = [];
  /** Resolves when the test says that the next instance may start, and when it has ended. */
  readonly ready: Promise<void>;
  readonly ended: Promise<InstanceEnd>;
  #end: InstanceEnd | null = null;
  readonly #stream: BoardStream;
  readonly #patience: PromiseWithResolvers<InstanceEnd>;

  static async start(board: Board, source: string, options: InstanceOptions): Promise<TestInstance> {
    const lines: string[] = [];
    const patience = Promise.withResolvers<InstanceEnd>();
    const ready = Promise.withResolvers<void>();
    let skipped = false;
    const silent = (): void => {
      lines.push('TIMEOUT');
      patience.resolve({ how: 'silent' });
    };
    let timer: NodeJS.Timeout | undefined = setTimeout(silent, options.patienceMs);
    const stopWaiting = (): void => {
      clearTimeout(timer);
      timer = undefined;
    };
    const heard = new HeardLines(lines, {
      ...options,
      onReady: () => ready.resolve(),
      onSkip: () => {
        skipped = true;
      },
    });
    void patience.promise.then(stopWaiting);
    const stream = await board
      .stream(source, {
        deadlineMs: PROGRAM_MS,
        signal: options.signal,
        onOutput: (text) => {
          // What it prints once nobody waits any more, such as that it was interrupted, begins no new wait.
          if (timer !== undefined) {
            clearTimeout(timer);
            timer = setTimeout(silent, options.patienceMs);
          }
          heard.add(text);
        },
      })
      .catch((error: unknown) => {
        stopWaiting();
        throw error;
      });
    const finished = stream.finished.then(
      (): InstanceEnd => ({ how: skipped ? 'skipped' : 'ended' }),
      // A test that has nothing to test ends by SystemExit, for which the interpreter resets.
      (error: unknown) => (skipped ? { how: 'skipped' as const } : endOf(error, lines)),
    );
    const ended = Promise.race([finished, patience.promise]).finally(() => {
      stopWaiting();
      heard.end();
      ready.resolve();
    });
    return new TestInstance(stream, lines, ready.promise, ended, patience);
  }

  private constructor(
    stream: BoardStream,
    lines: string[],
    ready: Promise<void>,
    ended: Promise<InstanceEnd>,
    patience: PromiseWithResolvers<InstanceEnd>,
  ) {
    this.#stream = stream;
    this.lines = lines;
    this.ready = ready;
    this.ended = ended;
    this.#patience = patience;
    // Somebody who waits for another instance first hears of an error later.
    ended.then((end) => {
      this.#end = end;
    }, ignored('the end of a test'));
  }

  /** Null while it runs. */
  get end(): InstanceEnd | null {
    return this.#end;
  }

  /** A line to the standard input of the test; one that has ended needs none. */
  async tell(line: string): Promise<void> {
    await this.#stream.write(Buffer.from(`${line}\r\n`)).catch(ignored('telling a test'));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#patience.resolve({ how: 'ended' });
    await this.#stream[Symbol.asyncDispose]();
  }
}

/** An exception is part of the output, as in MicroPython's own runner. */
function endOf(error: unknown, lines: string[]): InstanceEnd {
  if (error instanceof BoardResetError) return { how: 'reset', reason: error.reason };
  if (error instanceof DeadlineError) {
    lines.push('TIMEOUT');
    return { how: 'silent' };
  }
  if (!(error instanceof MicroPythonError)) throw error;
  lines.push(...linesOf(error.traceback));
  return { how: 'raised' };
}

interface HeardOptions extends Pick<InstanceOptions, 'onBroadcast' | 'onGlobal'> {
  readonly onReady: () => void;
  readonly onSkip: () => void;
}

/** Parts what a test prints into output and words for its runner. */
class HeardLines {
  readonly #lines: string[];
  readonly #options: HeardOptions;
  #rest = '';

  constructor(lines: string[], options: HeardOptions) {
    this.#lines = lines;
    this.#options = options;
  }

  add(text: string): void {
    const whole = `${this.#rest}${text}`.split('\n');
    this.#rest = whole.pop() ?? '';
    for (const line of whole) this.#hear(line.trimEnd());
  }

  end(): void {
    if (this.#rest !== '') this.#hear(this.#rest.trimEnd());
    this.#rest = '';
  }

  #hear(line: string): void {
    const { onReady, onSkip, onBroadcast, onGlobal } = this.#options;
    if (line === 'NEXT') onReady();
    else if (line === 'SKIP') onSkip();
    else if (line.startsWith('SET ')) onGlobal?.(line.slice('SET '.length));
    else if (line.startsWith('BROADCAST ')) onBroadcast?.(line);
    else if (!line.startsWith('OUTPUT_METRIC ')) this.#lines.push(line);
  }
}
