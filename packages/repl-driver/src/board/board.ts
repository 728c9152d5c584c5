import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { BoardFiles } from '../files/board-files.ts';
import type { CallOptions } from '../line/call-options.ts';
import type { TrafficEvent } from '../line/traffic-event.ts';
import type { PythonSource } from '../python/python-source.ts';
import type { HeapRoom } from './heap-room.ts';
import type { BoardIdentity } from './identity.ts';

export interface ExecOptions extends CallOptions {
  /** Output of the program as it comes, decoded as UTF-8, in any chunking. What it throws ends the program, and the call fails with it. */
  readonly onOutput?: (text: string) => void;
  /** The host's file that tracebacks shall name instead of `<stdin>`. */
  readonly filename?: string;
  /** The line of that file on which the code begins, from 1. Default: 1, or where `py` found it. */
  readonly firstLine?: number;
}

export interface EvaluateOptions<T> extends CallOptions {
  /** Any Standard Schema (zod, valibot, arktype …) that the value is validated with. */
  readonly schema?: StandardSchemaV1<unknown, T>;
}

/** A program that runs on the board while the caller reads its output. */
export interface BoardStream extends AsyncIterable<string>, AsyncDisposable {
  /** Resolves with all output up to and including the marker; fails at the deadline or when the program ends. */
  waitFor(marker: string | RegExp, options?: CallOptions): Promise<string>;
  /** Ctrl-C into the program. */
  interrupt(): Promise<void>;
  /** Bytes to the program's standard input. */
  write(bytes: Uint8Array): Promise<void>;
  /** All output when the program ended; rejects with `MicroPythonError` when it raised. */
  readonly finished: Promise<string>;
}

/** A new interpreter (`soft`), the chip by its EN line (`run`), or the power. */
export type ResetKind = 'soft' | 'run' | 'power';

/** One REPL session. Calls queue in order; every one has a deadline. */
export interface Board extends AsyncDisposable {
  readonly url: string;
  /**
   * Runs statements, resolves with what they printed (CRLF turned back into LF). The source is checked before it runs; the
   * printed text is as the line delivered it, unlike the value of `evaluate`, which is checked too.
   */
  exec(code: string | PythonSource, options?: ExecOptions): Promise<string>;
  /**
   * Evaluates an expression to a JavaScript value (see `PythonValue`). Its type is `unknown` unless it is named
   * (`evaluate<number>('1+1')`) or checked (`evaluate('1+1', { schema: z.number() })`).
   */
  evaluate<T = unknown>(expression: string | PythonSource, options?: EvaluateOptions<T>): Promise<NoInfer<T>>;
  /** Calls a function that is defined on the board with encoded arguments. */
  call<T = unknown>(callable: string, args?: readonly unknown[], options?: EvaluateOptions<T>): Promise<NoInfer<T>>;
  stream(code: string | PythonSource, options?: ExecOptions): Promise<BoardStream>;
  readonly files: BoardFiles;
  /**
   * Default `soft`: a new interpreter. `run` pulls EN low by RTS, `power` calls the `powerCycle` of `openBoard`. Resolves
   * with what was printed meanwhile when the raw REPL answers again. A board that boots slowly, or whose port goes away and
   * comes back, is waited for and not reset again. Default deadline 20,000 ms; its `DeadlineError` names the step.
   */
  reset(kind?: ResetKind, options?: CallOptions): Promise<string>;
  /** Asked once a session, then remembered; `{ refresh: true }` asks again. */
  identity(options?: CallOptions & { readonly refresh?: boolean }): Promise<BoardIdentity>;
  /**
   * What is free of the board's heap after a collection. It is read by the plain raw REPL, and puts nothing on the board: directly
   * after a reset it is what the board has without this driver.
   *
   * @throws ReplDriverError `PROTOCOL` when the firmware does not tell
   */
  heap(options?: CallOptions): Promise<HeapRoom>;
  /** Serial traffic in both directions as it passes, with `performance.now()` milliseconds. */
  onTraffic(listener: (event: TrafficEvent) => void): () => void;
  /** Ends the session: interrupts what runs, refuses what still queues (`TRANSPORT_CLOSED`), leaves the friendly REPL, closes the transport. */
  close(): Promise<void>;
}
