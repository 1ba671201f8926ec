import type { ViewId } from '../src/views/panel/contract.ts';

/** The names of the tabs: the views that the host fills (a what-if is part of the map), and those of the page itself. */
export type TabId = Exclude<ViewId, 'whatIf'> | OwnView;

/** Views that the page fills from what others are told. */
type OwnView = 'map' | 'instances';
