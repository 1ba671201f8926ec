import type * as vscode from 'vscode';
import type { PanelLook } from './contract.ts';
import { readLook } from './readMessage.ts';

const key = 'attribution.look';

const plain: PanelLook = {
  hidePadding: false,
  cropPadding: false,
  rangeWithoutPadding: false,
  zoom: null,
  table: false,
};

/** How the page is drawn, kept in the workspace. */
export class LookMemory {
  constructor(private readonly store: vscode.Memento) {}

  get look(): PanelLook {
    const kept = this.store.get<unknown>(key);
    return (typeof kept === 'object' && readLook({ ...plain, ...kept })) || plain;
  }

  keep(look: PanelLook): Thenable<void> {
    return this.store.update(key, look);
  }
}
