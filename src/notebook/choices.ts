import type { NotebookVariable } from './variables.ts';

/** The variables that may stand beside a series, the likeliest first. */
interface Choices {
  readonly models: readonly NotebookVariable[];
  readonly labels: readonly NotebookVariable[];
  readonly lengths: readonly NotebookVariable[];
  readonly masks: readonly NotebookVariable[];
}

const lengthName = /len|steps|duration/i;
const labelName = /^(y|labels?|targets?|class(es)?)(_|\d|$)/i;

/** What may be explained: arrays of two or three axes, lists of arrays, tables. */
export function seriesAmong(variables: readonly NotebookVariable[]): NotebookVariable[] {
  return variables
    .filter(({ kind }) => kind === 'series' || kind === 'table')
    .sort((a, b) => Number(looksLikeSeries(b.name)) - Number(looksLikeSeries(a.name)));
}

/** `X`, `X_test`, `x_train`: what people call series of instances. */
export function looksLikeSeries(name: string): boolean {
  return /^(X(_\w+|\d*)|x_\w+)$/.test(name);
}

/** @param series what is to be explained; its number of instances says what can belong to it */
export function choicesFor(series: NotebookVariable, variables: readonly NotebookVariable[]): Choices {
  const [instances, ...rest] = series.shape;
  const others = variables.filter(({ name }) => name !== series.name);
  const models = others.filter(({ kind }) => kind === 'model' || kind === 'path');
  if (series.kind === 'table') {
    // Which of its columns a model takes is not known before it is read.
    return { models: models.filter(({ kind }) => kind === 'path'), labels: [], lengths: [], masks: [] };
  }
  const perInstance = others.filter(({ kind, shape: [rows, ...beside] }) => {
    // A column [N, 1] as scikit-learn's encoders and files of one give it.
    const column = kind === 'series' && beside.length === 1 && beside[0] === 1;
    return rows === instances && (kind === 'vector' || column);
  });
  const counts = perInstance.filter(
    ({ name, dtype, shape }) => shape.length === 1 && lengthName.test(name) && /int/.test(dtype),
  );
  const perStep = others.filter(
    ({ kind, shape, dtype }) =>
      (kind === 'mask' || (kind === 'series' && /int/.test(dtype))) &&
      shape.length === 2 &&
      shape[0] === instances &&
      (rest.length < 2 || rest.includes(shape[1]!)),
  );
  return {
    models,
    labels: likeliest(
      series,
      perInstance.filter((each) => !counts.includes(each)),
      labelName,
    ),
    lengths: likeliest(series, counts, lengthName),
    masks: likeliest(series, perStep, /mask|valid/i),
  };
}

/** `y_test` beside `X_test` before `y_train` of as many instances. */
function likeliest(
  series: NotebookVariable,
  some: readonly NotebookVariable[],
  name: RegExp,
): NotebookVariable[] {
  const part = /_[a-z0-9]+$/i.exec(series.name)?.[0] ?? '';
  const rank = (each: NotebookVariable) =>
    Number(name.test(each.name)) * 2 + Number(part === '' || each.name.endsWith(part));
  return [...some].sort((a, b) => rank(b) - rank(a));
}
