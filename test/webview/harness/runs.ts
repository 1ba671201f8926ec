import { ThumbnailMaker } from '../../../src/overview/thumbnails.ts';
import type { Run } from '../../../src/runs/run.ts';
import { FRESH } from '../../../src/session/core/selection.ts';
import { makeRun } from '../../../src/session/runs/makeRun.ts';
import type { RunsView } from '../../../src/session/runs/runsView.ts';
import { makeView, type Wish } from './views.ts';

/** A kept run of a synthetic view, made at a minute of one hour. */
export function makeKept(minute: number, wish: Wish = {}, most?: { readonly content: string }): Run {
  return makeRun(makeView(wish).explanation, {
    at: Date.UTC(2025, 2, 1, 12, minute),
    file: 'file:///data/walk.csv',
    content: most?.content ?? `sha256:${minute}`,
    preprocess: null,
    selection: FRESH,
    modelPath: '/models/xcm_w26.onnx',
  });
}

export function rowOf({ facts, map }: Run, pinned = false): RunsView['rows'][number] {
  const maker = new ThumbnailMaker(1, map);
  maker.add(map, map.mask);
  return { ...facts, pinned, thumbnail: maker.made };
}
