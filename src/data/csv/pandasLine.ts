import { pythonLine, pythonText } from '../pythonLine.ts';
import type { Sample } from './sample.ts';

/**
 * In brackets, the command that changes the table in pandas and writes `converted.csv`; '' where more than the table
 * stands in the file, which pandas would have to be told of.
 * @param change Python that makes of `df` what is wanted, without double quotes
 */
export function pandasLine({ fileName, named, places, decimalComma }: Sample, change: string): string {
  if (!named || places?.lines[0] !== 2) return '';
  const separator = { ',': '', ' ': ", sep=r'\\s+'" }[places.delimiter] ?? `, sep=${tabOr(places.delimiter)}`;
  const decimal = decimalComma ? ", decimal=','" : '';
  const read = `import pandas as pd; df = pd.read_csv(${pythonText(fileName)}${separator}${decimal})`;
  return ` (${pythonLine(`${read}; ${change}; df.to_csv('converted.csv', index=False)`)})`;
}

function tabOr(delimiter: string): string {
  return delimiter === '\t' ? "'\\t'" : `'${delimiter}'`;
}

/** A column for each feature, of rows that hold one number each. @param once no number of a key comes twice */
export function pivotLine(
  sample: Sample,
  {
    keys,
    variable,
    value,
    once,
  }: {
    readonly keys: readonly number[];
    readonly variable: number;
    readonly value: number;
    readonly once: boolean;
  },
): string {
  const name = (column: number): string => pythonText(sample.names[column]!);
  const index = `[${keys.map(name).join(', ')}]`;
  const how = `index=${index}, columns=${name(variable)}, values=${name(value)}`;
  return pandasLine(sample, `df = df.${once ? 'pivot' : 'pivot_table'}(${how}).reset_index()`);
}
