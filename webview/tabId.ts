import type { ViewId } from '../src/views/panel/contract.ts';

/** The names of the tabs: the views that the host fills, and the map. */
export type TabId = ViewId | 'map';
