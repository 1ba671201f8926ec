import type { RunsView } from '../src/views/panel/contract.ts';
import { first, type Shown, shownFrom } from './dataset/shown.ts';
import type { Host } from './host.ts';
import type { TabId } from './tabId.ts';

/** Where the page stood: the tab in front, the two runs being compared, what of the dataset view was shown. */
interface PagePlace {
  readonly tab: TabId;
  readonly a: string | null;
  readonly b: string | null;
  readonly dataset: Shown;
  /** Whether the settings are open; null where nobody has said. */
  readonly settings: boolean | null;
}

const start: PagePlace = { tab: 'map', a: null, b: null, dataset: first, settings: null };

/** What outlives the page: the host's own word, and beside it where the page stood. */
export class Kept {
  #host: Readonly<Record<string, unknown>> = {};
  #place: PagePlace;

  constructor(
    private readonly line: Host,
    tabs: readonly TabId[],
  ) {
    const kept = line.kept();
    this.#place = { ...start, ...(isRecord(kept) && isRecord(kept.place) ? placeOf(kept.place, tabs) : {}) };
    if (isRecord(kept)) this.#host = kept;
  }

  get place(): PagePlace {
    return this.#place;
  }

  hostSays(state: unknown): void {
    this.#host = isRecord(state) ? state : {};
    this.#write();
  }

  stand(tab: TabId): void {
    if (tab === this.#place.tab) return;
    this.#place = { ...this.#place, tab };
    this.#write();
  }

  compared({ a, b }: RunsView): void {
    if (a === this.#place.a && b === this.#place.b) return;
    this.#place = { ...this.#place, a, b };
    this.#write();
  }

  datasetShows(dataset: Shown): void {
    this.#place = { ...this.#place, dataset };
    this.#write();
  }

  settingsAre(settings: boolean): void {
    this.#place = { ...this.#place, settings };
    this.#write();
  }

  #write(): void {
    const { place: _, ...host } = this.#host;
    const { tab, a, b, dataset, settings } = this.#place;
    const moved =
      tab !== start.tab || a !== null || b !== null || dataset !== first || settings !== start.settings;
    this.line.keep(moved ? { ...host, place: this.#place } : host);
  }
}

function placeOf(
  { tab, a, b, dataset, settings }: Readonly<Record<string, unknown>>,
  tabs: readonly TabId[],
): PagePlace {
  const id = (value: unknown) => (typeof value === 'string' ? value : null);
  return {
    tab: tabs.find((id) => id === tab) ?? start.tab,
    a: id(a),
    b: id(b),
    dataset: isRecord(dataset) ? shownFrom(dataset) : first,
    settings: typeof settings === 'boolean' ? settings : null,
  };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
