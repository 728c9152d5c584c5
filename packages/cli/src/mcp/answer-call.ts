import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { instead } from '../debug.ts';
import { type McpTool, problemOf, type ToolValues } from './mcp-tool.ts';
import { type RunCommandOptions, runCommand } from './run-command.ts';

/** What a tool answers: one text, which is JSON unless it is an error. */
export interface ToolAnswer {
  readonly text: string;
  readonly isError: boolean;
}

export interface ToolCallOptions extends RunCommandOptions {
  /** Given to commands that take a board, where the call names none. */
  readonly board?: string | undefined;
  /** Milliseconds after which the command is ended. */
  readonly deadlineMs: number;
}

/** Runs the tool's command. What the caller got wrong, and what failed, is one sentence. */
export async function answerCall(
  tool: McpTool,
  given: Readonly<Record<string, unknown>>,
  options: ToolCallOptions,
): Promise<ToolAnswer> {
  const problem = problemOf(tool, given) ?? programProblem(given.board);
  if (problem !== null) return { text: problem, isError: true };
  const takesBoard = Object.hasOwn(tool.arguments, 'board') && options.board !== undefined;
  const values = { ...(takesBoard ? { board: options.board } : {}), ...given } as ToolValues;
  const deadline = AbortSignal.timeout(options.deadlineMs);
  const signal = AbortSignal.any([options.signal, deadline]);
  const { exitCode, stdout, stderr } = await runCommand(tool.commandLine(values), { ...options, signal });
  if (deadline.aborted) return { text: `${tool.name} did not end within ${options.deadlineMs} ms.`, isError: true };
  const file = tool.resultFile?.(stdout);
  const text = file ? await readFile(resolve(file), 'utf8') : stdout;
  // 1 says that something is red, which is an answer; where nothing was printed there is no answer.
  const isAnswer = (exitCode === 0 || exitCode === 1) && text.trim() !== '' && (file !== null || exitCode === 0);
  if (!isAnswer) return { text: sentence(stderr) || `${tool.name} ended with exit code ${exitCode}.`, isError: true };
  return { text: isJson(text) ? text : JSON.stringify({ output: text.trimEnd() }), isError: false };
}

/** `exec:` starts any program of this machine: only who starts the server may name such a board. */
function programProblem(board: unknown): string | null {
  if (typeof board !== 'string' || !/^\s*exec:/i.test(board)) return null;
  return 'A board of exec: starts a program; start `wirewrap mcp` with --board for it.';
}

function sentence(stderr: string): string {
  const lines = stderr.trimEnd().split('\n');
  return lines.findLast((line) => line.startsWith('wirewrap: ')) ?? lines.at(-1) ?? '';
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    return instead(false, 'reading a text as JSON')(error);
  }
}
