import type { FileMark, PanelViews, RepairWish, ViewId } from '../src/views/panel/contract.ts';
import type { Host } from './host.ts';
import type { Kept } from './kept.ts';
import type { Look } from './look.ts';
import type { PageScene } from './scene.ts';
import type { TabId } from './tabId.ts';
import type { Theme } from './theme.ts';

/** Instances that can be listed by themselves; `these`: those that a view speaks of. */
export type ListKind = 'all' | 'wrong' | 'right' | 'flips' | 'outlier' | 'these';

/** Instances that a view speaks of, by their positions in the file. */
export interface These {
  /** What they have in common: `evaluated`. */
  readonly name: string;
  readonly indices: ReadonlySet<number>;
}

/** On whatever leads to the list. */
export const LIST_THEM = 'Show them in the list of instances';

/** What a view is given of the page it stands in. */
export interface Page {
  readonly host: Host;
  readonly kept: Kept;
  readonly look: Look;
  theme(): Theme;
  /** The picture that stands; null where there is none. */
  scene(): PageScene | null;
  bring(id: TabId): void;
  /** Goes to an instance's map. */
  openInstance(index: number): void;
  /** Goes to the list of instances, showing those of a kind. */
  list(kind: ListKind, these?: These): void;
  /** Begins a repair; the choices of its view are those of the wish. */
  repair(wish: RepairWish): void;
  /** Calls with a view's whole content, whenever a part of it has changed. */
  hear<Id extends ViewId>(id: Id, listener: (view: PanelViews[Id]) => void): void;
}

/** One view of the page. What it needs of the page it is given when it is made. */
export interface PageView<View = never> {
  readonly root: HTMLElement;
  /** The page is there, and the host has been told so. */
  started?(): void;
  /** Its content, whole, whenever a part has changed; also while another view is in front. */
  show?(view: View): void;
  /** It has come to the front, or the theme has changed while it is there: charts need a size. */
  draw?(theme: Theme): void;
  resized?(): void;
  /** A person has opened its tab. */
  opened?(): void;
  /** There is another picture, or the same one with other words. */
  explained?(scene: PageScene): void;
  /** Instances of a kind are wanted. */
  wish?(kind: ListKind, these?: These): void;
  /** Another view asks for a repair. */
  repairs?(wish: RepairWish): void;
  /** Something is being computed. */
  busy?(on: boolean): void;
  /** What the editor of the data file has its cursor on. */
  mark?(mark: FileMark): void;
}
