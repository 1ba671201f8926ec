import type { PanelView } from '../../src/views/panel/contract.ts';

/** A part of the page that is filled anew from every snapshot. */
export interface Section {
  readonly root: HTMLElement;
  show(view: PanelView): void;
}
