/** What a picture is drawn on. */
export type Ground = 'light' | 'dark';

/** Colours of a picture that is looked at outside the editor, so no theme of VS Code. */
export interface PictureTheme {
  readonly ground: Ground;
  readonly paper: string;
  readonly ink: string;
  readonly soft: string;
  readonly line: string;
  /** Lines of features: Okabe & Ito 2008, told apart with every common colour deficiency. */
  readonly series: readonly string[];
  /** Strips of the three zones. */
  readonly zones: Readonly<Record<'REAL' | 'MIXED' | 'EMPTY', string>>;
}

/** For paper and for dark pages. */
export const THEMES: Readonly<Record<Ground, PictureTheme>> = {
  light: {
    ground: 'light',
    paper: '#ffffff',
    ink: '#1f2328',
    soft: '#59636e',
    line: '#c4ccd4',
    series: ['#0072b2', '#d55e00', '#007a5a'],
    zones: { REAL: '#cfe3f5', MIXED: '#f6e3bd', EMPTY: '#e3e6ea' },
  },
  dark: {
    ground: 'dark',
    paper: '#1e1e1e',
    ink: '#e6e6e6',
    soft: '#a8a8a8',
    line: '#4a4a4a',
    series: ['#56b4e9', '#e69f00', '#2fc99b'],
    zones: { REAL: '#1d3d57', MIXED: '#574319', EMPTY: '#3a3d41' },
  },
};

/** By name only: the reader's machine has the font or takes the next one. */
export const FONT = "'Noto Sans', 'Segoe UI', 'Helvetica Neue', Arial, sans-serif";
