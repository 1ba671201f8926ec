import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { carriedByExpression, shownAnswer } from './support/carried.ts';
import { scratch } from './support/files.ts';
import { giveUntil, holds, lens, mapAfter, pictureOf, until } from './support/lens.ts';
import { stopped } from './support/standInDebugger.ts';

describe('Variables of a paused program', () => {
  let folder: string;
  let session: vscode.DebugSession;
  let isGone = false;
  const asked: string[] = [];
  const frames: number[] = [];
  /** What the program's variable holds now. */
  let held = 'long.csv';

  before(async () => {
    folder = scratch();
    session = await stopped((expression, frame) => {
      asked.push(expression);
      frames.push(frame);
      if (isGone) throw new Error("NameError: name 'frame' is not defined");
      const { nonce, args, asked: what } = carriedByExpression(expression);
      const type = 'pandas.DataFrame';
      const described = { name: 'frame', kind: 'table', type, shape: [900, 5], dtype: '' };
      const file = { ...described, name: 'path', kind: 'path', shape: [], path: join(folder, 'tiny.onnx') };
      if (what === 'write') {
        mkdirSync(dirname(args.file!), { recursive: true });
        writeFileSync(`${args.file}.csv`, readFileSync(join(folder, held)));
      }
      const answer =
        what === 'write'
          ? { file: `${args.file}.csv`, digest: held, done: [] }
          : { variables: [described, file] };
      return shownAnswer(nonce, answer);
    });
  });
  after(async () => {
    await vscode.debug.stopDebugging(session);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  const given = (more: object = {}) => ({
    sessionId: session.id,
    variable: { name: 'frame', evaluateName: 'frame', ...more },
  });

  it('are explained where it stands, with the model that is picked', async () => {
    const state = await mapAfter('attribution.explainDebugged', given());
    assert.match(state.file!.path, /notebooks\/\w+\/frame\.csv$/);
    assert.equal(pictureOf(state).provenance.model, join(folder, 'tiny.onnx'));
  });

  it('follow the steps of the program, also below what its function has called, and no other function', async () => {
    const { session: shown } = await lens();
    const before = pictureOf(shown.state).instance.id;
    const step = async () => {
      frames.length = 0;
      const stands = new Promise<void>((resolve) => {
        const listener = vscode.debug.onDidChangeActiveStackItem((item) => {
          if (!(item instanceof vscode.DebugStackFrame)) return;
          listener.dispose();
          resolve();
        });
      });
      await vscode.commands.executeCommand('workbench.action.debug.stepOver');
      await stands;
    };
    held = 'single.csv';
    await step();
    const next = await until(
      ({ activity, explanation }) => activity.kind === 'idle' && explanation?.instance.id !== before,
      'the map of the values at the next stop',
    );
    assert.deepEqual(frames, [17]);
    held = 'long.csv';
    await step();
    await until(
      ({ activity, explanation }) =>
        activity.kind === 'idle' && explanation?.instance.id !== pictureOf(next).instance.id,
      'the map of the values below',
    );
    assert.deepEqual(frames, [27]);
    await step();
    await holds(() => frames.length > 0, 600);
    assert.deepEqual(frames, []);
  });

  it('are refused as a sentence where the debugger cannot, and where nothing stands still', async () => {
    isGone = true;
    asked.length = 0;
    let answered = 0;
    const tried = (what: object) =>
      void vscode.commands.executeCommand('attribution.explainDebugged', what).then(() => {
        answered += 1;
      });
    tried(given({ name: 'inner', evaluateName: 'self.inner' }));
    await giveUntil('notifications.clearAll', () => answered === 1);
    assert.match(asked[0]!, /"inner": \(self\.inner\)/);
    tried({ ...given(), sessionId: 'another' });
    await giveUntil('notifications.clearAll', () => answered === 2);
    assert.equal(asked.length, 1);
  });
});
