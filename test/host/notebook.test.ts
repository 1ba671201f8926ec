import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import type { NotebookVariable } from '../../src/notebook/variables.ts';
import { type Arguments, type Asked, carriedByCell, printedAnswer } from './support/carried.ts';
import { repository, scratch } from './support/files.ts';
import { giveUntil, holds, lens, mapAfter, pictureOf, refusalOf, until } from './support/lens.ts';

interface StandInKernel {
  readonly language: string;
  executeCode(code: string): AsyncIterable<{ items: { mime: string; data: Uint8Array }[] }>;
}
type Answer = (args: Arguments) => object;

declare global {
  // Read by the stand-in of the Jupyter extension.
  var standInKernels: Map<string, StandInKernel> | undefined;
}

/** The kernel stops at everything. */
let isBroken = false;

/** A kernel that answers as Python would; each program is known by what only it does. */
function kernel(answers: Readonly<Record<Asked, Answer>>): StandInKernel {
  return {
    language: 'python',
    async *executeCode(code) {
      if (isBroken) {
        const error = { name: 'RuntimeError', message: 'the memory is full', stack: 'Traceback\n  File "x"' };
        const mime = 'application/vnd.code.notebook.error';
        yield { items: [{ mime, data: new TextEncoder().encode(JSON.stringify(error)) }] };
        return;
      }
      const { nonce, args, asked } = carriedByCell(code);
      const text = printedAnswer(nonce, answers[asked](args));
      const mime = 'application/vnd.code.notebook.stdout';
      yield { items: [{ mime, data: new TextEncoder().encode(text) }] };
    },
  };
}

const variable = (name: string, kind: NotebookVariable['kind'], shape: number[], path?: string) =>
  ({ name, kind, shape, path, type: 'numpy.ndarray', dtype: 'float32' }) satisfies NotebookVariable;

describe('Variables of a notebook', () => {
  let notebook: vscode.NotebookDocument;
  let folder: string;
  /** What the kernel's variable holds now. */
  let held: 'long.csv' | 'single.csv';
  let isThere: boolean;
  let exported = 0;
  let hasNet = false;

  const variables = () => [
    variable('frame', 'table', [900, 5]),
    variable('model_file', 'path', [], join(folder, 'tiny.onnx')),
    variable('X', 'series', [12, 3, 24]),
  ];
  const standIn = kernel({
    find: () => ({ variables: [...(hasNet ? [variable('net', 'model', [])] : []), ...variables()] }),
    write: ({ series, file, known }) => {
      if (!isThere) return { error: 'LookupError', reason: `There is no variable ${series} any more` };
      if (series === 'X') {
        mkdirSync(dirname(file!), { recursive: true });
        writeFileSync(`${file}.npz`, readFileSync(join(repository, 'test/fixtures/regression/classes.npz')));
        return { file: `${file}.npz`, digest: 'x', done: [] };
      }
      const target = `${file}.csv`;
      if (known !== held) {
        mkdirSync(dirname(target), { recursive: true });
        writeFileSync(target, readFileSync(join(folder, held)));
      }
      return { file: target, digest: held, done: [] };
    },
    export: () => {
      exported += 1;
      const file = join(repository, 'test/fixtures/regression/three.onnx');
      return { file, turned: false, digest: 'm' };
    },
  });

  let controller: vscode.NotebookController;

  before(async () => {
    controller = vscode.notebooks.createNotebookController(
      'nothing',
      'jupyter-notebook',
      'Nothing',
      (cells) => {
        for (const cell of cells) {
          const execution = controller.createNotebookCellExecution(cell);
          execution.start();
          execution.end(true);
        }
      },
    );
    folder = scratch();
    [held, isThere] = ['long.csv', true];
    const code = 'X_test = load()\nprint(1)';
    const cell = new vscode.NotebookCellData(vscode.NotebookCellKind.Code, code, 'python');
    notebook = await vscode.workspace.openNotebookDocument(
      'jupyter-notebook',
      new vscode.NotebookData([cell]),
    );
    await vscode.window.showNotebookDocument(notebook);
  });
  after(async () => {
    globalThis.standInKernels = undefined;
    controller.dispose();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  /** A cell runs, in a kernel of the editor's own that does nothing. */
  async function runCell(): Promise<void> {
    await vscode.window.showNotebookDocument(notebook);
    await vscode.commands.executeCommand('notebook.selectKernel', {
      ...{ id: controller.id, extension: 'ms-toolsai.jupyter' },
    });
    await vscode.commands.executeCommand('notebook.execute');
  }

  it('are refused where no kernel runs, as a sentence', async () => {
    let answered = false;
    void vscode.commands.executeCommand('attribution.explainVariable', { name: 'frame' }).then(() => {
      answered = true;
    });
    await giveUntil('notifications.clearAll', () => answered);
  });

  it('are explained with the model that is picked', async () => {
    globalThis.standInKernels = new Map([[notebook.uri.toString(), standIn]]);
    const { notebooks } = await lens();
    assert.ok(notebooks);
    const state = await mapAfter('attribution.explainVariable', { name: 'frame' });
    assert.match(state.file!.path, /notebooks\/\w+\/frame\.csv$/);
    const fronts = vscode.window.tabGroups.all.map(({ activeTab }) => activeTab?.input);
    const seen = [vscode.TabInputNotebook, vscode.TabInputWebview].map((kind) =>
      fronts.some((input) => input instanceof kind),
    );
    assert.deepEqual(seen, [true, true], 'the panel stands beside the notebook');
    assert.equal(pictureOf(state).provenance.model, join(folder, 'tiny.onnx'));
  });

  it('are said to go as they stand to a model with settings of its own, which are taken over from the list', async () => {
    const { session } = await lens();
    const isSaid = () => pictureOf(session.state).findings.some(({ code }) => code === 'settings-elsewhere');
    assert.ok(isSaid());
    void vscode.commands.executeCommand('attribution.changeReading', 'standardise');
    await giveUntil('workbench.action.acceptSelectedQuickOpenItem', () => !isSaid());
    const { path } = session.state.file!;
    const written = JSON.parse(readFileSync(join(dirname(path), 'attribution.json'), 'utf8'));
    const { preprocess, classes } = JSON.parse(readFileSync(join(folder, 'attribution.json'), 'utf8'));
    assert.deepEqual([written.preprocess, written.classes], [preprocess, classes]);
    assert.deepEqual(pictureOf(session.state).prediction.classes, classes);
  });

  it('are explained again when a cell has run and they are others', async () => {
    const { session } = await lens();
    const before = pictureOf(session.state);
    held = 'single.csv';
    await runCell();
    await until(
      ({ activity, explanation }) =>
        activity.kind === 'idle' && explanation?.instance.id !== before.instance.id,
      'the map of the new values',
    );
  });

  it('that are gone are said to be, and the picture stays', async () => {
    isThere = false;
    await runCell();
    const state = await until(({ activity }) => activity.kind === 'refused', 'the refusal');
    assert.match(refusalOf(state).sentence, /no variable frame any more/);
    assert.ok(state.explanation);
  });

  it('of a kernel that stops are refused with its error, without the stack', async () => {
    isBroken = true;
    await runCell();
    const broken = /gave no answer\. RuntimeError: the memory is full$/;
    await until(
      (state) => state.activity.kind === 'refused' && broken.test(refusalOf(state).sentence),
      'the error',
    );
    isBroken = false;
  });

  it('go with a model that is exported in the kernel, after a question only', async () => {
    [isThere, hasNet] = [true, true];
    await vscode.commands.executeCommand('notifications.clearAll');
    for (const [answer, times] of [
      ['notifications.clearAll', 0],
      ['notification.acceptPrimaryAction', 1],
    ] as const) {
      let answered = false;
      void vscode.commands.executeCommand('attribution.explainVariable', { name: 'X' }).then(() => {
        answered = true;
      });
      // The model that is exported stands first.
      for (const end = Date.now() + 20_000; !answered && Date.now() < end; ) {
        await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
        await holds(() => answered, 500);
        await vscode.commands.executeCommand(answer);
        await holds(() => answered, 500);
      }
      assert.ok(answered, 'the question stands for ever');
      assert.equal(exported, times);
    }
    const state = await until(
      ({ activity, explanation }) =>
        activity.kind === 'idle' && explanation?.provenance.model.endsWith('three.onnx') === true,
      'the map of the exported model',
    );
    assert.match(state.file!.path, /notebooks\/\w+\/X\.npz$/);
  });

  it('have a lens above the line that makes them', async () => {
    const [cell] = notebook.getCells();
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      cell!.document.uri,
      5,
    );
    const ours = lenses.filter(({ command }) => command?.command === 'attribution.explainVariable');
    assert.deepEqual(
      ours.map(({ range, command }) => [range.start.line, command!.title, command!.arguments]),
      [[0, 'Attribution: explain X_test', [{ name: 'X_test', fileName: notebook.uri.toString() }]]],
    );
  });
});
