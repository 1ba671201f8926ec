import * as vscode from 'vscode';
import type { AgentEngine, Tool, ToolAnswer } from '../../agents/tool.ts';
import { TOOLS } from '../../agents/tools.ts';
import { Refusal } from '../../refusal.ts';
import type { Log } from '../../session/surfaces/log.ts';
import { agentText } from '../../surfaces/agent.ts';

/** The tools as VS Code's own agents call them; none before the workspace is trusted. */
export function languageModelTools(engine: AgentEngine, log: Log): vscode.Disposable {
  const registered: vscode.Disposable[] = [];
  const register = () => {
    for (const tool of TOOLS)
      registered.push(vscode.lm.registerTool(tool.name, new EditorTool(tool, engine, log)));
  };
  if (vscode.workspace.isTrusted) register();
  else registered.push(vscode.workspace.onDidGrantWorkspaceTrust(register));
  return { dispose: () => vscode.Disposable.from(...registered).dispose() };
}

class EditorTool implements vscode.LanguageModelTool<object> {
  constructor(
    private readonly tool: Tool,
    private readonly engine: AgentEngine,
    private readonly log: Log,
  ) {}

  prepareInvocation(): vscode.PreparedToolInvocation {
    return { invocationMessage: `${this.tool.title}…` };
  }

  async invoke(
    { input }: vscode.LanguageModelToolInvocationOptions<object>,
    token: vscode.CancellationToken,
  ): Promise<vscode.LanguageModelToolResult> {
    const stop = new AbortController();
    const listening = token.onCancellationRequested(() => stop.abort(new vscode.CancellationError()));
    try {
      const desk = { engine: this.engine, roots: folders() };
      return resultOf(await this.tool.answer(input, desk, { signal: stop.signal }));
    } catch (error) {
      if (token.isCancellationRequested) throw new vscode.CancellationError();
      if (error instanceof Refusal) return said(error.message);
      this.log.error(error);
      return said('A mistake of Attribution Lens; its log says more.');
    } finally {
      listening.dispose();
    }
  }
}

/** Folders of the workspace that lie on this disk. */
function folders(): string[] {
  return (vscode.workspace.workspaceFolders ?? [])
    .filter(({ uri }) => uri.scheme === 'file')
    .map(({ uri }) => uri.fsPath);
}

function said(sentence: string): vscode.LanguageModelToolResult {
  return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(agentText(sentence))]);
}

function resultOf({ text, numbers, picture }: ToolAnswer): vscode.LanguageModelToolResult {
  const words = [text, numbers].map((part) => new vscode.LanguageModelTextPart(part));
  return new vscode.LanguageModelToolResult([...words, ...(picture ? pictureOf(picture) : [])]);
}

/** Pictures came to this interface after the oldest VS Code we run in. */
function pictureOf(png: Uint8Array): vscode.LanguageModelTextPart[] {
  const { LanguageModelDataPart } = vscode as {
    readonly LanguageModelDataPart?: { image(data: Uint8Array, mime: string): vscode.LanguageModelTextPart };
  };
  return LanguageModelDataPart ? [LanguageModelDataPart.image(png, 'image/png')] : [];
}
