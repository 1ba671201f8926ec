import type { MapRow } from '../../data/maps/mapRow.ts';
import { Refusal } from '../../refusal.ts';
import type { ExplainerFacts } from './explainerFacts.ts';

/** Which classes maps are of that an explainer made somewhere. */
export class WhoseMaps {
  readonly #classes = new Set<number>();
  #allPredicted = true;

  constructor(private readonly facts: Pick<ExplainerFacts, 'told' | 'how' | 'classes'>) {}

  /**
   * @param where the file and the row, as sentences call them
   * @throws Refusal `maps-wrong` where nothing says whose map it is, or another class than the explainer's
   */
  add({ predicted, explained }: Pick<MapRow, 'predicted' | 'explained'>, where: string): void {
    const { told, how, classes } = this.facts;
    if (explained === null) {
      if (!told) return;
      throw new Refusal(
        'maps-wrong',
        `${where}: the explainer is told the class in every run, and no "explained" says which one it was; keep that output, too.`,
      );
    }
    const wanted = how.target === 'predicted' ? predicted : classes.indexOf(how.target);
    if (!told && wanted >= 0 && explained !== wanted) {
      const whose = how.target === 'predicted' ? '"predicted"' : how.target;
      throw new Refusal(
        'maps-wrong',
        `${where}: "explained" is another class than ${whose}, which this explainer explains: the map is of another one.`,
      );
    }
    this.#classes.add(explained);
    this.#allPredicted &&= explained === predicted;
  }

  /** `predicted`, the name of a class, or words for classes of which each instance has its own. */
  get target(): string {
    const { told, how, classes } = this.facts;
    if (!told || this.#allPredicted) return how.target;
    const [only] = this.#classes;
    return this.#classes.size === 1 ? classes[only!]! : 'the class asked for each instance';
  }
}
