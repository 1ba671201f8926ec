import * as vscode from 'vscode';
import type { HostEngine } from '../../session/hostEngine.ts';
import type { Log } from '../../session/surfaces/log.ts';
import { fillPage, type Glance } from './glancePage.ts';
import { layersGlance } from './layersGlance.ts';
import { seriesGlance } from './seriesGlance.ts';

/** The editors for *Reopen With…*: series of a data file, layers of a model. Both only show. */
export function glanceEditors(extension: vscode.Uri, engine: HostEngine, log: Log): vscode.Disposable {
  const register = (type: string, glanceAt: (file: vscode.Uri) => Glance) =>
    vscode.window.registerCustomEditorProvider(type, {
      openCustomDocument: (uri) => ({ uri, dispose: () => {} }),
      resolveCustomEditor: ({ uri }, panel) => fillPage(panel, { extension, file: uri, log }, glanceAt(uri)),
    } satisfies vscode.CustomReadonlyEditorProvider);
  return vscode.Disposable.from(
    register('attribution.series', (file) => seriesGlance(engine, file)),
    register('attribution.layers', (file) => layersGlance(engine, file)),
  );
}
