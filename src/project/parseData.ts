import type { JsonValue } from './jsonValue.ts';
import type { ProjectData } from './projectShape.ts';

/** `data` of attribution.json. @throws Refusal */
export function parseData(value: JsonValue): ProjectData {
  const found = value.properties([
    'files',
    'layout',
    'case',
    'time',
    'label',
    'features',
    'delimiter',
    'decimal',
    'header',
    'missing',
  ]);
  return {
    ...(found.files && { files: parseGlob(found.files) }),
    ...(found.layout && { layout: found.layout.oneOf(['single', 'long', 'wide']) }),
    ...(found.case && { case: parseColumn(found.case) }),
    ...(found.time && { time: parseColumn(found.time) }),
    ...(found.label && { label: parseColumn(found.label) }),
    ...(found.features && { features: found.features.names(1, 'a list of column names') }),
    ...(found.delimiter && { delimiter: found.delimiter.oneOf([',', ';', '\t', '|']) }),
    ...(found.decimal && { decimal: found.decimal.oneOf(['.', ',']) }),
    ...(found.header && { header: found.header.flag() }),
    ...(found.missing && {
      missing: found.missing.oneOf(['refuse', 'keep', 'zero', 'previous', 'interpolate']),
    }),
  };
}

/** Null says that there is no such column. */
function parseColumn(value: JsonValue): string | null {
  return value.isNull ? null : value.text('a column name, or null for none');
}

function parseGlob(value: JsonValue): string {
  const glob = value.text('a pattern such as "data/**/*.csv"');
  if (/^([/\\]|[A-Za-z]:)/.test(glob) || /(^|[/\\])\.\.([/\\]|$)/.test(glob) || glob.includes('\\')) {
    throw value.refuse(
      'must be a pattern below the folder of this file, with forward slashes, such as "data/**/*.csv"',
      'project-path',
    );
  }
  return glob;
}
