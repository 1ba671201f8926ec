import type { Classifier } from '../../graph/classifier.ts';
import type { Graph } from '../../graph/graph.ts';
import type { Estimate, Unavailable } from '../../padding/audit.ts';
import type { Case } from '../../preprocess/case.ts';
import type { ZoneShares } from '../../repair/repairFound.ts';
import type { MapAndTime } from '../../repair/standing.ts';
import type { CallContext } from '../contract.ts';
import type { OpenModel } from '../models.ts';
import { timeForward } from '../timing.ts';
import type { Repairs } from './foldAnswers.ts';
import { type Form, formed } from './writtenModel.ts';
import { type ZonesAfter, zonesAfter, zonesBefore } from './zoneShares.ts';

/** Asks where the maps of a repair lie and how long it takes, beside the model as trained. */
export class MapsAndTimes {
  private zonesOfPlain: ReturnType<typeof zonesBefore> | undefined;

  constructor(
    private readonly model: OpenModel,
    private readonly plain: Classifier,
    private readonly form: Form,
    private readonly cases: readonly Case[],
    private readonly shape: { readonly features: number; readonly steps: number },
    private readonly context: CallContext,
  ) {}

  async before(): Promise<MapAndTime> {
    const zones = await this.zonesBefore();
    const milliseconds = await this.milliseconds(this.plain);
    return { mapOnPadding: 'unavailable' in zones ? zones : outside(zones.shares), milliseconds };
  }

  async after(repairs: Repairs): Promise<MapAndTime & ZonesAfter> {
    const { zones, maps } = await zonesAfter(this.model, repairs, this.cases, await this.zonesBefore());
    const { model } = repairs.patient;
    const milliseconds = await this.timed(formed(repairs.patient, repairs.repaired[0]!, this.form), model);
    return { mapOnPadding: 'unavailable' in zones ? zones : outside(zones.after), milliseconds, zones, maps };
  }

  /** Of one instance at the steps of the data; a model of any number of steps is timed at those. */
  async milliseconds(classifier: Classifier): Promise<Estimate> {
    return this.timed(classifier.graph, classifier);
  }

  private async timed(graph: Graph, takes: Pick<Classifier, 'input' | 'maskInput'>): Promise<Estimate> {
    return timeForward(this.model.runtime, graph, takes, this.shape.steps, this.context);
  }

  private zonesBefore(): ReturnType<typeof zonesBefore> {
    this.zonesOfPlain ??= zonesBefore(this.model, this.plain, this.cases, this.shape);
    return this.zonesOfPlain;
  }
}

/** What lies anywhere but on positions that read real steps alone. */
function outside(shares: ZoneShares | Unavailable): Estimate | Unavailable {
  if ('unavailable' in shares) return shares;
  const { value, interval, n } = shares.REAL;
  return { value: 1 - value, interval: [1 - interval[1], 1 - interval[0]], n };
}
