import * as path from 'node:path';
import * as vscode from 'vscode';
import type { DataSummary, Sighting } from '../../engine/contract.ts';
import type { OpenRequest } from '../../engine/requests.ts';
import { Refusal } from '../../refusal.ts';
import { contentOf, pathOf } from '../../session/content.ts';
import { isDataFile } from '../../session/dataFiles.ts';
import type { HostEngine } from '../../session/hostEngine.ts';
import { projectFor, projectRoot } from '../../session/linkedScript.ts';
import { besideProject } from './besideProject.ts';
import type { Glance } from './glancePage.ts';

/** A data file as it stands there: its series, and how they are read. No model and no script is run for it. */
export function seriesGlance(engine: HostEngine, file: vscode.Uri): Glance {
  let project: string | undefined;
  const source = async () => ({ data: pathOf(file), content: await contentOf(file) });
  const turn: NonNullable<Glance['turn']> = async (post, { instance, from }, signal) => {
    const request = { ...(await source()), project, instance, from, asIs: true };
    post({ kind: 'series', index: instance, series: await engine.call('glance', request, { signal }) });
  };
  return {
    async show(post, at, signal) {
      const name = path.basename(pathOf(file));
      if (!(await isDataFile(file))) throw notSeries(name);
      post({ kind: 'busy', what: vscode.l10n.t('Reading {0}', name) });
      const data = await besideProject(await projectFor(file), async (path) => {
        project = path;
        return dataOnly(engine, { ...(await source()), within: path && projectRoot(file) }, signal);
      });
      const { plan, facts, findings, instances } = data;
      post({ kind: 'file', file: { name, plan, facts, findings, instances: instances.length } });
      if (instances.length === 0) return;
      const instance = Math.min(at.instance, instances.length - 1);
      const from = at.from < plan.features.length ? at.from : 0;
      await turn(post, { instance, from }, signal);
    },
    turn,
    run: (command) => vscode.commands.executeCommand(`attribution.${command}File`, file),
  };
}

/** No model, no script. */
async function dataOnly(
  engine: HostEngine,
  request: Pick<OpenRequest, 'data' | 'content' | 'within'>,
  signal: AbortSignal,
): Promise<DataSummary> {
  let data: DataSummary | undefined;
  const saw = (sighting: Sighting) => {
    if ('data' in sighting) data = sighting.data;
  };
  await engine.call('open', { ...request, dataOnly: true, asIs: true, fresh: true }, { signal, saw });
  return data!;
}

function notSeries(name: string): Refusal {
  return new Refusal(
    'not-time-series',
    vscode.l10n.t(
      '{0} is TypeScript source, not a time-series file: the latter starts with a header such as @problemName.',
      name,
    ),
  );
}
