import { inspect } from 'node:util';
import type { BoardRun, BoardStep } from '../board/board-endpoint.ts';
import { formatBoardError } from '../board/board-error.ts';
import type { StepOutcome } from '../board/board-outcome.ts';
import { effectiveArguments, isConstant } from '../board/case-source.ts';
import { DEFAULTS } from '../board/run-defaults.ts';
import type { Handshake } from '../handshake.ts';

/** Characters of a value that are shown. */
const SHOWN = 60;

const VERBS: Readonly<Record<string, string>> = {
  connect: 'TCP connect',
  accept: 'listen and accept',
  plaintext: 'the talk before TLS',
  arguments: 'placing the arguments',
};

/** What the board did and what its Python code saw. */
export function boardLines({ role, board, run = {} }: Handshake): [string, string][] {
  const api = run.api ?? 'wrap_socket';
  const wrapCall = `${api}(${argumentList(role, run)})`;
  const lines: [string, string][] = [['board', `TLS ${role}: ${wrapCall}${timeoutText(run.timeout)}`]];
  if (board.plaintext?.error === null) lines.push(['board', `plaintext ${ending(board.plaintext)}`]);
  if (board.wrap.step !== 'wrap') {
    const verb = VERBS[board.wrap.step] ?? board.wrap.step;
    lines.push(['board', `${verb} ${ending(board.wrap)}`]);
  } else {
    lines.push(['board', `wrap ${ending(board.wrap)}`]);
  }
  const steps = run.steps ?? DEFAULTS.steps;
  for (const [index, outcome] of board.steps.entries()) {
    lines.push(['board', `${stepText(outcome.step, steps[index])} ${ending(outcome)}`]);
  }
  const left = steps.length - board.steps.length;
  if (board.error && left > 0) lines.push(['board', `${left} ${left === 1 ? 'step' : 'steps'} not reached`]);
  if (board.error && ![board.wrap, ...board.steps].some((step) => step.error)) {
    lines.push(['board', `raised ${formatBoardError(board.error)}`]);
  }
  if (board.crash) lines.push(['board', `CRASHED${board.crashedIn ? ` in ${board.crashedIn}` : ''}: ${board.crash}`]);
  if (board.heapBefore !== null && board.heapAfter !== null) {
    lines.push(['board', `heap free ${number(board.heapBefore)} before, ${number(board.heapAfter)} after, bytes`]);
  }
  return lines;
}

/** A value as Python would write it, cut where it is long. Keys are never shown. */
function valueText(value: unknown): string {
  if (value === null || value === undefined) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (value instanceof Uint8Array) return bytesText(value);
  if (Array.isArray(value)) return `(${value.map(valueText).join(', ')})`;
  if (typeof value === 'string') return cut(`'${value}'`);
  if (typeof value === 'object' && 'sha256' in value && 'length' in value) return `<${String(value.length)} bytes>`;
  return cut(typeof value === 'object' ? inspect(value, { breakLength: Infinity, depth: 3 }) : String(value));
}

function bytesText(bytes: Uint8Array): string {
  const text = Buffer.from(bytes).toString('latin1');
  if (text.length <= SHOWN && /^[\x20-\x7e\n\r\t]*$/.test(text)) return `b${JSON.stringify(text)}`;
  return `<${bytes.length} bytes>`;
}

function argumentList(role: 'client' | 'server', run: BoardRun): string {
  const values = Object.entries(effectiveArguments(role, run));
  return ['sock', ...values.map(([name, value]) => `${name}=${argumentText(value)}`)].join(', ');
}

function argumentText(value: unknown): string {
  if (isConstant(value)) return value.constant;
  return value instanceof Uint8Array ? `<${value.length} bytes>` : valueText(value);
}

function stepText(name: string, step: BoardStep | undefined): string {
  if (step?.do === 'write') return `write(${step.bytes.length} bytes)`;
  if (step?.do === 'read') return `read(${step.size ?? ''})`;
  if (step?.do === 'readinto') return `readinto(${step.size})`;
  if (step?.do === 'setblocking') return `setblocking(${step.blocking ? 'True' : 'False'})`;
  if (step?.do === 'poll') return `poll(${step.events}, ${step.timeoutMs} ms)`;
  return step?.do === 'python' ? `python '${name}'` : `${name}()`;
}

function ending({ error, value, ms, step }: StepOutcome): string {
  if (error) return `raised ${formatBoardError(error)} after ${ms} ms`;
  return step === 'wrap' ? `completed in ${ms} ms` : `-> ${valueText(value)} in ${ms} ms`;
}

function timeoutText(timeout: BoardRun['timeout']): string {
  if (timeout === undefined) return '';
  return timeout === 'non-blocking' ? ', socket not blocking' : `, timeout ${timeout} s`;
}

function number(value: number): string {
  return value.toLocaleString('en-US');
}

function cut(text: string): string {
  return text.length <= SHOWN ? text : `${text.slice(0, SHOWN)}…`;
}
