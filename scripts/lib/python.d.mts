/** The Django series that the shop has pinned requirements for. */
export type DjangoSeries = '3.2' | '4.2' | '5.2' | '6.1';

export interface Python {
  /** The file to run. */
  readonly executable: string;
  readonly prefix: string;
  /** `3.13.0` */
  readonly version: string;
  /** `3.13` */
  readonly series: string;
  /** It is itself a virtual environment; none are made from it. */
  readonly virtual: boolean;
  /** Its pip is new enough (22.3) to fill an environment from outside. */
  readonly lendsPip: boolean;
  /** It has `venv` and a pip to put in. */
  readonly makesVenvs: boolean;
  /** The version of the Django that it can import. */
  readonly django: string | null;
  /** It can import Pillow, without which the shop's image fields do not start. */
  readonly pillow: boolean;
}

/** For each Django series the Python series that it runs on, best first. */
export declare const pythonsFor: Readonly<Record<DjangoSeries, readonly string[]>>;

/** All working Pythons of this machine, newest first. Searched once a process. */
export declare const findPythons: (options?: { again?: boolean }) => Promise<readonly Python[]>;

/** The best of them for a Django series, or undefined when none fits. */
export declare const pickPython: (
  pythons: readonly Python[],
  django: DjangoSeries,
) => Python | undefined;

/** What a Python file says it is; undefined when it does not run. */
export declare const inspectPython: (file: string) => Promise<Python | undefined>;

/** `5.2.19` → `5.2` */
export declare const series: (version: string) => string;

export declare const compareVersions: (a: string, b: string) => number;
