import * as vscode from 'vscode';
import { seriesNames } from '../../notebook/seriesNames.ts';
import { hasJupyter } from '../../session/notebook/jupyter.ts';
import { lensAbove } from '../../session/surfaces/besideLines.ts';

/** Code lenses in the cells of notebooks, above the lines that make series. */
export function notebookLenses(): vscode.Disposable {
  return vscode.languages.registerCodeLensProvider(
    { notebookType: 'jupyter-notebook', language: 'python' },
    {
      provideCodeLenses: (cell) => {
        const notebook = vscode.workspace.notebookDocuments.find((each) =>
          each.getCells().some(({ document }) => document === cell),
        );
        if (!notebook || !hasJupyter()) return [];
        return seriesNames(cell.getText()).map(({ line, name }) =>
          lensAbove(line, {
            title: vscode.l10n.t('Attribution: explain {0}', name),
            command: 'attribution.explainVariable',
            arguments: [{ name, fileName: notebook.uri.toString() }],
          }),
        );
      },
    },
  );
}
