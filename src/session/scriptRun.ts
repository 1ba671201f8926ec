import * as path from 'node:path';
import * as vscode from 'vscode';
import type { ScriptRun } from '../preprocess/script/scriptRun.ts';
import { type EnvironmentsApi, findInterpreter, type PythonApi } from './interpreter.ts';

/**
 * Leave to run a linked script, which only a trusted workspace gives; undefined without script or trust.
 * @param again another number than before runs it even if nothing has changed
 */
export async function scriptRun(script: string | undefined, again = 0): Promise<ScriptRun | undefined> {
  if (script === undefined || !vscode.workspace.isTrusted) return undefined;
  const settings = vscode.workspace.getConfiguration('attribution');
  const resource = vscode.Uri.file(script);
  const folder = vscode.workspace.getWorkspaceFolder(resource)?.uri.fsPath ?? path.dirname(script);
  const interpreter = /\.py$/i.test(script)
    ? await findInterpreter({
        environments: await apiOf<EnvironmentsApi>('ms-python.vscode-python-envs'),
        api: await apiOf<PythonApi>('ms-python.python'),
        setting: settings.get<string>('python', ''),
        platform: process.platform,
        ...{ resource, folder },
      })
    : 'node';
  const seconds = Math.min(86_400, Math.max(1, settings.get<number>('script.timeout', 60)));
  return { script, interpreter, timeoutMs: 1000 * seconds, again };
}

/** Another extension's API; undefined where it is not there or does not start. */
async function apiOf<A>(id: string): Promise<A | undefined> {
  const extension = vscode.extensions.getExtension<A>(id);
  try {
    return extension && (extension.isActive ? extension.exports : await extension.activate());
  } catch {
    return undefined;
  }
}
