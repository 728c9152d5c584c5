import { CliError } from '../errors.ts';
import { answerCall, type ToolCallOptions } from './answer-call.ts';
import { inputSchemaOf, type McpTool } from './mcp-tool.ts';
import { TOOLS } from './tools.ts';

export interface ServeOptions extends ToolCallOptions {
  readonly version: string;
  /** Offers the tools that write to a board's flash, too. */
  readonly allowFlash: boolean;
}

/** Speaks the Model Context Protocol on standard input and output until the input ends or the signal aborts. */
export async function serveMcp({ version, allowFlash, ...options }: ServeOptions): Promise<void> {
  const { Server, StdioServerTransport, CallToolRequestSchema, ListToolsRequestSchema } = await loadSdk();
  const offered = TOOLS.filter(({ flashes }) => allowFlash || flashes !== true);
  const server = new Server({ name: 'wirewrap', version }, { capabilities: { tools: {} } });
  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: offered.map(described) }));
  server.setRequestHandler(CallToolRequestSchema, async ({ params }, { signal }) => {
    const tool = offered.find(({ name }) => name === params.name);
    const { text, isError } = tool
      ? await answerCall(tool, params.arguments ?? {}, {
          ...options,
          signal: AbortSignal.any([options.signal, signal]),
        })
      : { text: refusal(params.name), isError: true };
    return { content: [{ type: 'text' as const, text }], isError };
  });
  const ended = new Promise<void>((resolve) => {
    server.onclose = () => resolve();
  });
  await server.connect(new StdioServerTransport());
  const close = (): void => void server.close();
  process.stdin.once('end', close);
  options.signal.addEventListener('abort', close, { once: true });
  await ended;
}

function described(tool: McpTool) {
  const { name, description, flashes } = tool;
  return {
    name,
    description,
    inputSchema: inputSchemaOf(tool),
    annotations: { readOnlyHint: flashes !== true, destructiveHint: flashes === true, openWorldHint: false },
  };
}

function refusal(name: string): string {
  const known = TOOLS.find((tool) => tool.name === name);
  if (known) return `${name} writes to the board's flash; start \`wirewrap mcp --allow-flash\` to offer it.`;
  return `There is no tool '${name}'; there are ${TOOLS.map((tool) => tool.name).join(', ')}.`;
}

/** The SDK brings 98 packages and 19 MB along, which few need: it is installed by those who do. */
async function loadSdk() {
  try {
    const [{ Server }, { StdioServerTransport }, { CallToolRequestSchema, ListToolsRequestSchema }] = await Promise.all(
      [
        import('@modelcontextprotocol/sdk/server/index.js'),
        import('@modelcontextprotocol/sdk/server/stdio.js'),
        import('@modelcontextprotocol/sdk/types.js'),
      ],
    );
    return { Server, StdioServerTransport, CallToolRequestSchema, ListToolsRequestSchema };
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw cause;
    throw new CliError(
      'MISSING_TOOL',
      'wirewrap mcp needs the package @modelcontextprotocol/sdk, which is not installed: npm install -D @modelcontextprotocol/sdk.',
      { cause },
    );
  }
}
