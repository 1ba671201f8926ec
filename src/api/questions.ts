import { join, resolve } from 'node:path';
import type { Explanation } from '../attribution/explanation.ts';
import type { Audit } from '../padding/audit.ts';
import { parseMaskChoice } from '../preprocess/maskChoice.ts';
import { findProject } from '../project/project.ts';
import { pathGiven } from './asked.ts';
import type { ApiEngine, AuditAsked, ExplainAsked, ReadAsked } from './askedTypes.ts';
import { GIVEN_NAME, inGivenWords } from './givenWords.ts';
import { inSettings } from './inSettings.ts';
import { type SeriesValues, seriesFile } from './series.ts';

/** @param model its path; it is opened with the data, which may settle what the model leaves open @throws Refusal */
export async function explainedBy(
  engine: ApiEngine,
  model: string,
  data: string | SeriesValues,
  asked: ExplainAsked,
): Promise<Explanation> {
  if (!Array.isArray(data)) pathGiven(data, 'data file');
  const { signal, report, mask: _, config: __, runtime: ___, timeoutSeconds: ____, ...how } = asked;
  const source = await sourceOf(model, data, asked);
  const work = inSettings(engine.explain({ ...how, ...source }, { signal, report }));
  return typeof data === 'string' ? work : inGivenWords(work);
}

/** Arguments as those of `explainedBy`. */
export async function auditedBy(
  engine: ApiEngine,
  model: string,
  data: string,
  asked: AuditAsked,
): Promise<Audit> {
  pathGiven(data, 'data file');
  const { signal, report, mask: _, config: __, runtime: ___, timeoutSeconds: ____, ...how } = asked;
  const source = await sourceOf(model, data, asked);
  return inSettings(engine.audit({ ...how, ...source }, { signal, report }));
}

async function sourceOf(
  model: string,
  data: string | SeriesValues,
  { mask, config, runtime: prefer }: ReadAsked,
) {
  const isPath = typeof data === 'string';
  const found = isPath ? await findProject(resolve(data)) : undefined;
  return {
    model: resolve(model),
    data: isPath ? resolve(data) : join(resolve(), GIVEN_NAME),
    ...(!isPath && {
      content: seriesFile(data),
      given: { features: data.length, steps: data[0]!.length },
    }),
    project: config === undefined ? found : resolve(config),
    mask: mask === undefined ? undefined : parseMaskChoice(mask),
    prefer,
  };
}
