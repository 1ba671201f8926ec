import type { Finding } from '../finding.ts';
import { count } from '../format.ts';
import type { ValuesOut } from '../graph/foundLogits.ts';
import type { Project } from '../project/projectShape.ts';

/** Names of outputs that are numbers; `given` says that labels could be among them, which they never are. */
interface OutputNames {
  readonly names: readonly string[];
  readonly findings: readonly Finding[];
  readonly given: false;
  readonly values: ValuesOut;
}

/**
 * `output`, `output 0`, `step 12`, `step 12 of pulse`; attribution.json names them, or the channels of a sequence
 * (where these are classes of a Softmax, `classes` does as well).
 */
export function nameOutputs(
  values: ValuesOut,
  project: Pick<Project, 'classes' | 'outputs'> | undefined,
): OutputNames {
  const { steps, channels, softmax } = values;
  const said = project?.outputs ?? (softmax ? project?.classes : undefined);
  const named = said?.length === channels ? said : undefined;
  const findings: Finding[] =
    said && !named
      ? [
          {
            code: 'output-count',
            severity: 'warning',
            sentence: `attribution.json names ${count(said.length, 'output')} but the model has ${channels}, so these names are not used.`,
          },
        ]
      : [];
  const noun = softmax ? 'class' : 'channel';
  const channel = (index: number) => named?.[index] ?? `${noun} ${index}`;
  const names =
    steps === null
      ? Array.from({ length: channels }, (_, i) => named?.[i] ?? (channels === 1 ? 'output' : `output ${i}`))
      : Array.from({ length: steps * channels }, (_, i) => {
          const step = `step ${Math.floor(i / channels)}`;
          return channels === 1 && !named ? step : `${step} of ${channel(i % channels)}`;
        });
  return { names, findings, given: false, values };
}
