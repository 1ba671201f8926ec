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
import { pickedLayer } from '../session/pickedLayer.ts';
import type { SessionState } from '../session/state.ts';
import type { ListItem } from '../session/surfaces/pickList.ts';
import { withProgress } from '../session/surfaces/progress.ts';
import { offerLog } from '../views/offerLog.ts';
import type { CommandContext } from './context.ts';
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
  const { session, runs, panel, log } = context;
  if (!(await openedModel(context))) return;
  try {
    const current = await runs.current();
    await runs.refresh();
    const wanted = given ?? (await ask(session.state, runs.view.rows, current));
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
  state: SessionState,
  rows: readonly RunRow[],
  current: string,
): Promise<CompareWith | undefined> {
  const t = vscode.l10n.t;
  const kinds = [
    { label: t('Another layer…'), offers: layers(state) },
    { label: t('Another method…'), offers: methods(state) },
    { label: t('Another mask…'), offers: masks(state) },
    {
      label: state.explanation?.prediction.values ? t('Another output…') : t('Another class…'),
      offers: classes(state),
    },
    { label: t('An earlier run…'), offers: earlier(rows, current) },
  ]
    .filter(({ offers }) => offers.length > 0)
    .map((kind) => ({ ...kind, description: kind.offers.length === 1 ? kind.offers[0]!.label : undefined }));
  const title = t('Compare with…');
  const kind = await askOne(kinds, { title, placeholder: t('What is to be different in B?') });
  if (!kind) return undefined;
  const [only, ...others] = kind.offers;
  const offer = others.length ? await askOne(kind.offers, { title, placeholder: kind.label }) : only;
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
