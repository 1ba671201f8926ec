import type * as vscode from 'vscode';
import type { FileWorks } from '../../session/fileWorks.ts';
import type { FileReading } from '../../session/reading/fileReading.ts';
import type { Runs } from '../../session/runs/runs.ts';
import type { Training } from '../../session/training.ts';
import type { PanelViews, ViewId } from './contract.ts';
import type { EveryClass } from './everyClass.ts';
import type { Grid } from './grid.ts';
import type { WhatIf } from './whatIf.ts';

/** Where a view of the page has from what it shows. */
export interface ViewSource<Id extends ViewId = ViewId> {
  readonly id: Id;
  readonly onDidChange: vscode.Event<unknown>;
  readonly view: () => PanelViews[Id];
}

/** What stands beside the picture. */
interface Beside {
  readonly classes: EveryClass;
  readonly whatIf: WhatIf;
  readonly grid: Grid;
}

/** One per view that the host fills. */
export function viewSources(
  works: FileWorks,
  training: Training,
  runs: Runs,
  reading: FileReading,
  { classes, whatIf, grid }: Beside,
): readonly ViewSource[] {
  return [
    source('grid', grid.onDidChange, () => grid.view),
    source('whatIf', whatIf.onDidChange, () => whatIf.view),
    source('classes', classes.onDidChange, () => classes.view),
    ...Object.values(works).map((work) => source(work.id, work.onDidChange, () => work.shown)),
    source('training', training.onDidChange, () => training.view),
    source('reading', reading.onDidChange, () => reading.view),
    source('runs', runs.onDidChange, () => runs.view),
    source('compare', runs.onDidChange, () => ({ pair: runs.pair })),
  ];
}

function source<Id extends ViewId>(
  id: Id,
  onDidChange: vscode.Event<unknown>,
  view: () => PanelViews[Id],
): ViewSource {
  return { id, onDidChange, view } as ViewSource;
}
