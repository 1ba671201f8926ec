import type * as vscode from 'vscode';
import type { PanelLook } from './contract.ts';

const key = 'attribution.look';

const plain: PanelLook = { hidePadding: false, rangeWithoutPadding: false, zoom: null, table: false };

/** How the page is drawn, kept in the workspace. */
export class LookMemory {
  constructor(private readonly store: vscode.Memento) {}

  get look(): PanelLook {
    return { ...plain, ...this.store.get<Partial<PanelLook>>(key) };
  }

  keep(look: PanelLook): Thenable<void> {
    return this.store.update(key, look);
  }
}
