import { formatNumber } from '../../src/format.ts';
import { type Cell, type CellFacts, cellFacts } from '../map/cell.ts';
import type { PageScene } from '../scene.ts';

/** strongest: the cells of largest |attribution|. steps: all steps in order. step: every feature at one step. */
export type TableKind = 'strongest' | 'steps' | 'step';

/** Rows. */
export const pageSize = 100;
const mostStrongest = 500;

/** How many rows a table has over all its pages. */
export function rowCount(scene: PageScene, kind: TableKind): number {
  if (kind === 'steps') return scene.columns;
  if (kind === 'step') return scene.view.explanation.signals.features.length;
  return scene.ranking.strongest(mostStrongest).length;
}

/** Cells of one page, first to last. */
export function pageCells(scene: PageScene, kind: TableKind, page: number, step: number): Cell[] {
  const from = page * pageSize;
  const to = Math.min(rowCount(scene, kind), from + pageSize);
  if (kind === 'strongest') {
    return scene.ranking
      .strongest(mostStrongest)
      .slice(from, to)
      .map((i) => ({
        step: i % scene.columns,
        feature: scene.rows > 1 ? Math.floor(i / scene.columns) : null,
      }));
  }
  return Array.from({ length: Math.max(0, to - from) }, (_, i) =>
    kind === 'steps' ? { step: from + i, feature: null } : { step, feature: from + i },
  );
}

interface TableColumn {
  readonly title: string;
  readonly text: (facts: CellFacts) => string;
  readonly number?: boolean;
}

const dash = '–';

/** Columns that say something for this kind of map and table. */
export function tableColumns(scene: PageScene, kind: TableKind): TableColumn[] {
  const perFeature = kind === 'step' || (kind === 'strongest' && scene.rows > 1);
  const { raw } = scene.view.explanation.signals;
  const columns: (TableColumn | false)[] = [
    perFeature && { title: 'feature', text: (facts) => facts.feature ?? 'all' },
    { title: 'step', text: ({ step }) => String(step), number: true },
    perFeature &&
      raw !== undefined && {
        title: 'value',
        text: (facts) => (facts.raw === null ? (facts.real ? dash : 'padding') : formatNumber(facts.raw)),
        number: true,
      },
    perFeature && {
      title: 'model input',
      text: ({ input }) => (input === null ? dash : formatNumber(input)),
      number: true,
    },
    {
      title: kind === 'steps' && scene.rows > 1 ? 'mean attribution' : 'attribution',
      text: ({ attribution }) => formatNumber(attribution),
      number: true,
    },
    !(kind === 'steps' && scene.rows > 1) && {
      title: 'rank',
      text: ({ rank }) => (rank ? String(rank.rank) : dash),
      number: true,
    },
    { title: 'zone', text: ({ zone }) => zone ?? dash },
    { title: 'line', text: ({ line }) => (line === null ? dash : String(line)), number: true },
  ];
  return columns.filter((column) => column !== false);
}

/** As the map's own readout has them. */
export function factsOf(scene: PageScene, cell: Cell): CellFacts {
  return cellFacts(scene.view.explanation, scene.profile, scene.ranking, cell, scene.time);
}
