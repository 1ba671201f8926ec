import type {
  Audit,
  CarrierEvidence,
  CarrierResult,
  LayerFacts,
  LengthEvidence,
  LengthResponse,
  Unavailable,
} from '../audit.ts';
import { carrierSummary } from './carrierSummary.ts';
import { layoutVerdict } from './layoutVerdict.ts';
import { lengthVerdict } from './lengthVerdict.ts';
import { lookVerdict } from './lookVerdict.ts';
import { mapShows } from './mapShows.ts';

interface Found {
  readonly layer: LayerFacts | undefined;
  readonly carrier: readonly CarrierResult[];
  readonly carrierEvidence: CarrierEvidence;
  readonly lengthEvidence: LengthEvidence | Unavailable;
  readonly lengthResponse: LengthResponse | Unavailable;
  readonly classes: readonly string[];
  readonly instances: number;
  readonly padded: number;
}

/** The three answers, what the map shows, and the summary that readers of older reports look for. */
export function verdictsOf(found: Found): Audit['verdicts'] {
  const { carrier, carrierEvidence, instances, padded } = found;
  const layout = layoutVerdict(carrier, carrierEvidence, instances, padded);
  const look = lookVerdict(carrier, carrierEvidence, instances, padded);
  return {
    lengthEvidence: lengthVerdict(found.lengthEvidence, found.lengthResponse, found.classes),
    layout,
    look,
    mapArtefact: mapShows(found.layer, instances, padded),
    carrierDependence: carrierSummary(layout, look),
  };
}
