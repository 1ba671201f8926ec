import assert from 'node:assert/strict';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { askOne } from '../../src/session/askOne.ts';
import { scratch } from './support/files.ts';
import { explain, giveUntil, lens, pictureOf, run } from './support/lens.ts';

describe('Lists of picks', () => {
  const press = (what: string, effect: () => boolean) => giveUntil(`workbench.action.${what}`, effect);

  /** Opens a list; it tells when it is gone. */
  function list(command: string): () => boolean {
    let gone = false;
    void vscode.commands.executeCommand(`attribution.${command}`).then(() => {
      gone = true;
    });
    return () => gone;
  }

  beforeEach(async () => {
    await explain(join(scratch(), 'long.csv'));
    await run('pickLayer', 'conv2dblock');
  });

  it('show the map of the layer arrowed to, and restore on Escape', async () => {
    const { session, whenIdle } = await lens();
    const before = session.state.explanation;
    const gone = list('pickLayer');
    await press('quickOpenSelectNext', () => session.state.explanation?.layer.name !== 'conv2dblock');
    await whenIdle();
    const previewed = pictureOf(session.state);
    assert.notEqual(previewed.layer.name, 'conv2dblock');
    assert.equal(session.state.selection.layer, 'conv2dblock');
    await press('closeQuickOpen', gone);
    assert.equal(session.state.explanation, before);
    assert.equal(session.state.selection.layer, 'conv2dblock');
  });

  it('give the row that a person went to while their rows were put in anew, or wait for another Enter', async () => {
    const items = ['a', 'b', 'c', 'd'].map((label) => ({ label, detail: '…' }));
    let fill: (() => void) | undefined;
    let on = '';
    let taken: string | undefined;
    const asked = askOne(items, {
      title: 'Rows',
      stays: true,
      preview: ({ label }) => {
        on = label;
      },
      fill: (replace) => {
        fill = () => replace(items.map((item) => ({ ...item, detail: `now ${item.label}` })));
      },
    }).then((item) => {
      taken = item?.label;
    });
    await press('quickOpenSelectNext', () => on !== '');
    const from = on;
    const next = vscode.commands.executeCommand('workbench.action.quickOpenSelectNext');
    fill!();
    await next;
    await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
    await press('acceptSelectedQuickOpenItem', () => taken !== undefined);
    await asked;
    assert.equal(taken, String.fromCharCode(from.charCodeAt(0) + 1));
  });

  it('keep what is accepted', async () => {
    const { session, whenIdle } = await lens();
    const gone = list('pickInstance');
    await press('quickOpenSelectNext', () => session.state.explanation?.instance.index === 1);
    await press('acceptSelectedQuickOpenItem', gone);
    await whenIdle();
    assert.equal(session.state.selection.instance, 1);
    assert.equal(pictureOf(session.state).instance.index, 1);
  });
});
