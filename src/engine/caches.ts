import type { Datasets } from './datasets.ts';
import type { Models } from './models.ts';
import type { Scripts } from './scripts.ts';
import type { Sessions } from './sessions.ts';

/** What stays between requests. */
export interface Caches {
  readonly models: Pick<Models, 'runtime' | 'open' | 'masked'>;
  readonly datasets: Datasets;
  readonly scripts: Scripts;
  readonly sessions: Sessions;
}
