declare const PACKAGE_VERSION: string;

/** The version of this package; filled in by the bundler, "0.0.0" when run from source. */
export const packageVersion: string =
  typeof PACKAGE_VERSION === 'string' ? PACKAGE_VERSION : '0.0.0';
