import * as path from 'node:path';
import * as vscode from 'vscode';
import { choicesFor, seriesAmong } from '../notebook/choices.ts';
import type { NotebookVariable } from '../notebook/variables.ts';
import { Refusal } from '../refusal.ts';
import { askOne } from '../session/askOne.ts';
import { kernelPlace } from '../session/notebook/jupyter.ts';
import type { NotebookFiles, NotebookPick } from '../session/notebook/notebooks.ts';
import type { PythonPlace } from '../session/notebook/pythonPlace.ts';
import { sayError, sayWarning } from '../session/surfaces/message.ts';
import type { ListItem } from '../session/surfaces/pickList.ts';
import { withProgress } from '../session/surfaces/progress.ts';
import type { CommandContext } from './context.ts';
import { lookAt } from './explainFile.ts';

/** What the variables view of Jupyter, a lens or a test hands over. */
interface GivenVariable {
  readonly name?: string;
  /** The notebook; that in front unless given. */
  readonly fileName?: unknown;
}

type VariableItem = ListItem & { readonly variable?: NotebookVariable };

/** Explains a variable of a notebook's kernel: what stands beside it is picked among the kernel's variables. */
export async function explainVariable(context: CommandContext, given?: GivenVariable): Promise<void> {
  await said(() => explain(context, given));
}

/** Does what runs programs in Python, where the workspace is trusted; a refusal is said. */
export async function said(work: () => Promise<void>): Promise<void> {
  if (!vscode.workspace.isTrusted) {
    void sayError(vscode.l10n.t('Nothing is run in Python before you trust this workspace.'));
    return;
  }
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    void sayError(error.message);
  }
}

async function explain(context: CommandContext, given: GivenVariable | undefined): Promise<void> {
  const { notebooks } = context;
  const notebook = notebookOf(given?.fileName);
  if (!notebook)
    throw new Refusal('no-notebook', vscode.l10n.t('Open the notebook with the variable first.'));
  const place = await kernelPlace(notebook);
  await explainFrom(context, place, given?.name, (pick, token) => notebooks.follow(notebook, pick, token));
}

/** Asks what stands beside the variable, takes it and shows it. */
export async function explainFrom(
  context: CommandContext,
  place: PythonPlace,
  name: string | undefined,
  take: (pick: NotebookPick, token: vscode.CancellationToken) => Promise<NotebookFiles>,
): Promise<void> {
  const variables = await context.notebooks.variables(place);
  const series = await seriesOf(variables, name);
  if (!series) return;
  const chosen = await besides(series, variables);
  if (!chosen) return;
  const { pick, path: model } = chosen;
  if (pick.model !== undefined && !(await mayExport(pick.model, place))) return;
  const options: vscode.ProgressOptions = {
    location: vscode.ProgressLocation.Notification,
    title: vscode.l10n.t('Taking {0} out of Python', series.name),
    cancellable: true,
  };
  const files = await withProgress(options, async (_, token) => {
    try {
      return await take(pick, token);
    } catch (error) {
      if (token.isCancellationRequested) return undefined;
      throw error;
    }
  });
  if (files) await lookAt(context, files.data, files.model ?? model, false);
}

/** The notebook of a variable, else the one in front. */
function notebookOf(given: unknown): vscode.NotebookDocument | undefined {
  const wanted = given === undefined || given === null ? undefined : String(given);
  return (
    vscode.workspace.notebookDocuments.find(
      ({ uri }) => wanted !== undefined && [uri.toString(), uri.fsPath].includes(wanted),
    ) ?? vscode.window.activeNotebookEditor?.notebook
  );
}

/** The variable that was named, else one from a list. */
async function seriesOf(
  variables: readonly NotebookVariable[],
  name: string | undefined,
): Promise<NotebookVariable | undefined> {
  const series = seriesAmong(variables);
  const named = series.find((each) => each.name === name);
  if (named) return named;
  if (name !== undefined) {
    throw new Refusal(
      'no-series',
      vscode.l10n.t(
        '{0} holds no series that is there now: arrays of two or three axes, lists of arrays and tables are taken.',
        name,
      ),
    );
  }
  if (series.length === 0) {
    throw new Refusal(
      'no-series',
      vscode.l10n.t('There is no array of two or three axes, list of arrays or table.'),
    );
  }
  return (
    await askOne(series.map(itemOf), {
      title: vscode.l10n.t('Explain a Notebook Variable'),
      placeholder: vscode.l10n.t('Which variable holds the series?'),
      // Python may take its time to answer, and a debugger takes the focus meanwhile.
      stays: true,
    })
  )?.variable;
}

/** Model, labels and padding; undefined on Escape. A question without a choice is not asked. */
async function besides(
  series: NotebookVariable,
  variables: readonly NotebookVariable[],
): Promise<{ readonly pick: NotebookPick; readonly path?: string } | undefined> {
  const { models, labels, lengths, masks } = choicesFor(series, variables);
  const title = vscode.l10n.t('Explain {0}', series.name);
  const ask = (some: readonly NotebookVariable[], placeholder: string, none: string) =>
    some.length === 0
      ? Promise.resolve<VariableItem>({ label: none })
      : askOne<VariableItem>([...some.map(itemOf), { label: none }], { title, placeholder, stays: true });
  const model = await ask(models, vscode.l10n.t('Which model?'), vscode.l10n.t('A model file…'));
  const label =
    model && (await ask(labels, vscode.l10n.t('Which variable holds the labels?'), vscode.l10n.t('None')));
  const padding =
    label &&
    (await ask(
      [...lengths, ...masks],
      vscode.l10n.t('Which variable says what is padding?'),
      vscode.l10n.t('None'),
    ));
  if (!padding) return undefined;
  const isLengths = padding.variable && lengths.includes(padding.variable);
  return {
    path: model.variable?.path,
    pick: {
      series: series.name,
      labels: label.variable?.name,
      [isLengths ? 'lengths' : 'mask']: padding.variable?.name,
      model: model.variable?.kind === 'model' ? model.variable.name : undefined,
    },
  };
}

function itemOf(variable: NotebookVariable): VariableItem & { readonly variable: NotebookVariable } {
  const { name, type, shape, dtype, path: file } = variable;
  const extents = shape.length ? `[${shape.join(', ')}]` : '';
  const words = file === undefined ? [type, extents, dtype].filter(Boolean).join(' ') : placed(file);
  return { label: name, description: words, variable };
}

/** The name goes first: the end of a long line is cut. */
function placed(file: string): string {
  return `${path.basename(file)} · ${vscode.workspace.asRelativePath(path.dirname(file))}`;
}

async function mayExport(model: string, { follows }: PythonPlace): Promise<boolean> {
  const go = vscode.l10n.t('Export');
  const sentence = follows
    ? vscode.l10n.t(
        'A copy of {0} is exported in the kernel, again whenever a cell has run and its weights are others. The model itself stays as it is.',
        model,
      )
    : vscode.l10n.t(
        'A copy of {0} is exported where the program stands. The model itself stays as it is.',
        model,
      );
  return (await sayWarning(sentence, go)) === go;
}
