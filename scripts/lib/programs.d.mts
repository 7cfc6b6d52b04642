/** The browser of this machine; `CHROMIUM` names it elsewhere. */
export declare const chromium: string | undefined;

/** Folders of `test/` whose program is here. */
export declare const needed: readonly string[];
