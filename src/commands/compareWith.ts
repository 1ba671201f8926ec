import * as path from 'node:path';
import * as vscode from 'vscode';
import { answerFigure } from '../attribution/answerWords.ts';
import { availableMethods } from '../attribution/availableMethods.ts';
import { methodNamed } from '../attribution/methods.ts';
import { parseMaskChoice } from '../preprocess/maskChoice.ts';
import { Refusal } from '../refusal.ts';
import type { RunRow } from '../runs/run.ts';
import { askOne } from '../session/askOne.ts';
import { logged } from '../session/core/refused.ts';
import type { Selection } from '../session/core/selection.ts';
import { findModels } from '../session/models/findModels.ts';
import { pickedLayer } from '../session/pickedLayer.ts';
import type { SessionState } from '../session/state.ts';
import type { ListItem } from '../session/surfaces/pickList.ts';
import { withProgress } from '../session/surfaces/progress.ts';
import { offerLog } from '../views/offerLog.ts';
import type { CommandContext } from './context.ts';
import { judgedModels } from './judgedModels.ts';
import { openedModel } from './opened.ts';
import { shortTime } from './shortTime.ts';

/** What to compare the picture that stands with. */
type CompareWith =
  | { readonly picks: Partial<Selection> }
  /** The text form of a mask, e.g. `length:28@front`. */
  | { readonly mask: string }
  /** The id of an earlier run. */
  | { readonly run: string };

/** Shows A | B | difference, A being the picture that stands. The selection stays. @param given without it lists are shown */
export async function compareWith(context: CommandContext, given?: CompareWith): Promise<void> {
  const { runs, panel, log } = context;
  if (!(await openedModel(context))) return;
  try {
    const current = await runs.current();
    await runs.refresh();
    const wanted = given ?? (await ask(context, runs.view.rows, current));
    if (!wanted) return;
    await withProgress({ location: vscode.ProgressLocation.Window, title: vscode.l10n.t('Comparing') }, () =>
      'run' in wanted
        ? runs.compare(current, wanted.run)
        : runs.compareWithPicks('mask' in wanted ? { mask: parseMaskChoice(wanted.mask) } : wanted.picks),
    );
    panel.bring('compare');
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    logged(log, error);
    void offerLog(log, error.message);
  }
}

interface Offer extends ListItem {
  readonly wanted: CompareWith;
}

/** First what differs, then which; a kind with a single other choice needs no second list. */
async function ask(
  context: CommandContext,
  rows: readonly RunRow[],
  current: string,
): Promise<CompareWith | undefined> {
  const t = vscode.l10n.t;
  const { state } = context.session;
  const title = t('Compare with…');
  // Opening each model takes a moment: whether it fits is asked when a model is wanted.
  const others = (await findModels(state.file!)).some((one) => one !== state.model?.path);
  const kinds = [
    { label: t('Another layer…'), offers: layers(state) },
    { label: t('Another method…'), offers: methods(state) },
    { label: t('Another mask…'), offers: masks(state) },
    {
      label: state.explanation?.prediction.values ? t('Another output…') : t('Another class…'),
      offers: classes(state),
    },
    { label: t('Another model…'), offers: others ? () => models(context) : [] },
    { label: t('An earlier run…'), offers: earlier(rows, current) },
  ]
    .filter(({ offers }) => typeof offers === 'function' || offers.length > 0)
    .map(({ label, offers }) => {
      const single = typeof offers === 'function' || offers.length > 1 ? undefined : offers[0]!.label;
      return { label, offers, description: single };
    });
  const kind = await askOne(kinds, { title, placeholder: t('What is to be different in B?') });
  if (!kind) return undefined;
  const offers = typeof kind.offers === 'function' ? await kind.offers() : kind.offers;
  const isChoice = offers.length > 1 || typeof kind.offers === 'function';
  const offer = isChoice ? await askOne(offers, { title, placeholder: kind.label }) : offers[0];
  return offer?.wanted;
}

function layers({ model, explanation }: SessionState): Offer[] {
  return (model?.layers ?? [])
    .filter(({ name }) => name !== explanation?.layer.name)
    .map(({ name, kind, shape }) => ({
      label: name,
      description: `${kind} · [${shape.join(' × ')}]`,
      wanted: { picks: { layer: name } },
    }));
}

function methods(state: SessionState): Offer[] {
  return availableMethods(state.model?.noGradient, pickedLayer(state))
    .methods.filter(({ id }) => id !== state.explanation?.how.method)
    .map(({ id, label, caveat }) => ({
      label,
      description: vscode.l10n.t(caveat),
      wanted: { picks: { method: id } },
    }));
}

function masks({ explanation }: SessionState): Offer[] {
  const t = vscode.l10n.t;
  const masked: Offer[] =
    explanation && methodNamed(explanation.how.method).realOnly !== null && !explanation.how.maskedAlpha
      ? [{ label: t('Over real steps only'), wanted: { picks: { maskedAlpha: true } } }]
      : [];
  return [
    ...masked,
    { label: t('Automatic'), wanted: { mask: 'auto' } },
    { label: t('None'), description: t('every step is real'), wanted: { mask: 'none' } },
    { label: t('Trailing constant'), wanted: { mask: 'trailing' } },
    { label: t('Leading constant'), wanted: { mask: 'leading' } },
  ];
}

/** Those that fit the file; layer and class are the other model's own. @throws Refusal `no-model` where none does */
async function models(context: CommandContext): Promise<Offer[]> {
  const { file, model } = context.session.state;
  const others = (await judgedModels(context, file!)).filter(({ path }) => path !== model?.path);
  const offers = others
    .filter(({ fits }) => fits)
    .map((one) => ({
      label: path.basename(one.path),
      description: vscode.workspace.asRelativePath(path.dirname(one.path)),
      detail: one.because,
      wanted: { picks: { model: one.path } },
    }));
  if (offers.length > 0) return offers;
  throw new Refusal('no-model', vscode.l10n.t('No other model of this workspace fits this file.'));
}

function classes({ model, explanation }: SessionState): Offer[] {
  return (explanation?.prediction.classes ?? model?.classes ?? [])
    .map((label, index) => ({
      label,
      description: answerFigure(explanation?.prediction, index),
      index,
      wanted: { picks: { target: index } },
    }))
    .filter(({ index }) => index !== explanation?.target.index);
}

function earlier(rows: readonly RunRow[], current: string): Offer[] {
  return rows
    .filter(({ id }) => id !== current)
    .map(({ id, at, file, instance, how, predicted, pinned }) => ({
      icon: pinned ? 'pinned' : undefined,
      label: `${file.slice(file.lastIndexOf('/') + 1)} · ${instance.id}`,
      description: `${how.layer} · ${how.method} · ${predicted.name} ${predicted.p.toFixed(2)}`,
      detail: shortTime(at),
      wanted: { run: id },
    }));
}
