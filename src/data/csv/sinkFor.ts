import { ColumnSeries } from './columnRows.ts';
import { FeatureRows } from './featureRows.ts';
import type { CsvContext, RowSink } from './rowSink.ts';
import { StepRows } from './stepRows.ts';
import { WideRows } from './wideRows.ts';

/** What makes instances of the rows, by what a row is. */
export function sinkFor(context: CsvContext): RowSink {
  switch (context.plan.layout) {
    case 'wide':
      return new WideRows(context);
    case 'transposed':
      return new FeatureRows(context);
    case 'columns':
      return new ColumnSeries(context);
    default:
      return new StepRows(context);
  }
}
