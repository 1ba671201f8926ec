import * as vscode from 'vscode';
import { ARCHITECTURES, type ArchitectureName } from '../architectures/architectures.ts';
import { PADDING_STYLES, type PaddingStyle } from '../engine/train/paddingStyles.ts';
import { askOne } from '../session/askOne.ts';
import type { TrainWish } from '../session/trainingView.ts';

/** What one Enter takes. */
const DEFAULT_TRAINING: TrainWish = { architecture: 'fcn', padding: 'end', masked: true, epochs: 100 };

const EPOCHS = [20, 50, 100, 200, 500];

/** One pick with the defaults, or up to four more. Undefined: Escape. */
export async function askTraining(): Promise<TrainWish | undefined> {
  const t = vscode.l10n.t;
  const title = t('Train a Model on This File…');
  const ask = <I extends { label: string }>(items: readonly I[], placeholder: string, active?: I) =>
    askOne(items, { title, placeholder, active });
  const defaults = { label: t('With the defaults'), description: trainingWords(DEFAULT_TRAINING) };
  const more = { label: t('Choose…'), description: t('network, padding, masks, epochs') };
  const first = await ask([defaults, more], t('A new classifier from the labelled series of the file'));
  if (first !== more) return first && DEFAULT_TRAINING;
  const names = Object.keys(ARCHITECTURES) as ArchitectureName[];
  const architectures = names.map((name) => ({
    label: ARCHITECTURES[name].title,
    description: networkWords(name),
    name,
  }));
  const architecture = await ask(architectures, t('Which network?'));
  if (!architecture) return undefined;
  const paddings = PADDING_STYLES.map((style) => ({ label: style, description: paddingWords(style), style }));
  const padding = await ask(paddings, t('What is done about different lengths?'));
  if (!padding) return undefined;
  const masks = [
    { label: t('Every layer masked'), description: t('padding cannot be seen'), masked: true },
    { label: t('No masks'), description: t('padding is zeros like any other'), masked: false },
  ];
  // Masked layers would not see the mask that this padding gives them.
  const mask = padding.style === 'mask-channel' ? masks[1]! : await ask(masks, t('Masks'));
  if (!mask) return undefined;
  const counts = EPOCHS.map((epochs) => ({
    label: `${epochs}`,
    description: t('epochs at the most'),
    epochs,
  }));
  const usual = counts.find(({ epochs }) => epochs === DEFAULT_TRAINING.epochs);
  const count = await ask(counts, t('How often is every series seen at the most?'), usual);
  return (
    count && {
      ...{ architecture: architecture.name, padding: padding.style },
      ...{ masked: mask.masked, epochs: count.epochs },
    }
  );
}

function trainingWords({ architecture, padding, masked, epochs }: TrainWish): string {
  const t = vscode.l10n.t;
  const title = ARCHITECTURES[architecture].title;
  return masked
    ? t('{0}, padding: {1}, every layer masked, at most {2} epochs', title, padding, epochs)
    : t('{0}, padding: {1}, at most {2} epochs', title, padding, epochs);
}

function networkWords(name: ArchitectureName): string {
  const t = vscode.l10n.t;
  const words: Readonly<Record<ArchitectureName, string>> = {
    xcm: t('convolutions over each feature beside one over all of them (Fauvel 2021)'),
    inceptiontime: t('convolutions of three lengths beside each other, six times (Ismail Fawaz 2020)'),
    fcn: t('three convolutions, then the mean over time (Wang 2017)'),
    resnet: t('three blocks of convolutions with shortcuts (Wang 2017)'),
    'lstm-fcn': t('an FCN with an LSTM beside it (Karim 2018)'),
    tcn: t('convolutions with gaps that read the past only (Bai 2018)'),
    lstm: t('reads step by step and remembers (Hochreiter 1997)'),
    gru: t('reads step by step, with fewer weights than an LSTM (Cho 2014)'),
  };
  return words[name];
}

function paddingWords(style: PaddingStyle): string {
  const t = vscode.l10n.t;
  const words: Partial<Record<PaddingStyle, string>> = {
    end: t('zeros behind the series'),
    start: t('zeros before the series'),
    'random-length': t(
      'each series at the length of another one, drawn anew; not where order carries the class',
    ),
    'uniform-scaling': t('every series stretched to the longest'),
    edge: t('the last real step repeated'),
    'mask-channel': t('the mask is one more feature'),
    bucketed: t('zeros behind the series, in training only up to the longest of a batch of like length'),
  };
  return words[style] ?? '';
}
