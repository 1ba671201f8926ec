import * as vscode from 'vscode';
import { version } from '../../engine/version.ts';

/** As package.json announces it. */
const PROVIDER = 'attribution.mcp';
const SINCE_MINOR = 101;

/** What VS Code has for MCP servers; 1.100 had it under another contribution, and refuses this one. */
interface WithMcp {
  readonly registerMcpServerDefinitionProvider?: (
    id: string,
    provider: { provideMcpServerDefinitions(): unknown[] },
  ) => vscode.Disposable;
}

type ServerDefinition = new (
  label: string,
  command: string,
  args: string[],
  env: Record<string, string>,
  version: string,
) => unknown;

/** Offers `attribution-lens mcp` over the workspace's folders, where VS Code can take it and the workspace is trusted. */
export function mcpServers(extension: vscode.Uri): vscode.Disposable {
  const { registerMcpServerDefinitionProvider: register } = vscode.lm as WithMcp;
  const { McpStdioServerDefinition: Definition } = vscode as {
    readonly McpStdioServerDefinition?: ServerDefinition;
  };
  const [, minor = 0] = vscode.version.split('.').map(Number);
  if (minor < SINCE_MINOR || !register || !Definition) return { dispose: () => {} };
  const program = vscode.Uri.joinPath(extension, 'dist', 'cli.cjs').fsPath;
  return register.call(vscode.lm, PROVIDER, {
    provideMcpServerDefinitions: () => {
      const roots = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
      if (!vscode.workspace.isTrusted || roots.length === 0) return [];
      const words = [program, 'mcp', ...roots.flatMap(({ uri }) => ['--root', uri.fsPath])];
      // In a desktop VS Code the executable is Electron's.
      const env = { ELECTRON_RUN_AS_NODE: '1' };
      return [new Definition('Attribution Lens', process.execPath, words, env, version)];
    },
  });
}
