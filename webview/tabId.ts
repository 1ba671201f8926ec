import type { ViewId } from '../src/views/panel/contract.ts';

/** The names of the tabs: the views that the host fills, and those of the page itself. */
export type TabId = ViewId | OwnView;

/** Views that the page fills from what others are told. */
export type OwnView = 'map' | 'instances';
