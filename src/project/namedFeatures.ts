import type { Project } from './projectShape.ts';

/** The features in the model's order, as attribution.json lists them; where columns are series, its list names those instead. */
export function namedFeatures(project: Pick<Project, 'data'> | undefined): readonly string[] | undefined {
  return project?.data.layout === 'columns' ? undefined : project?.data.features;
}
