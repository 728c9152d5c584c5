import { fieldsOf, flag, listOf, type OptionCheck, text } from '@wirewrap/tls-lab/option-check';

/** The type of one argument of a tool, and what an assistant reads of it. */
export interface ToolArgument {
  readonly type: 'string' | 'strings' | 'boolean';
  readonly description: string;
  readonly required?: boolean;
}

export type ToolValues = Readonly<Record<string, string | readonly string[] | boolean | undefined>>;

/** One tool that `wirewrap mcp` offers: a command of ours with its arguments. */
export interface McpTool {
  readonly name: string;
  readonly description: string;
  readonly arguments: Readonly<Record<string, ToolArgument>>;
  /** True where it changes what is on the board; such a tool is offered only when the server was started with leave. */
  readonly flashes?: boolean;
  /** The command line after `wirewrap`. */
  readonly commandLine: (values: ToolValues) => readonly string[];
  /** Where the command prints text: the file with its JSON, by what it printed. */
  readonly resultFile?: (stdout: string) => string | null;
}

/** The arguments of a tool as JSON Schema. */
export interface ToolSchema {
  readonly type: 'object';
  readonly properties: Record<string, object>;
  readonly required: string[];
  readonly additionalProperties: false;
}

/** The arguments as JSON Schema. */
export function inputSchemaOf({ arguments: fields }: McpTool): ToolSchema {
  const properties = Object.entries(fields).map(([name, { type, description }]) => [
    name,
    type === 'strings' ? { type: 'array', items: { type: 'string' }, description } : { type, description },
  ]);
  const required = Object.keys(fields).filter((name) => fields[name]?.required);
  return {
    type: 'object',
    properties: Object.fromEntries(properties) as Record<string, object>,
    required,
    additionalProperties: false,
  };
}

/** What is wrong with the arguments of a call, in one sentence; null when nothing is. */
export function problemOf(tool: McpTool, values: Readonly<Record<string, unknown>>): string | null {
  const { arguments: fields, name } = tool;
  const checks = Object.fromEntries(Object.entries(fields).map(([field, { type }]) => [field, CHECKS[type]]));
  const problem = fieldsOf(checks, undefined, 'argument')(values, name);
  if (problem !== null) return problem.endsWith('?') ? problem : `${problem}.`;
  const missing = Object.keys(fields).find((field) => fields[field]?.required && values[field] === undefined);
  return missing === undefined ? null : `${name} needs the argument '${missing}'.`;
}

/** Text that begins with a hyphen the command would read as an option of its own. */
const word: OptionCheck = (value, path) =>
  text(value, path) ?? (/^(?:-|$)/.test(String(value)) ? `${path} must not be empty or begin with a hyphen` : null);

const CHECKS: Readonly<Record<ToolArgument['type'], OptionCheck>> = {
  string: word,
  strings: listOf(word),
  boolean: flag,
};
