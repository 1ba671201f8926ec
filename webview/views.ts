import type { PanelViews, ViewId } from '../src/views/panel/contract.ts';
import { AuditPage } from './audit/auditPage.ts';
import { ClassesPage } from './classes/classesPage.ts';
import { ComparePage } from './compare/comparePage.ts';
import { DatasetPage } from './dataset/datasetPage.ts';
import { EvaluationPage } from './evaluation/evaluationPage.ts';
import { GridPage } from './grid/gridPage.ts';
import { InstancesPage } from './instances/instancesPage.ts';
import { MapPage } from './map/mapPage.ts';
import type { Page, PageView } from './pageView.ts';
import { ReadingPage } from './reading/readingPage.ts';
import { RepairPage } from './repair/repairPage.ts';
import { RunsPage } from './runs/runsPage.ts';
import type { TabId } from './tabId.ts';
import { TrainingPage } from './training/trainingPage.ts';

interface ViewRecord<View> {
  readonly label: string;
  /** Its label where outputs are numbers. */
  readonly ofNumbers?: string;
  /** Can be looked at before anything is explained. */
  readonly alone?: true;
  /** The page itself fills it, from what others are told. */
  readonly own?: true;
  make(page: Page): PageView<View>;
}

/** Every view of the page by its name, in the order of the tabs. */
export const VIEWS: {
  readonly [Id in TabId]: ViewRecord<Id extends keyof PanelViews ? PanelViews[Id] : never>;
} = {
  map: { label: 'Map', own: true, make: (page) => new MapPage(page) },
  instances: { label: 'Instances', own: true, make: (page) => new InstancesPage(page) },
  audit: { label: 'Audit', make: (page) => new AuditPage(page) },
  evaluation: { label: 'Evaluation', make: (page) => new EvaluationPage(page) },
  repair: { label: 'Repair', make: (page) => new RepairPage(page) },
  dataset: { label: 'Dataset', make: (page) => new DatasetPage(page) },
  classes: { label: 'Classes', ofNumbers: 'Outputs', make: (page) => new ClassesPage(page) },
  grid: { label: 'Side by Side', make: (page) => new GridPage(page) },
  reading: { label: 'Reading', alone: true, make: (page) => new ReadingPage(page) },
  compare: { label: 'Compare', alone: true, make: (page) => new ComparePage(page) },
  training: { label: 'Training', alone: true, make: (page) => new TrainingPage(page) },
  runs: { label: 'Runs', alone: true, make: (page) => new RunsPage(page) },
};

/** In the order of their tabs. */
export const TABS = Object.keys(VIEWS) as readonly TabId[];

/** The view of the picture itself, which is in front where nothing else was asked for. */
export const [PICTURE = 'map'] = TABS;

/** Whether the host fills a view. */
export function isTold(id: TabId): id is Extract<TabId, ViewId> {
  return !VIEWS[id].own;
}

/** Whether a view has a tab: the answers to a what-if are part of another. */
export function hasTab(id: ViewId): id is Extract<TabId, ViewId> {
  return Object.hasOwn(VIEWS, id);
}
