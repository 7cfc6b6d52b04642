import type { DjangoSeries } from './python.d.mts';

export interface PrepareEnvironmentOptions {
  readonly django: DjangoSeries;
  /** Names of requirement files whose packages are to be importable: `['rest-api']`. */
  readonly extras?: readonly string[] | undefined;
  /** Where `.venvs/` is; default: the clone, else the user's cache folder. */
  readonly home?: string | undefined;
  /** Try to install again although it failed within the last 15 minutes. */
  readonly retry?: boolean | undefined;
  /** Gets a sentence for each thing that takes long; default: standard error. */
  readonly log?: ((message: string) => void) | undefined;
}

export interface Environment {
  /** The version that it really is: `5.2.19`. */
  readonly django: string;
  readonly python: string;
  /** The value for PYTHONPATH; empty without extras. */
  readonly pythonPath: string;
  /** `pypi`: as pinned. `system`, `debian`: a stand-in, and `note` says why. */
  readonly took: 'pypi' | 'system' | 'debian';
  readonly extras: readonly string[];
  /** Extras that were asked for and could not be had. */
  readonly missing: readonly { readonly name: string; readonly why: string }[];
  /** Nothing had to be made. */
  readonly cached: boolean;
  /** A sentence for the user when this is a stand-in, else empty. */
  readonly note: string;
}

/** No Python of this machine runs that Django: it can only be skipped. */
export declare class NoFittingPython extends Error {}

/**
 * The environment for a Django series, made on first use.
 *
 * @throws NoFittingPython
 * @throws Error when neither the package index nor this machine has a Django
 */
export declare const prepareEnvironment: (
  options: PrepareEnvironmentOptions,
) => Promise<Environment>;
