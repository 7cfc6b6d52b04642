export interface InstalledPackage {
  /** Of the tarball, in bytes. */
  readonly size: number;
  /** What the tarball holds, as paths. */
  readonly files: readonly string[];
  /** The folder with its commands. */
  readonly bin: string;
}

/** Packs the package as npm would publish it and installs it into an empty folder. */
export declare const installPacked: (folder: string) => Promise<InstalledPackage>;
