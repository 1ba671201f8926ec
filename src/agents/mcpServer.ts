import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import {
  CallToolRequestSchema,
  type CallToolResult,
  ErrorCode,
  ListToolsRequestSchema,
  McpError,
} from '@modelcontextprotocol/sdk/types.js';
import { version } from '../engine/version.ts';
import type { ReportProgress } from '../progress.ts';
import { Refusal } from '../refusal.ts';
import { agentText } from '../surfaces/agent.ts';
import { schemaOf } from './fields.ts';
import type { Desk, ToolAnswer } from './tool.ts';
import { TOOLS } from './tools.ts';

const INSTRUCTIONS =
  'Why a time-series classifier said what it said, and whether it leans on zero-padding. attribution_layers: what a model is. attribution_explain: one instance. attribution_dataset: a whole file. attribution_audit: what the padding does. attribution_evaluate: whether a map is right. attribution_repair: what a repair would bring. Give numbers with their intervals, and "cannot tell" as it stands.';

interface ServerOptions {
  readonly engine: Desk['engine'];
  readonly prefer: Desk['prefer'];
  /** Asked for with every call. */
  readonly roots: (server: Server) => Promise<readonly string[]>;
  /** Told of mistakes of ours. */
  readonly onDefect: (error: unknown) => void;
}

/** The tools as an MCP server, to be connected to a transport. */
export function mcpServer({ engine, prefer, roots, onDefect }: ServerOptions): Server {
  const server = new Server(
    { name: 'attribution-lens', title: 'Attribution Lens', version },
    { capabilities: { tools: {} }, instructions: INSTRUCTIONS },
  );
  server.setRequestHandler(ListToolsRequestSchema, () => ({
    tools: TOOLS.map(({ name, title, description, fields }) => ({
      ...{ name, title, description, inputSchema: schemaOf(fields) },
      annotations: { title, readOnlyHint: true, idempotentHint: true, openWorldHint: false },
    })),
  }));
  server.setRequestHandler(CallToolRequestSchema, async ({ params }, { signal, sendNotification, _meta }) => {
    const tool = TOOLS.find(({ name }) => name === params.name);
    if (!tool) {
      const names = TOOLS.map(({ name }) => name).join(', ');
      throw new McpError(ErrorCode.InvalidParams, `There is no such tool; there are ${names}`);
    }
    const token = _meta?.progressToken;
    const report =
      token === undefined
        ? undefined
        : rising((progress, message) => {
            const told = { progressToken: token, progress, total: 1, message: agentText(message) };
            // A client that is gone needs no progress.
            sendNotification({ method: 'notifications/progress', params: told }).catch(() => {});
          });
    try {
      const desk = { engine, prefer, roots: await roots(server) };
      return resultOf(await tool.answer(params.arguments ?? {}, desk, { signal, report }));
    } catch (error) {
      if (signal.aborted) throw error;
      if (!(error instanceof Refusal)) onDefect(error);
      const sentence =
        error instanceof Refusal
          ? error.message
          : 'A mistake of Attribution Lens; its standard error says more.';
      return { isError: true, content: [{ type: 'text', text: agentText(sentence) }] };
    }
  });
  return server;
}

function resultOf({ text, numbers, picture }: ToolAnswer): CallToolResult {
  const words = [text, numbers].map((said) => ({ type: 'text' as const, text: said }));
  if (!picture) return { content: words };
  const data = Buffer.from(picture).toString('base64');
  return { content: [...words, { type: 'image', data, mimeType: 'image/png' }] };
}

/** The protocol wants every share above the last; a call of several parts starts again. */
function rising(tell: ReportProgress): ReportProgress {
  let last = -1;
  return (share, what) => {
    if (share <= last) return;
    last = share;
    tell(share, what);
  };
}
