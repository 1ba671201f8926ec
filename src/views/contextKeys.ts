import * as vscode from 'vscode';
import type { Training } from '../session/training.ts';
import { WORKS } from '../session/works.ts';
import type { WorkView } from '../session/workView.ts';
import type { Place } from './place.ts';
import type { Places } from './places.ts';

/**
 * For the when-clauses and the walkthrough of package.json: whether a file is being looked at, whether work is going on,
 * and whether a change was followed or a layer picked; of the panel in front.
 */
export function contextKeys(places: Places, training: Training): vscode.Disposable {
  const last = new Map<string, boolean>();
  const set = (key: string, value: boolean) => {
    if (last.get(key) !== value) {
      last.set(key, value);
      void vscode.commands.executeCommand('setContext', `attribution.${key}`, value);
    }
  };
  const ofPlace = ({ session, works, watch, panel }: Place) => {
    const looked = () => {
      const { file, activity, selection } = session.state;
      set('open', file !== undefined);
      set('kept', panel.isKept);
      set('busy', activity.kind === 'busy');
      if (selection.layer !== undefined) set('layerPicked', true);
    };
    const worked = (id: keyof typeof WORKS) => {
      const { result, activity }: WorkView<unknown> = works[id].view;
      const { made, going } = WORKS[id].keys;
      set(made, result !== null);
      set(going, activity.kind === 'busy');
    };
    looked();
    for (const { id } of Object.values(works)) worked(id);
    return vscode.Disposable.from(
      session.onDidChange(looked),
      panel.onDidKeep(looked),
      watch.onDidRerun(() => set('followed', true)),
      ...Object.values(works).map((work) => work.onDidChange(() => worked(work.id))),
    );
  };
  return vscode.Disposable.from(
    places.whileFront(ofPlace),
    training.onDidChange(({ activity, isOpen }) => {
      set('training', activity.kind === 'busy');
      set('trained', isOpen);
    }),
  );
}
